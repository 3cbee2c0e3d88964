import type { Observation, Row } from '../../results/observation.ts'
import type { ByteClass } from '../../server/wire/span.ts'

/** A row of the experiment wire-bytes: consecutive bytes of one direction of a connection, and their reason. */
export interface WireSpan {
  technique: string
  /** From 1 on, in the order of connecting. */
  connection: number
  direction: 'up' | 'down'
  /** setup: before the event was published. event: until its subscriber had it. after: later. */
  phase: 'setup' | 'event' | 'after'
  class: ByteClass
  label: string
  bytes: number
  /** The bytes themselves; of a long span those at its beginning. */
  shown: Uint8Array
  /** Whether they are no text, so that one that happens to be a letter means nothing. */
  binary: boolean
}

/** The spans of an observation, in the order in which they passed. */
export function spansOf({ rows }: Pick<Observation, 'rows'>): WireSpan[] {
  return knownBinary(rows.map(spanOf))
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

function spanOf(row: Row): Omit<WireSpan, 'binary'> {
  return {
    technique: String(row.technique),
    connection: Number(row.connection),
    direction: row.direction as WireSpan['direction'],
    phase: row.phase as WireSpan['phase'],
    class: row.class as ByteClass,
    label: String(row.label),
    bytes: Number(row.bytes),
    shown: Buffer.from(String(row.hex), 'hex'),
  }
}

/** Headers of frames, field blocks, binary messages: labels of webSocketFrames() and dissectHttp2(). */
const BINARY =
  /^(frame header, .*|masking key|payload data|DATA frame header|pad length|padding|HEADERS|PRIORITY|RST_STREAM|PUSH_PROMISE|CONTINUATION|(SETTINGS|PING)( ACK)?|GOAWAY|WINDOW_UPDATE|frame of unknown type \d+)$/

function isBinary({ class: byteClass, label }: Omit<WireSpan, 'binary'>): boolean {
  return byteClass === 'tls' || byteClass === 'compressed' || BINARY.test(label)
}
