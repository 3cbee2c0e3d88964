import type { FeedEvent } from '../../../server/event.ts'
import type { Failed } from '../../../server/parent.ts'
import type { LaneSpec, StageEntry } from '../log/entries.ts'

/** What the stage and the process that serves its lanes say to each other over IPC. */
export type ToLanes =
  /** Begins anew: closes what there is and opens these lanes. Answered by the ports that they listen on. */
  | ({ type: 'open'; id: number } & OpenLanes)
  /** The feed has published; not answered. */
  | { type: 'event'; event: FeedEvent }
  /** Another hold for long polls. */
  | { type: 'hold'; id: number; holdMs: number }
  /** Resets every socket, and refuses new ones until `mend`. */
  | { type: 'cut'; id: number }
  | { type: 'mend'; id: number }
  /** Ends the process as a crash would, but for its log, which comes before. */
  | { type: 'leave' }

export interface OpenLanes {
  run: number
  epochUs: number
  lanes: OpenLane[]
  holdMs: number
  /** What `GET /lane` answers. */
  page: { html: string; csp: string }
  /** The feed's ID and history so far. */
  feedId: string
  history: FeedEvent[]
  /** Whether the network is cut: the lanes do not listen before `mend`. */
  isCut: boolean
  /** How many connections and units the log holds already. */
  connections: number
  units: number
}

export interface OpenLane extends LaneSpec {
  /** To listen on, on 127.0.0.1; 0 for any. */
  port: number
  /** Its streams show so often that they live. */
  heartbeatMs: number
  /** What an earlier process of the same run has counted. */
  totals: LaneTotals
}

/** Bytes of a lane without those of its page: as its sockets and as their tap have counted them. */
export interface LaneTotals {
  socketUp: number
  socketDown: number
  tappedUp: number
  tappedDown: number
}

export const noTotals: LaneTotals = { socketUp: 0, socketDown: 0, tappedUp: 0, tappedDown: 0 }

export type FromLanes =
  /** What was asked for is done. `ports` in the order of the lanes. */
  | { type: 'answer'; id: number; ports: number[] }
  | (Failed & { id: number })
  /** Of what nobody waits for. */
  | Failed
  | { type: 'log'; run: number; entries: StageEntry[] }
