import type { LaneSpec, Runs } from './entries.ts'
import { hasNumber } from './runs.ts'

/** Pictures and tables look no further back than so many events. */
const MOST_WAYS = 4_000

/**
 * What pictures, and the fold itself, need of a lane besides its counters: how things stood at an earlier instant, for a
 * slowed picture shows the past. A plain value, as all of the state is.
 */
export interface Trace {
  /** Every time that an event's bytes have left the server's socket, by its number; of the latest events. */
  sent: Map<number, { atUs: number; connection: number }[]>
  /** Numbers of all events that each tab has received; index 0 is tab 1. */
  has: Runs[]
  /** When each event was received first, for each tab; of the latest events. */
  receivedUs: Map<number, number>[]
  /** When it was clear that an event is lost. */
  lostUs: Map<number, number>
  /** Numbers up to this one cannot come any more in tab 1. */
  passedSeq: number
  /** Receipts whose event the log has not told yet, for it is written in two hands. */
  early: { seq: number; tab: number; atUs: number }[]
  /** What the tap had seen at the last comparison. */
  tapped?: { up: number; down: number } | undefined
  /** Whether a tab has a cursor to ask with. */
  hasCursor: boolean[]
  /** Whether a tab has received something in the page that watches now. */
  hasOwn: boolean[]
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

/** The trace of a lane; empty for one that was not made by a log. */
export function traceOf(lane: { spec: LaneSpec; trace?: Trace }): Trace {
  const tabs = Array.from({ length: lane.spec.tabs ?? 1 })
  lane.trace ??= {
    sent: new Map(),
    has: tabs.map(() => []),
    receivedUs: tabs.map(() => new Map()),
    lostUs: new Map(),
    passedSeq: 0,
    early: [],
    hasCursor: [],
    hasOwn: [],
    toldUs: [],
    requests: [],
    openings: [],
  }
  return lane.trace
}

/**
 * When tab 1 received an event; undefined where it has not. One that was received so long ago that nobody knows when was
 * received at 0.
 */
export function receiptOf({ has, receivedUs }: Trace, seq: number): number | undefined {
  return receivedUs[0]?.get(seq) ?? (has[0] && hasNumber(has[0], seq) ? 0 : undefined)
}

/** Notes something of an event; what is known of the oldest is forgotten, many at once, for that goes over all of them. */
export function setBounded<T>(ways: Map<number, T>, seq: number, value: T): void {
  ways.set(seq, value)
  if (ways.size <= 2 * MOST_WAYS) return
  let left = MOST_WAYS
  for (const oldest of ways.keys()) {
    if (left-- === 0) break
    ways.delete(oldest)
  }
}

/** Appends, and forgets the oldest above so many. */
export function pushBounded<T>(items: T[], item: T, most: number): void {
  items.push(item)
  if (items.length > most) items.shift()
}
