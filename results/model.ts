import type { Point } from '../scenarios/scenario.ts'
import { dueTimesBefore } from '../server/schedule.ts'
import type { Prediction } from './record.ts'

/** Models of what a technique costs, to stand beside what was measured. Loopback: the round trip is taken as 0. */

/** One chunk of n bytes in chunked transfer coding, RFC 9112 section 7.1: its size in hex digits, two CR LF. */
export function chunkBytes(n: number): number {
  return n + n.toString(16).length + 4
}

/** Bytes of the frame header of an unmasked message, RFC 6455 section 5.2. */
export function frameHeaderBytes(payloadBytes: number): number {
  return payloadBytes <= 125 ? 2 : payloadBytes <= 65_535 ? 4 : 10
}

/** Bytes of the TCP stream for event `seq` of P bytes, for techniques in which they follow from these two alone. */
const eventBytes: Record<string, (payloadBytes: number, seq: number) => number> = {
  'bare-tcp': (payloadBytes) => payloadBytes + 1,
  websocket: (payloadBytes) => payloadBytes + frameHeaderBytes(payloadBytes),
  // id: SEQ LF data: P LF LF
  sse: (payloadBytes, seq) => chunkBytes(payloadBytes + 13 + String(seq).length),
  // <script>parent.push(P)</script> LF
  'iframe-stream': (payloadBytes) => chunkBytes(payloadBytes + 31),
}

/** Mean wait for the next tick of a timer of period T: T/2. */
export function shortPollMeanUs(pollIntervalMs: number): number {
  return (pollIntervalMs * 1e3) / 2
}

/** Share of polls that bring nothing from a Poisson feed of rate r polled every T: e^(-rT). */
export function wastedPollShare(ratePerSecond: number, pollIntervalMs: number): number {
  return Math.exp((-ratePerSecond * pollIntervalMs) / 1e3)
}

/** The prediction for one cell. */
export function predict(technique: string, { feed, load }: Point): Prediction {
  const bytes = eventBytes[technique]
  const untilUs = (load.warmUpMs + load.measureMs) * 1e3
  const seqs = dueTimesBefore(feed.schedule, untilUs).flatMap((dueUs, i) =>
    dueUs >= load.warmUpMs * 1e3 ? [i + 1] : [],
  )
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  return {
    bytesPerEvent: bytes && seqs.length > 0 ? mean(seqs.map((seq) => bytes(feed.payloadBytes, seq))) : null,
    meanLatencyUs: technique === 'short-poll' ? shortPollMeanUs(load.pollIntervalMs) : null,
  }
}
