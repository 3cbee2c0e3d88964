import type { ByteClass } from '../../../server/wire/span.ts'
import type { UnitKind } from '../../../server/wire/units.ts'

/**
 * The stage is where techniques play before a class: one feed, a lane for each technique, each lane with a server on a
 * port of its own, and the network between that server and the browser. All that happens on it is written into one log,
 * in two hands: the server's (what was published, what passed the sockets) and the browser's (what a page asked for and
 * received). Every picture, counter and step of a lesson is a pure function of this log, and so a recording, which is a
 * log, plays just as the live stage does.
 *
 * Times are `atUs`: whole microseconds after the stage's epoch, on the host's monotonic clock. The browser's are put on
 * that clock by the room's clock messages, with an error that is told. Once it is known better, earlier ones are mended.
 */
export type StageEntry =
  | Began
  | Changed
  | Published
  | Connected
  | Closed
  | Unit
  | PageLoaded
  | Totals
  | Watching
  | Clocked
  | Folded
  | Seen

/** Where a technique plays. */
export interface LaneSpec {
  /** Unique on the stage, lower case with hyphens: `sse`, `websocket-forgetful`. */
  id: string
  /** Of the registry; one that a browser can run. */
  technique: string
  /**
   * Whether the page comes back after a break without saying what it had last; default false. EventSource always says
   * it, for the browser does.
   */
  forgetful?: boolean
  /** So many subscriptions of the same page to the same origin, as so many tabs would be; default 1. */
  tabs?: number
  /** Socket.IO's transports; default `upgrade`, which is its own default. */
  socketIo?: 'upgrade' | 'websocket'
}

/** What can be changed while the stage plays. */
export interface StageSettings {
  /** Events a second of a constant schedule, 0.1 to 50; 0 for an event only when somebody sends one. */
  ratePerSecond: number
  /** Exact length of an encoded event, 5 bytes to 16,384. Below 16 it is a JSON string: 7 bytes are `"hello"`. */
  payloadBytes: number
  /** Time between two short polls, 50 to 10,000 ms. */
  pollIntervalMs: number
  /** A long poll without an event is answered empty after this, 500 to 60,000 ms. */
  holdMs: number
  /** What the network adds in each direction, 0 to 500 ms: a round trip takes twice as long. */
  addedDelayMs: number
  /**
   * What stands between: nothing; a proxy that collects 4,096 bytes of a body before it passes them on unless the answer
   * says `X-Accel-Buffering: no`, as every stream here does; or one that does not care what the answer says.
   */
  proxy: 'none' | 'buffering' | 'stubborn-buffering'
  /** Whether the feed's schedule waits. Events can still be sent by hand. */
  isPaused: boolean
}

export const defaultStageSettings: StageSettings = {
  ratePerSecond: 1,
  payloadBytes: 100,
  pollIntervalMs: 1_000,
  holdMs: 25_000,
  addedDelayMs: 0,
  proxy: 'none',
  isPaused: false,
}

/** What the lanes tell EventSource to wait before it reconnects: a class should not wait longer for it than for the others. */
export const RECONNECTION_MS = 1_000

/** The stage was cleared: the log, the feed and every counter begin anew. Always the first entry of a log. */
export interface Began {
  kind: 'began'
  atUs: number
  /** Counts the beginnings, so that what was on its way from before is told apart. */
  run: number
  lanes: LaneSpec[]
  settings: StageSettings
}

/** Settings, the network or the server were changed by somebody. */
export interface Changed {
  kind: 'changed'
  atUs: number
  settings?: StageSettings
  /** cut: every socket of every lane was reset and no new one is accepted. */
  network?: 'up' | 'cut'
  /** down: the process that serves the lanes is gone. The feed goes on without it. */
  server?: 'up' | 'down'
}

/** The feed published an event. */
export interface Published {
  kind: 'published'
  atUs: number
  seq: number
  /** When the schedule asked for it; by hand: the same as `atUs`. */
  dueUs: number
  payloadBytes: number
}

/**
 * A server of a lane accepted a TCP connection. Told when its first unit has passed, before it: a browser opens some
 * connections in advance and never uses them, and the one that loads a lane's page is no part of the lane.
 */
export interface Connected {
  kind: 'connected'
  atUs: number
  lane: string
  /** Counts the connections of the stage from 1. */
  connection: number
}

export interface Closed {
  kind: 'closed'
  atUs: number
  lane: string
  connection: number
}

/**
 * Some bytes that passed a lane's socket and belong together, from the tap at its server. The units of a direction of a
 * connection, one behind the other, are all of its bytes.
 */
export interface Unit {
  kind: 'unit'
  /** When its last byte passed the server's socket; `fromUs` when its first did. */
  atUs: number
  fromUs: number
  lane: string
  connection: number
  /** Counts the units of the stage from 1. */
  unit: number
  /** up: browser to server. */
  direction: 'up' | 'down'
  what: UnitKind
  /** Of a request: its target, `/sse?lastEventId=7`. Of a response: its status code as text. */
  about?: string
  bytes: number
  /** How many of its bytes are of each class; those that it has none of are left out. */
  sums: Partial<Record<ByteClass, number>>
  /** Numbers of the events that it carries whole, in order. */
  events: number[]
  /** Its first bytes, 2,048 at most, in base64. */
  shown: string
  /** What each of the shown bytes is there for: spans that cover them all. */
  spans: [start: number, end: number, byteClass: ByteClass, label: string][]
}

/** A lane's page was loaded, on a connection of its own that is in no counter. */
export interface PageLoaded {
  kind: 'page'
  atUs: number
  lane: string
  bytes: number
}

/** What the sockets of a lane counted by themselves, beside what its tap has seen, up to that instant. */
export interface Totals {
  kind: 'totals'
  atUs: number
  lane: string
  socketUp: number
  socketDown: number
  tappedUp: number
  tappedDown: number
}

/** A page has begun to play the lanes, or has left, or nobody can see it any more, or again. */
export interface Watching {
  kind: 'player'
  atUs: number
  isHere: boolean
  /**
   * Of the page that plays them already, also after it was away from the room alone: whether it is in the background, where
   * browsers slow and stop what they like.
   */
  isHidden?: boolean
}

/**
 * The page that plays the lanes knows better how its clock stands to the host's. The times of what it has told before are
 * mended already.
 */
export interface Clocked {
  kind: 'clock'
  atUs: number
  /** By how much its times may still be wrong. */
  errorUs: number
}

/** Whole numbers, in runs: `[3, 7]` stands for 3, 4, 5, 6, 7. */
export type Runs = [from: number, to: number][]

/**
 * What a log that has grown too long knows of a lane instead of entries that it has forgotten: how the lane stood when
 * everything before this in the log had happened. It takes the place of what was counted up to here.
 */
export interface Folded {
  kind: 'folded'
  /** Of the last entry before it. */
  atUs: number
  lane: string
  requests: number
  /** How many of the requests were opening handshakes. */
  handshakes: number
  answers: number
  emptyAnswers: number
  bytesUp: number
  bytesDown: number
  sumsUp: Partial<Record<ByteClass, number>>
  sumsDown: Partial<Record<ByteClass, number>>
  /** In the order of the tabs. */
  tabs: {
    /** When it first saw the server accept. */
    openedUs?: number
    isOpen: boolean
    /** Whether it has a cursor to ask with. */
    hasCursor: boolean
    /** When it last told something. */
    toldUs?: number
    /** Numbers of all events that it has received. */
    received: Runs
  }[]
  /** Numbers up to this one cannot come any more in tab 1. */
  passedSeq: number
  lost: Runs
  duplicated: Runs
  /** Receipts of events that the log had not told yet. */
  early: { seq: number; tab: number; atUs: number }[]
}

/** What a lane's page saw, when and where; `tab` counts from 1 where the lane has several. */
export type Seen = { atUs: number; lane: string; tab?: number } & LaneSight

/** What a lane's page can see. */
export type LaneSight =
  | { kind: 'asked' }
  /** The server accepted a stream; the first answer of a poll was read. */
  | { kind: 'opened' }
  /** The answer to a poll was read, with so many events. */
  | { kind: 'answered'; events: number }
  /** An event was parsed, and handed to the page. */
  | { kind: 'received'; seq: number }
  /** The server said that events after `after` and before `next` can no longer be had. */
  | { kind: 'gap'; after: number; next: number }
  /** The transport failed, and is tried again. */
  | { kind: 'failed'; message: string }
  /** What a lane's page tried besides: a request of another kind to the same origin, `waits` while it is not answered. */
  | { kind: 'probed'; state: 'waits' | 'answered' }

/** Everything that needs no number: what somebody does to the stage. */
export type StageAct =
  /** Publishes one event now. */
  | 'send'
  /** Resets every socket of the lanes, and refuses new ones until `mend`. */
  | 'cut'
  | 'mend'
  /** Ends the lanes' server process as a crash would, and starts another 3 s later. */
  | 'restart'
  /** Asks each lane's page for one ordinary request to its own origin, told as `probed`. */
  | 'probe'

/** How a stage is set up. */
export interface StageSetup {
  lanes: LaneSpec[]
  settings: StageSettings
  /** What happens by itself, so many ms after the lanes' pages have opened (or after 5 s, if some do not). */
  plan?: { atMs: number; act: StageAct }[]
}

/** A stage of these lanes, with the settings that it has by default but for some. */
export function setupOf(lanes: LaneSpec[], settings: Partial<StageSettings> = {}): StageSetup {
  return { lanes, settings: { ...defaultStageSettings, ...settings } }
}

/** Where a lane can be reached. */
export interface LaneAddress extends LaneSpec {
  /** Of the lane's server, or of what stands before it, on 127.0.0.1. It changes with the network. */
  port: number
  /** How often its streams show that they live; default 15,000 ms. Its page's twin is told the same. */
  heartbeatMs?: number
}

/** What the room asks of the stage. Each method rejects with a PushlabError where it cannot. */
export interface Stage {
  /** Monotonic microseconds of the log's zero. */
  readonly epochUs: number
  readonly run: number
  readonly setup: StageSetup
  readonly settings: StageSettings
  readonly lanes: readonly LaneAddress[]
  readonly network: 'up' | 'cut'
  readonly server: 'up' | 'down'
  /** The log of this run so far. */
  readonly log: readonly StageEntry[]
  /**
   * How many entries of this run are no longer in `log`, which is bounded: who has read n entries goes on at n less these.
   */
  readonly forgotten?: number
  /** Clears the stage and sets it up. */
  begin(setup: StageSetup): Promise<void>
  change(settings: Partial<StageSettings>): Promise<void>
  act(act: StageAct): Promise<void>
  /** Takes over what the player's page has seen. */
  seen(entries: readonly Seen[]): void
  /** A page has begun to play the lanes, or has left; or the one that does is hidden, or no longer. Goes into the log. */
  player?(isHere: boolean, isHidden?: boolean): void
  /**
   * What that page has told so far in this run was too early by `shiftUs`: it is mended in the log. From then on its times
   * may be wrong by `errorUs`.
   */
  clocked?(shiftUs: number, errorUs: number): void
  /** How often what the log had told already was mended: who reads it begins anew. */
  readonly mended?: number
  /** Calls back with what was added to the log, some 50 ms' worth at a time, in order; returns how to stop that. */
  onLog(listener: (entries: readonly StageEntry[]) => void): () => void
  /** Calls back when addresses, settings, network or server have changed. */
  onChange(listener: () => void): () => void
  /** Calls back when the page that plays the lanes is to ask each of theirs for a `probe`; returns how to stop that. */
  onProbe(listener: () => void): () => void
  close(): Promise<void>
}
