import { useEffect, useMemo, useRef } from 'preact/hooks'
import { format } from '../../../../report/format.ts'
import { classMarks } from '../../../../report/wire/classes.ts'
import { labelText } from '../../../../report/wire/labels.ts'
import { clauses, said, say } from '../../../../report/words/say.ts'
import { Heads } from '../heads.tsx'
import { t } from '../language.ts'
import { type HexPiece, hexRows } from './hex-rows.ts'
import { bringIntoView, focusSpan, isStop, keyTarget, spanAt } from './span-elements.ts'
import type { UnitSpan } from './spans.ts'
import { textPieces } from './text-pieces.ts'

/** Which of the two can be seen. */
export const views = ['both', 'text', 'hex'] as const
export type View = (typeof views)[number]

export interface BytesViewProps {
  spans: readonly UnitSpan[]
  view: View
  /** The span that is explained; the one that Tab leads to. */
  marked: number | undefined
  tabStop: number
  onPick(span: number): void
  /** The pointer is over a span. */
  onHover(span: number): void
  onEnter(): void
  onLeave(): void
  /** Another unit is wanted: the one before or after. */
  onStep(step: -1 | 1): void
}

/** The bytes as text and as hexadecimal. Every span is one stop of the arrow keys, in the first of the two. */
export function BytesView(props: BytesViewProps) {
  const { spans, view, marked, onPick, onHover } = props
  const root = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => hexRows(spans), [spans])
  const isTextFirst = view !== 'hex'
  useEffect(() => bringIntoView(root.current), [marked, spans, view])

  const pickFrom = ({ target }: Event) => {
    const span = spanAt(target)
    if (span === undefined) return
    onPick(span)
    focusSpan(root.current, span)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const from = spanAt(event.target)
    if (from === undefined || event.ctrlKey || event.altKey || event.metaKey) return
    if (event.key === 'PageUp' || event.key === 'PageDown') {
      event.preventDefault()
      return props.onStep(event.key === 'PageUp' ? -1 : 1)
    }
    const to = keyTarget(event.key, from, spans.length - 1)
    if (to === undefined) return
    event.preventDefault()
    onPick(to)
    focusSpan(root.current, to)
  }
  const hexName = t(say`The bytes in hexadecimal and as ASCII`)
  // Listeners on the whole, for there can be hundreds of spans; each of them is a button of its own to keyboards.
  const listeners = {
    onClick: pickFrom,
    onKeyDown,
    onFocusIn: ({ target }: FocusEvent) => {
      const span = spanAt(target)
      if (span !== undefined && isStop(target)) onPick(span)
    },
    onPointerOver: (event: PointerEvent) => {
      const span = event.pointerType === 'touch' ? undefined : spanAt(event.target)
      if (span !== undefined) onHover(span)
    },
    onPointerEnter: props.onEnter,
    onPointerLeave: props.onLeave,
  }
  return (
    <div class="xr-views stack" data-view={view} ref={root} {...listeners}>
      {isTextFirst && (
        <pre
          class="xr-text"
          lang="zxx"
          translate={false}
          role="toolbar"
          aria-label={t(say`The bytes as text: arrow keys go from span to span`)}
        >
          {spans.map((span, i) => (
            <TextSpan key={i} span={span} i={i} {...props} />
          ))}
        </pre>
      )}
      {view !== 'text' && (
        <div
          class="xr-hex"
          {...(isTextFirst
            ? { role: 'region', tabIndex: 0, 'aria-label': hexName }
            : {
                role: 'toolbar',
                'aria-label': t(say`The bytes in hexadecimal: arrow keys go from span to span`),
              })}
        >
          <table>
            <Heads texts={[say`offset`, say`hexadecimal`, 'ASCII']} />
            <tbody translate={false}>
              {rows.map(({ offset, pieces }) => (
                <tr key={offset}>
                  <th scope="row">{offset}</th>
                  <td class="xr-pairs">
                    {pieces.map((piece, i) => [
                      i > 0 && ' ',
                      <Piece
                        key={piece.span}
                        piece={piece}
                        text={piece.hex}
                        isStop={!isTextFirst}
                        {...props}
                      />,
                    ])}
                  </td>
                  <td class="xr-ascii">
                    {pieces.map((piece) => (
                      <Piece key={piece.span} piece={piece} text={piece.text} isStop={false} {...props} />
                    ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  )
}

function TextSpan({ span, i, ...props }: BytesViewProps & { span: UnitSpan; i: number }) {
  return (
    <i {...attributesOf(props, i, true)}>
      {textPieces(span).map(({ kind, text }) =>
        kind === 'text' ? text : [<b class={kind}>{text}</b>, kind === 'lf' && '\n'],
      )}
    </i>
  )
}

function Piece({
  piece,
  text,
  isStop,
  ...props
}: BytesViewProps & { piece: HexPiece; text: string; isStop: boolean }) {
  return <i {...attributesOf(props, piece.span, isStop && piece.isFirst)}>{text}</i>
}

/** Every part of a span is marked; one of them is a button. */
function attributesOf({ spans, marked, tabStop }: BytesViewProps, i: number, isStop: boolean) {
  const span = spans[i] as UnitSpan
  const { code } = classMarks[span.class]
  const shared = { 'data-span': i, class: marked === i ? `${code} on` : code }
  if (!isStop) return shared
  return {
    ...shared,
    role: 'button' as const,
    tabIndex: tabStop === i ? 0 : -1,
    'aria-pressed': marked === i,
    // Its name are the bytes themselves, which people see and may say.
    'aria-description': t(descriptionOf(span)),
  }
}

function descriptionOf({ label, class: byteClass, bytes }: UnitSpan) {
  return clauses([labelText(label), said(classMarks[byteClass].name), say`${format.count(bytes)} B`])
}
