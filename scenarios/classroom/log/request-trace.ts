import type { Unit } from './entries.ts'
import { pushBounded, type RequestTrace, type Trace } from './trace.ts'

/** Both clocks agree to within this. */
const CLOCK_ERROR_US = 5_000
/** A request that has not arrived after this is another one. */
const LONGEST_WAY_US = 5_000_000
const MOST_REQUESTS = 600

/** The page has asked: its request is one that has arrived and that nobody has asked for yet, or is on its way. */
export function traceAsked(trace: Trace, tab: number, askedUs: number): void {
  const arrived = trace.requests.find(
    (request) =>
      request.askedUs === undefined &&
      (request.arrivedUs ?? 0) > askedUs - CLOCK_ERROR_US &&
      isRecent(request, askedUs),
  )
  if (arrived) Object.assign(arrived, { tab, askedUs })
  else pushBounded(trace.requests, { tab, askedUs }, MOST_REQUESTS)
}

/** A request or an opening handshake is at the server. */
export function traceArrived(trace: Trace, { atUs, connection }: Unit): void {
  const asked = trace.requests.find(
    (request) =>
      request.arrivedUs === undefined &&
      request.failedUs === undefined &&
      request.askedUs !== undefined &&
      request.askedUs < atUs + CLOCK_ERROR_US &&
      isRecent(request, atUs),
  )
  if (asked) Object.assign(asked, { connection, arrivedUs: atUs })
  else pushBounded(trace.requests, { connection, arrivedUs: atUs }, MOST_REQUESTS)
}

/** An answer, or its head, has left the server: to the oldest request of that connection that has none. */
export function traceAnswered(trace: Trace, { atUs, connection }: Unit): void {
  const request = trace.requests.find(
    (candidate) => candidate.connection === connection && candidate.answeredUs === undefined,
  )
  if (request) request.answeredUs = atUs
}

/** The page has read the answer to its oldest request, or its stream is open. */
export function traceRead(trace: Trace, tab: number, readUs: number, events?: number): void {
  const request = trace.requests.find((candidate) => isOutstanding(candidate, tab))
  if (request) Object.assign(request, events === undefined ? { readUs } : { readUs, events })
}

export function traceFailed(trace: Trace, tab: number, failedUs: number): void {
  for (const request of trace.requests) if (isOutstanding(request, tab)) request.failedUs = failedUs
}

function isOutstanding(request: RequestTrace, tab: number): boolean {
  return request.tab === tab && request.readUs === undefined && request.failedUs === undefined
}

function isRecent({ askedUs, arrivedUs }: RequestTrace, atUs: number): boolean {
  return (askedUs ?? arrivedUs ?? 0) > atUs - LONGEST_WAY_US
}
