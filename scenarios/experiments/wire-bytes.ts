import { type Capture, type CapturedStream, captureEvent, passedAtUs } from '../../clients/measure/capture.ts'
import { type Phase, phasesOf } from '../../clients/measure/phases.ts'
import { type WireBytesRow, wireBytesRows } from '../../results/rows/wire-bytes.ts'
import { registry } from '../../server/registry.ts'
import type { Span } from '../../server/wire/span.ts'
import type { Experiment } from '../bench/experiment.ts'

const PAYLOAD_BYTES = 100
/** Of a longer span so much is shown. */
const SHOWN_BYTES = 512

/**
 * Captures one subscription and one event of every technique, byte by byte. Apart from ports, dates and keys, and from
 * how often a short poll asks in vain, each run sees the same.
 */
export const experiment: Experiment<typeof wireBytesRows> = {
  rows: wireBytesRows,
  question: 'Which bytes does one event take, and what is each of them there for?',
  expectation:
    'The same 100 bytes of payload for all; around them a poll has two header sections, a stream ' +
    'between 1 and 60 bytes.',
  suite: 'quick',
  expectedMs: 1_000,
  async run({ signal }) {
    const captures = registry.map(({ name }) => captureEvent(name, { payloadBytes: PAYLOAD_BYTES }))
    // Where one fails the others have to come to their end, too.
    await Promise.allSettled(captures)
    signal.throwIfAborted()
    const rows = await Promise.all(
      registry.map(async ({ name }, i) => rowsOf(name, await (captures[i] as Promise<Capture>))),
    )
    return { rows: rows.flat() }
  },
}

/** A row for each span, of a connection in the order in which they passed. */
function rowsOf(technique: string, capture: Capture): WireBytesRow[] {
  return capture.connections.flatMap((connection, i) => {
    const shared = { technique, connection: i + 1 }
    const sides = (['up', 'down'] as const).flatMap((direction) => {
      const stream = connection[direction]
      const phases = phasesOf(technique, capture, connection, direction)
      return stream.spans.map((span, at) => ({
        passedAtUs: passedAtUs(stream, span.start),
        row: { ...shared, direction, phase: phases[at] as Phase, ...contentOf(stream, span) },
      }))
    })
    return sides.sort((a, b) => a.passedAtUs - b.passedAtUs).map(({ row }) => row)
  })
}

function contentOf({ bytes }: CapturedStream, { start, end, class: byteClass, label }: Span) {
  const shownBytes = Math.min(end - start, SHOWN_BYTES)
  return {
    ...{ class: byteClass, label, bytes: end - start },
    hex: Buffer.from(bytes.subarray(start, start + shownBytes)).toString('hex'),
    ...(shownBytes < end - start && { shownBytes }),
  }
}
