/**
 * What a byte on the wire is there for.
 * - payload: the encoded events themselves;
 * - framing: what marks an event's beginning, end or kind, and chunked transfer coding;
 * - compressed: events and their framing behind a compression, where they can no longer be told apart;
 * - header: start lines and header sections of HTTP messages;
 * - handshake: the same of WebSocket's opening handshake;
 * - control: what is said besides events: cursors, gaps, heartbeats, pings, closing, settings of a connection;
 * - tls: TLS's own handshake, and what it adds to each of its records;
 * - unparsed: cut short or not understood. Always counted, never guessed.
 */
export type ByteClass = (typeof byteClasses)[number]
export const byteClasses = [
  'payload',
  'framing',
  'compressed',
  'header',
  'handshake',
  'control',
  'tls',
  'unparsed',
] as const

/** Consecutive bytes of one direction of a connection, with the reason that they are there. */
export interface Span {
  /** Offset of the first byte. */
  start: number
  /** Offset after the last byte; greater than `start`. */
  end: number
  class: ByteClass
  /** What exactly it is, in the words of the specification: `status line`, `masking key`. */
  label: string
}

/**
 * A dissector: a pure function from bytes to spans that partition them, in order, without gap or overlap, whatever
 * the bytes are. It never throws.
 */
export type Dissector = (bytes: Uint8Array) => Span[]

/** Collects spans one behind the other; what is never labelled cannot be left out. */
export class SpanWriter {
  readonly spans: Span[] = []
  readonly #length: number

  /** @param length of all bytes. */
  constructor(length: number) {
    this.#length = length
  }

  /** Where the next span begins. */
  get at(): number {
    return this.spans.at(-1)?.end ?? 0
  }

  /** Labels all bytes from the last span's end to `end`; nothing where there are none. */
  to(end: number, byteClass: ByteClass, label: string): void {
    const { at } = this
    if (end > at) this.spans.push({ start: at, end, class: byteClass, label })
  }

  /** Takes over spans that go on where the last one ends. */
  add(spans: readonly Span[]): void {
    // Not spread into push(), whose arguments have to fit on the stack.
    for (const span of spans) this.spans.push(span)
  }

  /** Labels the rest and gives the whole partition. */
  finish(byteClass: ByteClass, label: string): Span[] {
    this.to(this.#length, byteClass, label)
    return this.spans
  }
}

/** Number of bytes of each class. */
export type ClassSums = Record<ByteClass, number>

/** Sums the part of the spans that lies in [from, to). */
export function sumClasses(spans: readonly Span[], from = 0, to = Number.POSITIVE_INFINITY): ClassSums {
  const sums = Object.fromEntries(byteClasses.map((name) => [name, 0])) as ClassSums
  for (const { start, end, class: byteClass } of spans) {
    sums[byteClass] += Math.max(0, Math.min(end, to) - Math.max(start, from))
  }
  return sums
}

/** The offset of `text` (ASCII) at or after `from`; -1 where there is none. */
export function find(bytes: Uint8Array, text: string, from: number): number {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(text, from, 'latin1')
}

/** Bytes as text, one character a byte. */
export function ascii(bytes: Uint8Array, start = 0, end = bytes.length): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', start, end)
}

/** Spans of a part, moved to where the part stands in the whole. */
export function shift(spans: readonly Span[], by: number): Span[] {
  return spans.map((span) => ({ ...span, start: span.start + by, end: span.end + by }))
}

/**
 * Moves spans of a text that stands in pieces, chunks or frames or records, to where those stand in the stream; a
 * span over a seam becomes two.
 * @param pieces offsets in the stream, in the order of the text, which is their concatenation.
 */
export function overPieces(spans: readonly Span[], pieces: readonly Piece[]): Span[] {
  const moved: Span[] = []
  let offset = 0
  let next = 0
  for (const { start, end } of pieces) {
    const pieceEnd = offset + end - start
    while (next < spans.length) {
      const span = spans[next] as Span
      if (span.start >= pieceEnd) break
      moved.push({
        ...span,
        start: Math.max(span.start, offset) - offset + start,
        end: Math.min(span.end, pieceEnd) - offset + start,
      })
      if (span.end > pieceEnd) break
      next++
    }
    offset = pieceEnd
  }
  return moved
}

/** Where a part of a text stands in the stream: from the offset `start` to before `end`. */
export interface Piece {
  start: number
  end: number
}
