import type { WireBytesRow } from '../../results/rows/wire-bytes.ts'
import { entryOf } from '../../server/registry.ts'
import type { Span } from '../../server/wire/span.ts'
import { type Capture, type CapturedConnection, passedAtUs } from './capture.ts'

/** What a byte of a captured subscription is for: to begin, for its one event, or for what came after. */
export type Phase = WireBytesRow['phase']

/** The phase of each span of one direction. */
export function phasesOf(
  technique: string,
  { publishedAtUs, receivedAtUs }: Capture,
  connection: CapturedConnection,
  direction: 'up' | 'down',
): Phase[] {
  const stream = connection[direction]
  const answer = entryOf(technique)?.family === 'poll' ? numberOfEventsAnswer(connection) : 0
  if (answer > 0) {
    return numbersOf(stream.spans).map((number) =>
      number < answer ? 'setup' : number > answer ? 'after' : 'event',
    )
  }
  return stream.spans.map(({ start }) => {
    const atUs = passedAtUs(stream, start)
    return atUs < publishedAtUs ? 'setup' : atUs > receivedAtUs ? 'after' : 'event'
  })
}

/** Which answer of a connection, from 1 on, holds an event; 0 for none. Requests are answered in their order. */
function numberOfEventsAnswer({ down: { spans } }: CapturedConnection): number {
  const first = spans.findIndex(({ class: byteClass }) => byteClass === 'payload')
  return numbersOf(spans)[first] ?? 0
}

/** To which of the connection's requests or answers, from 1 on, each span belongs. */
function numbersOf(spans: readonly Span[]): number[] {
  let number = 0
  return spans.map(({ label }) => {
    if (label === 'request line' || label === 'status line') number++
    return number
  })
}
