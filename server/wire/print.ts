import { type ByteClass, type Span, sumClasses } from './span.ts'

const BYTES_A_LINE = 16
const INDENT = 10
/** Longer spans show their beginning and say how much is left out. */
const MOST_LINES = 8

/** What is said of a span besides what it is. */
export interface Note {
  /** Whether it is there for the event. */
  isOfEvent: boolean
  why?: string | undefined
}

/**
 * An annotated capture as text: each span with its class, length and label, its reason, its bytes in hex and as ASCII with
 * visible CR and LF, and at the end the sum of each class. `>` stands before what is there for the event.
 * @param notes one for each span.
 */
export function annotate(bytes: Uint8Array, spans: readonly Span[], notes: readonly Note[]): string {
  const lines = spans.flatMap((span, i) => {
    const { start, end, class: byteClass, label } = span
    const { isOfEvent = false, why } = notes[i] ?? {}
    return [
      `${isOfEvent ? '>' : ' '}${String(start).padStart(5)}  ${byteClass.padEnd(9)} ${String(end - start).padStart(5)} B  ${label}`,
      ...(why ? [`${' '.repeat(INDENT)}${why}`] : []),
      ...dump(bytes, span),
    ]
  })
  return [...lines, '', `  total ${sumText(spans)}`].join('\n')
}

function dump(bytes: Uint8Array, { start, end }: Span): string[] {
  const lines: string[] = []
  for (let at = start; at < end && lines.length < MOST_LINES; at += BYTES_A_LINE) {
    const piece = [...bytes.subarray(at, Math.min(at + BYTES_A_LINE, end))]
    const hex = piece.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
    lines.push(`${' '.repeat(INDENT)}${hex.padEnd(BYTES_A_LINE * 3)} ${piece.map(visible).join('')}`)
  }
  const left = end - start - MOST_LINES * BYTES_A_LINE
  return left > 0 ? [...lines, `${' '.repeat(INDENT)}and ${left} bytes more`] : lines
}

/** A byte as one visible character; CR and LF as their symbols, what cannot be printed as a dot. */
function visible(byte: number): string {
  if (byte === 0x0d) return '\u240d'
  if (byte === 0x0a) return '\u240a'
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '\u00b7'
}

/** `102 B = payload 100 + framing 2` */
export function sumText(spans: readonly Span[]): string {
  const sums = sumClasses(spans)
  const parts = (Object.keys(sums) as ByteClass[])
    .filter((name) => sums[name] > 0)
    .map((name) => `${name} ${sums[name]}`)
  const all = Object.values(sums).reduce((sum, part) => sum + part, 0)
  return `${all} B = ${parts.join(' + ') || '0'}`
}
