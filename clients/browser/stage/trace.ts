import type { LaneState } from './state.ts'

/**
 * What pictures need of a lane besides its state: how things stood at an earlier instant, for a slowed picture shows the
 * past. It belongs to the object of the lane and goes with it.
 */
export interface Trace {
  /** Every time that an event's bytes have left the server's socket, by its number. */
  sent: Map<number, { atUs: number; connection: number }[]>
  /** When each event was received first, for each tab; index 0 is tab 1. */
  receivedUs: Map<number, number>[]
  /** When it was clear that an event is lost. */
  lostUs: Map<number, number>
  /** Numbers up to this one cannot come any more in tab 1. */
  passedSeq: number
  /** Receipts whose event the log has not told yet, for it is written in two hands. */
  early: { seq: number; tab: number; atUs: number }[]
  /** Whether a tab has a cursor to ask with. */
  hasCursor: boolean[]
  /** When each tab last told something. */
  toldUs: number[]
  /** Requests in the order in which they were told, the latest 600. */
  requests: RequestTrace[]
  /** When a tab's stream was open, the latest 100. */
  openings: { tab: number; fromUs: number; toUs?: number }[]
}

/** The way of one request, as far as it is known. */
export interface RequestTrace {
  /** Of the page that asked; undefined until it says so. */
  tab?: number
  askedUs?: number
  connection?: number
  /** When its last byte was at the server. */
  arrivedUs?: number
  /** When the answer, or the head of one that never ends, left the server. */
  answeredUs?: number
  /** When the page had read the answer, and how many events were in it. */
  readUs?: number
  events?: number
  failedUs?: number
}

const traces = new WeakMap<LaneState, Trace>()

/** The trace of a lane; empty for one that was not made by a log. */
export function traceOf(lane: LaneState): Trace {
  let trace = traces.get(lane)
  if (!trace) {
    trace = {
      sent: new Map(),
      receivedUs: Array.from({ length: lane.spec.tabs ?? 1 }, () => new Map()),
      lostUs: new Map(),
      passedSeq: 0,
      early: [],
      hasCursor: [],
      toldUs: [],
      requests: [],
      openings: [],
    }
    traces.set(lane, trace)
  }
  return trace
}

/** Appends, and forgets the oldest above so many. */
export function pushBounded<T>(items: T[], item: T, most: number): void {
  items.push(item)
  if (items.length > most) items.shift()
}
