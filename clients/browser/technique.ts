import type { Cursor } from '../../server/event.ts'

/** What the page-side twin of a technique gets. It runs in a lane's page, on the origin of that lane's server. */
export interface BrowserSubscription {
  /** Where the server is: the origin of this page, without a slash at its end. */
  url: string
  /** The last event that the page has, and of which feed; left out: from now on. */
  cursor: Cursor | undefined
  /** Time between two short polls. It can change while the twin runs: to be read anew for each. */
  readonly pollIntervalMs: number
  /** Socket.IO's transports. */
  socketIo: 'upgrade' | 'websocket'
  /** A stream that is silent shows at least this often that it lives. */
  heartbeatMs: number
  /** Aborted when the page wants no more. */
  signal: AbortSignal
  /** A request leaves, or a connection is begun. */
  onAsk(): void
  /**
   * The server has accepted: once, and once more after each reconnection of the browser's own, or where polls are answered
   * by another feed. With the cursor that it starts from.
   */
  onOpen(cursor: Cursor): void
  /** The answer to a poll was read, with so many events; those follow, or have come before, in order. */
  onAnswer(events: number): void
  /** An event, in order, as soon as its last byte is parsed. */
  onEvent(seq: number, data: string): void
  /** Events after `after` and before `next` can no longer be had. */
  onGap(after: number, next: number): void
  /** The transport failed and the browser itself tries again, as EventSource does. */
  onFail(message: string): void
}

/**
 * A technique in a page: the default export of `techniques/<name>.ts`. Settles once `signal` is aborted or the feed has
 * ended; rejects when the transport fails, and is called again with the cursor then.
 */
export type BrowserTechnique = (subscription: BrowserSubscription) => Promise<void>
