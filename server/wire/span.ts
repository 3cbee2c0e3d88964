/**
 * What a byte on the wire is there for.
 * - payload: the encoded events themselves;
 * - framing: what marks an event's beginning, end or kind, and chunked transfer coding;
 * - header: start lines and header sections of HTTP messages;
 * - handshake: the same of WebSocket's opening handshake;
 * - control: what is said besides events: cursors, gaps, heartbeats, pings, closing;
 * - unparsed: cut short or not understood. Always counted, never guessed.
 */
export type ByteClass = 'payload' | 'framing' | 'header' | 'handshake' | 'control' | 'unparsed'

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
  const sums: ClassSums = { payload: 0, framing: 0, header: 0, handshake: 0, control: 0, unparsed: 0 }
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
