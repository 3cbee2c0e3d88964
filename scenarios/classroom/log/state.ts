import type { ByteClass } from '../../../server/wire/span.ts'
import type { UnitKind } from '../../../server/wire/units.ts'
import type { LaneSpec, StageEntry, StageSettings, Unit } from './entries.ts'
import type { Trace } from './trace.ts'

/** The stage as its log tells it so far: what pictures, counters, steps of lessons and worksheets go by. */
export interface StageState {
  run: number
  /** Of the latest entry. */
  atUs: number
  settings: StageSettings
  network: 'up' | 'cut'
  server: 'up' | 'down'
  /** In the order of the stage. */
  lanes: LaneState[]
  /** Every event of the feed, by its number: `events[0]` is event 1. */
  events: EventState[]
  /** Instants at which somebody cut or mended the network, or the server went or came. */
  changes: { atUs: number; what: 'cut' | 'mended' | 'down' | 'up' }[]
  /** Which settings held since when, from the beginning on; the latest 2,000. */
  periods?: SettingsPeriod[]
  /** When the page that plays the lanes was in the background, or away, the latest 100. */
  hidden?: Stretch[]
}

/** A stretch of time; it goes on while `toUs` is undefined. */
export interface Stretch {
  fromUs: number
  toUs?: number
}

export interface SettingsPeriod {
  fromUs: number
  settings: StageSettings
}

export interface EventState {
  seq: number
  dueUs: number
  publishedUs: number
  payloadBytes: number
}

export interface LaneState {
  spec: LaneSpec
  /** When the page that plays it now first saw the server accept, by tab; index 0 is tab 1. */
  openedUs: (number | undefined)[]
  /** Whether a tab has an open stream, or a poll that is held, now. */
  isOpen: boolean[]
  /** Requests, opening handshakes too, as the tap has seen them. */
  requests: number
  /**
   * Answers to polls that the page has read, and those of them without an event. The first, empty answer to a page that
   * has no cursor yet is not among them: it only fetches one. That is the first of all, and the first after a break
   * where the page has received nothing before it, or is forgetful.
   */
  answers: number
  emptyAnswers: number
  /** The latest 5,000. */
  connections: { connection: number; openedUs: number; closedUs?: number }[]
  /** Both directions together, without the lane's own page. */
  bytes: number
  bytesUp: number
  bytesDown: number
  sums: Record<ByteClass, number>
  /** Of `sums`, what went from browser to server. */
  sumsUp?: Record<ByteClass, number>
  /**
   * What it received, in order, of all tabs; what a tab received again is in `duplicated` alone. Of very many the first
   * 1,000 and the latest 10,000.
   */
  received: Receipt[]
  /** How many events tab 1 has received in all; undefined for none. */
  receivedCount?: number
  /**
   * Numbers of events that were published since tab 1 first opened in the page that watched then, that it has not received,
   * and that cannot come any more: one with a larger number has come, or a gap has been told.
   */
  lost: number[]
  /** Numbers of events that it received more than once in the same tab. */
  duplicated: number[]
  /** Failures of the transport, as the page saw them, the latest 1,000. */
  failures: { atUs: number; message: string }[]
  /** What the last probe found. */
  probe?: 'waits' | 'answered'
  /** Units in order, the latest 200. */
  units: Unit[]
  /** Whether its first request was an ordinary one or an opening handshake. */
  beganBy?: UnitKind
  /** How many of its requests were opening handshakes; undefined for none. */
  handshakes?: number
  /** When its requests were at the server, the latest 600. */
  requestedUs?: number[]
  /** What carried its events, the first 1,000 such units. */
  firstCarriages?: Carriage[]
  /** The same, the latest 200. */
  latestCarriages?: Carriage[]
  /** How things stood at each of the first 100 answers that are in `answers`. */
  firstAnswers?: FirstAnswer[]
  /** Whether the sockets, their tap and these counters said the same at the last comparison. */
  agrees?: boolean
  pageBytes: number
  /**
   * How many events waited when the latest answer to a poll had to leave without them, for it was as full as the server lets
   * it be; 0 where it took all.
   */
  heldBack?: number
  /** Since when nothing was changed and the same page has watched; undefined: since the beginning. */
  sinceUs?: number
  /** By how much a time of the page may be wrong; undefined until it says so. */
  clockErrorUs?: number
  /** See trace.ts: of a state that a log has made. */
  trace?: Trace
}

export interface Receipt {
  seq: number
  tab: number
  /** When the page had it. */
  atUs: number
  /** When its bytes left the server's socket; undefined where the tap has not seen it. */
  sentUs?: number
  /** `atUs` less the time at which it was due. */
  delayUs: number
}

/** A unit that carried whole events to the browser, and how its lane stood when it had passed. */
export interface Carriage {
  /** Numbers of the events, in order. */
  events: number[]
  what: UnitKind
  connection: number
  atUs: number
  bytes: number
  payloadBytes: number
  /** The request that it answers, where it is the answer to a poll. */
  request?: { atUs: number; bytes: number }
  /** When the next request came on the same connection. */
  askedAgainUs?: number
  /** Of the lane, this one and its request included. */
  requestsSoFar: number
  bytesSoFar: number
}

/** An answer to a poll that the page has read, and how its lane stood then. */
export interface FirstAnswer {
  atUs: number
  events: number
  requestsSoFar: number
  bytesSoFar: number
}

/**
 * Takes over further entries of the log, however they are batched. The state that it is given is changed; what it gives
 * is the same as another object, so that a signal that is set to it tells.
 */
export type Advance = (
  state: StageState | undefined,
  entries: readonly StageEntry[],
) => StageState | undefined
