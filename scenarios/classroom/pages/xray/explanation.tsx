import { format } from '../../../../report/format.ts'
import { explain } from '../../../../report/wire/explain.ts'
import { labelText } from '../../../../report/wire/labels.ts'
import { capital, said, say } from '../../../../report/words/say.ts'
import { t } from '../language.ts'
import { ClassText } from './class-text.tsx'
import { Command } from './copy-button.tsx'
import type { UnitSpan } from './spans.ts'

export interface ExplanationProps {
  span: UnitSpan | undefined
  technique: string
  /** Whether it is read out: what a key or a tap has chosen, but not what a pointer passes over. */
  isSaid: boolean
  commands: { label: string; text: string }[]
  onClose(): void
}

/** What a span is, how large, why it is there, where that is laid down, and what shows it again. */
export function Explanation({ span, technique, isSaid, commands, onClose }: ExplanationProps) {
  const why = span && explain(span.label, technique)
  return (
    <section class="xr-why stack" aria-label={t(say`Why these bytes are there`)}>
      <div aria-live={isSaid ? 'polite' : 'off'} aria-atomic="true" class="xr-said">
        {span ? (
          <>
            <p class="xr-label">
              <strong>{t(capital(labelText(span.label)))}</strong> <ClassText byteClass={span.class} />{' '}
              <span class="xr-size">{t(sizeText(span))}</span>
            </p>
            <p class="xr-reason">{why && t(said(why.text))}</p>
          </>
        ) : (
          <p class="xr-quiet">
            {t(
              say`Point at bytes or tap them, or go from span to span with the arrow keys, to read why they are there.`,
            )}
          </p>
        )}
      </div>
      {span && (
        <button
          type="button"
          class="xr-close"
          onClick={onClose}
          aria-label={t(say`Close the explanation (Esc)`)}
        >
          ×
        </button>
      )}
      {why && (
        <p class="xr-spec">
          {t(say`Laid down in`)}{' '}
          <a href={why.specification.url} rel="noopener noreferrer" target="_blank">
            {t(said(why.specification.title))}
          </a>
        </p>
      )}
      {span && commands.map(({ label, text }) => <Command key={text} label={label} text={text} />)}
    </section>
  )
}

function sizeText({ start, bytes, isOpen }: UnitSpan) {
  const [count, offset] = [format.count(bytes), format.count(start)]
  return isOpen ? say`${count} B or more, at offset ${offset}` : say`${count} B, at offset ${offset}`
}
