import type { Schedule } from './schedule.ts'
import type { Variant } from './variant.ts'

/**
 * What a server is told before it listens: a point of a scenario, as far as a server has to know it. Subscribers are
 * told the same point.
 */
export interface Conditions {
  feed: {
    schedule: Schedule
    /** Exact length of the encoded event. */
    payloadBytes: number
    /** Who publishes; default: the server, by the schedule. */
    source?: 'server' | 'subscribers'
  }
  load: {
    /** How long a long poll without an event is held. */
    holdMs: number
    /** How often a stream shows that it lives; default 15,000. */
    heartbeatMs?: number
  }
  variant: Variant
  /** What lies between: here only whether anything does. */
  network?: object
}
