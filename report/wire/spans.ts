import type { WireBytesRow } from '../../results/rows/wire-bytes.ts'

/** A row of the experiment wire-bytes: consecutive bytes of one direction of a connection, and their reason. */
export interface WireSpan extends Omit<WireBytesRow, 'hex' | 'shownBytes'> {
  /** The bytes themselves; of a long span those at its beginning. */
  shown: Uint8Array
  /** Whether they are no text, so that one that happens to be a letter means nothing. */
  binary: boolean
}

/** The spans of an observation, in the order in which they passed. */
export function spansOf(rows: readonly WireBytesRow[]): WireSpan[] {
  return knownBinary(
    rows.map(({ hex, shownBytes: _, ...row }) => ({ ...row, shown: Buffer.from(hex, 'hex') })),
  )
}

/** Spans, in the order in which they passed, with whether they are no text: what is masked is none either. */
export function knownBinary(spans: readonly Omit<WireSpan, 'binary'>[]): WireSpan[] {
  const masked = new Set<string>()
  return spans.map((span) => {
    const stream = `${span.technique} ${span.connection} ${span.direction}`
    if (span.label.startsWith('frame header')) masked.delete(stream)
    const binary = masked.has(stream) || isBinary(span)
    if (span.label === 'masking key') masked.add(stream)
    return { ...span, binary }
  })
}

/** Headers of frames, field blocks, binary messages: labels of webSocketFrames() and dissectHttp2(). */
const BINARY =
  /^(frame header, .*|masking key|payload data|DATA frame header|pad length|padding|HEADERS|PRIORITY|RST_STREAM|PUSH_PROMISE|CONTINUATION|(SETTINGS|PING)( ACK)?|GOAWAY|WINDOW_UPDATE|frame of unknown type \d+)$/

function isBinary({ class: byteClass, label }: Omit<WireSpan, 'binary'>): boolean {
  return byteClass === 'tls' || byteClass === 'compressed' || BINARY.test(label)
}
