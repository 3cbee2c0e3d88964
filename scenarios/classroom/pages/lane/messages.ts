import type { Cursor } from '../../../../server/event.ts'
import type { LaneSight } from '../../log/entries.ts'

/** From the page around to a lane's page, by postMessage. */
export type ToLane =
  | {
      type: 'start'
      pollIntervalMs: number
      socketIo: 'upgrade' | 'websocket'
      forgetful: boolean
      tabs: number
      /** The server's, default 15,000 ms as the server's own: an iframe that is silent for longer has failed. */
      heartbeatMs?: number
      /** The last event that each tab has, from an earlier page of this lane. */
      cursors: (Cursor | undefined)[]
    }
  | { type: 'change'; pollIntervalMs: number }
  | { type: 'probe' }
  | { type: 'stop' }

/**
 * From a lane's page to the page around. Times are `performance.timeOrigin + performance.now()`, in ms.
 */
export type FromLane =
  | { type: 'ready' }
  | { type: 'seen'; atMs: number; tab: number; what: LaneSight; cursor: Cursor | undefined }
