import type { Point } from '../scenarios/scenario.ts'
import { dueTimesBefore } from '../server/schedule.ts'
import type { Prediction } from './record.ts'

/**
 * Models of what a technique costs, to stand beside what was measured. On loopback the round trip is taken as 0.
 * P is the payload in bytes, T the polling interval.
 */

/** One chunk of n bytes in chunked transfer coding, RFC 9112 section 7.1: its size in hex digits, two CR LF. */
export function chunkBytes(n: number): number {
  return n + n.toString(16).length + 4
}

/** Bytes of the frame header of an unmasked message, RFC 6455 section 5.2. */
export function frameHeaderBytes(payloadBytes: number): number {
  return payloadBytes <= 125 ? 2 : payloadBytes <= 65_535 ? 4 : 10
}

/** Bytes of the TCP stream for event `seq` of P bytes, for streams: they follow from these two alone. */
const streamEventBytes: Record<string, (payloadBytes: number, seq: number) => number> = {
  'bare-tcp': (payloadBytes) => payloadBytes + 1,
  websocket: (payloadBytes) => payloadBytes + frameHeaderBytes(payloadBytes),
  // id: SEQ LF data: P LF LF
  sse: (payloadBytes, seq) => chunkBytes(payloadBytes + 13 + String(seq).length),
  // <script>parent.push(P)</script> LF
  'iframe-stream': (payloadBytes) => chunkBytes(payloadBytes + 31),
}

/** Header section of an answer to a poll but for the digits of its content length; the date has a fixed length. */
const ANSWER_HEAD_BYTES = [
  'HTTP/1.1 200 OK',
  'cache-control: no-store',
  'content-type: application/json; charset=utf-8',
  'content-length: ',
  'Date: Sat, 01 Jan 2000 00:00:00 GMT',
  'Connection: keep-alive',
  'Keep-Alive: timeout=72',
  '',
].reduce((bytes, line) => bytes + line.length + 2, 0)

/**
 * Bytes in both directions of one poll over a connection kept alive, as this project's client sends it to a server at
 * 127.0.0.1 on a port of five digits.
 * @param cursor that it asks with. @param events that the answer holds, the first of them `cursor` + 1.
 */
export function pollBytes(path: string, cursor: number, events: number, payloadBytes: number): number {
  const request = `GET /${path} HTTP/1.1\r\nlast-event-id: ${cursor}\r\nHost: 127.0.0.1:12345\r\nConnection: keep-alive\r\n\r\n`
  const separators = Math.max(0, events - 1)
  const body = `{"cursor":${cursor + events},"events":[]}`.length + events * payloadBytes + separators
  return request.length + ANSWER_HEAD_BYTES + String(body).length + body
}

/** Mean wait for the next tick of a timer of period T: T/2. */
export function shortPollMeanUs(pollIntervalMs: number): number {
  return (pollIntervalMs * 1e3) / 2
}

/** TCP/IP headers of a packet: IPv4 20, TCP 20, its timestamps 12. */
const PACKET_HEADER_BYTES = 52
/** Payload of a full segment at an MTU of 1,500. */
const SEGMENT_BYTES = 1448
/** An event of a stream is its segments and one packet that acknowledges; a poll is its request, its answer, and one. */
const packets = { stream: (bytes: number) => Math.ceil(bytes / SEGMENT_BYTES) + 1, poll: 3 }

/** The prediction for one cell. Every number is a mean over the events due in the window. */
export function predict(technique: string, point: Point): Prediction {
  const { feed, load } = point
  const stream = streamEventBytes[technique]
  const [bytes, packetsPerEvent] = stream
    ? ofStream(stream, point)
    : technique === 'long-poll'
      ? ofLongPoll(point)
      : technique === 'short-poll'
        ? ofShortPoll(point)
        : [null, 0]
  const fits = feed.payloadBytes < SEGMENT_BYTES / 2
  return {
    bytesPerEvent: bytes,
    wireBytesPerEvent:
      bytes !== null && (stream || fits) ? bytes + packetsPerEvent * PACKET_HEADER_BYTES : null,
    meanLatencyUs: technique === 'short-poll' ? shortPollMeanUs(load.pollIntervalMs) : null,
  }
}

type PerEvent = [bytes: number | null, packets: number]
const NOTHING: PerEvent = [null, 0]

function ofStream(bytesOf: (payloadBytes: number, seq: number) => number, point: Point): PerEvent {
  const seqs = eventsInWindow(point)
  if (seqs.length === 0) return NOTHING
  const sizes = seqs.map(({ seq }) => bytesOf(point.feed.payloadBytes, seq))
  return [mean(sizes), mean(sizes.map(packets.stream))]
}

/** One poll brings all events of one instant: those of a burst share it. Events closer than a cycle may, too. */
function ofLongPoll(point: Point): PerEvent {
  const batches = [...Map.groupBy(eventsInWindow(point), ({ dueUs }) => dueUs).values()]
  const events = batches.reduce((sum, { length }) => sum + length, 0)
  if (events === 0) return NOTHING
  const bytes = batches.map((batch) =>
    pollBytes('long-poll', (batch[0]?.seq ?? 1) - 1, batch.length, point.feed.payloadBytes),
  )
  return [bytes.reduce((sum, size) => sum + size, 0) / events, (packets.poll * batches.length) / events]
}

/** Every poll of every subscriber in the window, at the ticks of its own phase, with the events due since the last. */
function ofShortPoll({ feed, load }: Point): PerEvent {
  const { subscribers, pollIntervalMs, warmUpMs, measureMs } = load
  const [startUs, endUs] = [warmUpMs * 1e3, (warmUpMs + measureMs) * 1e3]
  const intervalUs = pollIntervalMs * 1e3
  const dueTimes = dueTimesBefore(feed.schedule, endUs)
  let [bytes, polls, events] = [0, 0, 0]
  for (let subscriber = 0; subscriber < subscribers; subscriber++) {
    const phaseUs = ((subscriber + 0.5) / subscribers) * intervalUs
    const first = startUs + ((((phaseUs - startUs) % intervalUs) + intervalUs) % intervalUs)
    for (let atUs = first; atUs < endUs; atUs += intervalUs) {
      const cursor = countBefore(dueTimes, atUs - intervalUs)
      const batch = countBefore(dueTimes, atUs) - cursor
      bytes += pollBytes('short-poll', cursor, batch, feed.payloadBytes)
      polls++
      events += batch
    }
  }
  return events > 0 ? [bytes / events, (packets.poll * polls) / events] : NOTHING
}

function eventsInWindow({ feed, load }: Point): { seq: number; dueUs: number }[] {
  const { warmUpMs, measureMs } = load
  return dueTimesBefore(feed.schedule, (warmUpMs + measureMs) * 1e3)
    .map((dueUs, i) => ({ seq: i + 1, dueUs }))
    .filter(({ dueUs }) => dueUs >= warmUpMs * 1e3)
}

/** How many of ascending times lie before `atUs`, by bisection. */
function countBefore(times: readonly number[], atUs: number): number {
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] as number) < atUs) low = middle + 1
    else high = middle
  }
  return low
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
