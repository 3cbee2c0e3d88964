import { type Said, say } from '../../../../report/words/say.ts'
import type { StageAct, StageSettings } from '../../log/entries.ts'
import type { StageState } from '../../log/state.ts'
import { t } from '../language.ts'
import { NumberControl } from './control-number.tsx'
import { controlScales, type NumberSetting } from './control-scale.ts'
import { lensFactors } from './lens.ts'
import type { StageDesk } from './stage-desk.ts'

/** What a page lets people do: settings and acts by their names, and what belongs to the picture. */
export type ControlName = keyof StageSettings | StageAct | 'play' | 'step' | 'reset' | 'lens'

/** Every control but the probe, which is a lesson's. */
export const allControls: readonly ControlName[] = [
  ...(['play', 'step', 'reset', 'lens', 'send', 'cut', 'restart'] as const),
  ...(['ratePerSecond', 'payloadBytes', 'pollIntervalMs', 'holdMs', 'addedDelayMs', 'proxy'] as const),
]

/** What stands in a row of buttons; the rest are settings. */
const actNames: readonly ControlName[] = [
  ...(['play', 'isPaused', 'step', 'lens', 'send', 'cut', 'mend', 'restart', 'probe', 'reset'] as const),
]

/**
 * Controls for two places: the first beside the lanes in one row, the others elsewhere. Where there is much to do, what is
 * done to network and server belongs to the others.
 */
export function partControls(controls: readonly ControlName[]): [ControlName[], ControlName[]] {
  const acts = controls.filter((name) => actNames.includes(name))
  const isFull = acts.length > 6
  const isApart = (name: ControlName) =>
    !actNames.includes(name) || (isFull && (name === 'cut' || name === 'restart'))
  return [controls.filter((name) => !isApart(name)), controls.filter(isApart)]
}

const proxies: Record<StageSettings['proxy'], Said> = {
  none: say`not there`,
  buffering: say`buffers unless asked not to`,
  'stubborn-buffering': say`buffers whatever is asked`,
}

interface StageControlsProps {
  desk: StageDesk
  /** In the order of the page's own; unknown ones are left out. */
  controls: readonly ControlName[]
  stage: Pick<StageState, 'settings' | 'network' | 'server'>
}

/** The stage's controls as ordinary form elements. Keys do the same, see `stageShortcuts`. */
export function StageControls({ desk, controls, stage }: StageControlsProps) {
  const { settings, network, server } = stage
  const has = (name: ControlName) => controls.includes(name)
  const isPaused = desk.isPaused()
  const hasActs = actNames.some(has)
  const numbers = (Object.keys(controlScales) as NumberSetting[]).filter(has)
  return (
    <section
      class="stage-controls"
      aria-label={t(has('play') || has('step') ? say`Controls of the stage` : say`Settings of the stage`)}
    >
      {hasActs && (
        <div class="acts row">
          {(has('play') || has('isPaused')) && (
            <button
              type="button"
              class="main"
              data-control="play"
              aria-keyshortcuts="Space"
              onClick={desk.toggle}
            >
              {t(isPaused ? say`Play` : say`Pause`)}
            </button>
          )}
          {has('step') && <Act name="step" keys="." text={say`Step`} onClick={desk.step} />}
          {has('lens') && (
            <fieldset class="lens row">
              <legend class="quiet">{t(say`Time lens`)}</legend>
              {lensFactors.map((factor) => (
                <button
                  key={factor}
                  type="button"
                  data-control={`lens-${factor}`}
                  aria-pressed={desk.lens.value.factor === factor}
                  onClick={() => desk.magnify(factor)}
                >
                  ×{factor}
                </button>
              ))}
            </fieldset>
          )}
          {has('send') && <Act name="send" keys="e" text={say`Send one event`} onClick={desk.send} />}
          {(has('cut') || has('mend')) && (
            <Act
              name="cut"
              keys="c"
              text={network === 'cut' ? say`Mend network` : say`Cut network`}
              onClick={desk.toggleNetwork}
            />
          )}
          {has('restart') && (
            <Act
              name="restart"
              keys="b"
              text={say`Restart server`}
              isOff={server === 'down'}
              onClick={() => desk.onAct('restart')}
            />
          )}
          {has('probe') && <Act name="probe" text={say`Ask once more`} onClick={() => desk.onAct('probe')} />}
          {has('reset') && desk.onReset && (
            <Act name="reset" keys="r" text={say`Reset`} onClick={() => desk.onReset?.()} />
          )}
        </div>
      )}
      {(numbers.length > 0 || has('proxy')) && (
        <div class="settings row">
          {numbers.map((setting) => (
            <NumberControl key={setting} setting={setting} settings={settings} onChange={desk.onChange} />
          ))}
          {has('proxy') && (
            <label class="choice" data-setting="proxy">
              <span class="quiet">{t(say`Proxy`)}</span>
              <select
                value={settings.proxy}
                onChange={({ currentTarget }) =>
                  desk.onChange({ proxy: currentTarget.value as StageSettings['proxy'] })
                }
              >
                {(Object.keys(proxies) as StageSettings['proxy'][]).map((proxy) => (
                  <option key={proxy} value={proxy}>
                    {t(proxies[proxy])}
                  </option>
                ))}
              </select>
            </label>
          )}
        </div>
      )}
    </section>
  )
}

interface ActProps {
  name: string
  text: Said
  keys?: string
  isOff?: boolean
  onClick(): void
}

/** What cannot be done now says so, and keeps its place and the focus. */
function Act({ name, text, keys, isOff = false, onClick }: ActProps) {
  return (
    <button
      type="button"
      data-control={name}
      aria-keyshortcuts={keys}
      aria-disabled={isOff}
      onClick={() => {
        if (!isOff) onClick()
      }}
    >
      {t(text)}
    </button>
  )
}
