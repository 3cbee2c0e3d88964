import { useEffect, useRef, useState } from 'preact/hooks'
import { type Said, say } from '../../../../report/words/say.ts'
import type { StageSettings } from '../../log/entries.ts'
import { t } from '../language.ts'
import { controlScales, type NumberSetting, positionOf, typedValue, valueAt } from './control-scale.ts'

const SETTLE_MS = 250

/** With their units. */
const texts: Record<NumberSetting, Said> = {
  ratePerSecond: say`Events a second`,
  payloadBytes: say`Payload, B`,
  pollIntervalMs: say`Poll interval, ms`,
  holdMs: say`Long poll held, ms`,
  addedDelayMs: say`Added delay, ms`,
}

interface NumberControlProps {
  setting: NumberSetting
  settings: StageSettings
  onChange(patch: Partial<StageSettings>): void
}

/** A slider and a field for the same number. It is sent when the slider is let go, or has stood still for 250 ms. */
export function NumberControl({ setting, settings, onChange }: NumberControlProps) {
  const scale = controlScales[setting]
  const name = texts[setting]
  const [draft, setDraft] = useState<number>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const value = draft ?? settings[setting]
  const send = (chosen: number) => {
    clearTimeout(timer.current)
    setDraft(undefined)
    if (chosen !== settings[setting]) onChange({ [setting]: chosen })
  }
  return (
    <fieldset class="number-control" data-setting={setting}>
      <legend class="quiet">{t(name)}</legend>
      <input
        type="range"
        min="0"
        max="100"
        step="1"
        aria-label={t(name)}
        aria-valuetext={String(value)}
        value={positionOf(scale, value)}
        onInput={({ currentTarget }) => {
          const chosen = valueAt(scale, Number(currentTarget.value))
          setDraft(chosen)
          clearTimeout(timer.current)
          timer.current = setTimeout(() => send(chosen), SETTLE_MS)
        }}
        onChange={({ currentTarget }) => send(valueAt(scale, Number(currentTarget.value)))}
      />
      <input
        // Not of the type number: that drops the commas of who writes 0,5.
        type="text"
        inputMode={scale.step === 1 ? 'numeric' : 'decimal'}
        autoComplete="off"
        aria-label={t(say`${name}, exactly`)}
        value={value}
        onChange={({ currentTarget }) => {
          const chosen = typedValue(scale, currentTarget.value)
          currentTarget.value = String(chosen ?? settings[setting])
          if (chosen !== undefined) send(chosen)
        }}
      />
    </fieldset>
  )
}
