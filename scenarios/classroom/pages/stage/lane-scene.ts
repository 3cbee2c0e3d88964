/**
 * What stands in the picture of a lane at an instant. Places are shares of the wire: 0 at the server, 1 at the browser.
 * Each is from measured times; nothing is eased.
 */
export interface LaneScene {
  /** Events that are published and that the server has not sent in this lane, the oldest first. */
  waiting: number[]
  /** Events on the wire, each at the share of its way that has passed. */
  flying: { seq: number; place: number }[]
  /** Events that have left the server and are held by something between: only both ends of their way are measured. */
  between: number[]
  /** What tab 1 received, the latest `MOST_ARRIVED`, the newest last; `isFresh` for a moment. */
  arrived: { seq: number; isFresh: boolean }[]
  /** Events that are lost, the latest 64, the newest last. */
  lost: number[]
  /** Requests on their way, and those that have just arrived; `head` is where the arrow's head is. */
  asks: { head: number; isOver: boolean; isFailed: boolean }[]
  /** Answers on their way, and those that have just been read. */
  answers: { head: number; isOver: boolean; isEmpty: boolean }[]
  /** Tabs with an open stream; requests that the server holds. */
  openStreams: number
  heldRequests: number
  /** Of a lane with several tabs, as soon as one has a stream: whether each has; tab 1 first. Empty for others. */
  tubes: boolean[]
  network: 'up' | 'cut'
  server: 'up' | 'down'
  proxy: boolean
}

export interface SceneOptions {
  /** For so long after it happened something that is over is still shown, where it ended; microseconds of the stage. */
  glowUs: number
  /** Nothing glides: an event is at the server until the browser has it. For people who want reduced motion. */
  isStill: boolean
}

export const MOST_ARRIVED = 12
