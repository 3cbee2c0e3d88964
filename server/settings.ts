import { PushlabError } from './error.ts'
import { defaultVariant, type Variant } from './variant.ts'

/**
 * The longest time that can be asked for. A timer set for more than 2^31 - 1 ms, which is 596 h, fires at once, again and
 * again; some wait twice as long as they are told, or some time more.
 */
export const LONGEST_MS = 240 * 3_600_000

/** Limits and times, alike for every technique, and the variant, of which a server reads what is its part. */
export interface ServerSettings extends Variant {
  /** A long poll without an event is answered empty after this many ms; default 25,000. */
  holdMs: number
  /** Streams show that they live every so many ms: an SSE or HTML comment, a WebSocket ping; default 15,000. */
  heartbeatMs: number
  /** Reconnection time told to EventSource, in ms; default 2,000. */
  retryMs: number
  /**
   * The server holds at most this many unsent bytes for one subscriber, and one event more; default 65,536. Beyond
   * it the subscriber waits in the shared history, and what leaves the history before it reads on is lost to it:
   * it is told so by a gap, and the loss is counted. Poll answers are cut at the same size.
   */
  bufferBytes: number
  /** A subscriber whose full buffer does not drain within this time is cut off; default 30,000 ms. */
  stallMs: number
  /**
   * Origins, besides the server's own, whose pages may open a WebSocket or publish: `https://example.org`; default
   * none.
   */
  allowedOrigins: string[]
  /** A peer of a protocol without a handshake has to say what it wants within this time; default 5,000 ms. */
  greetingMs: number
  /** Ports that XMLSocket's policy file allows besides its own, or `*`; default none. */
  policyPorts: string[]
  /** Whether subscribers may publish; default false. */
  subscribersPublish: boolean
  /** A subscriber's message may be at most this long; default 65,536 bytes. */
  maxMessageBytes: number
}

export const defaultSettings: ServerSettings = {
  holdMs: 25_000,
  heartbeatMs: 15_000,
  retryMs: 2_000,
  bufferBytes: 65_536,
  stallMs: 30_000,
  allowedOrigins: [],
  greetingMs: 5_000,
  policyPorts: [],
  subscribersPublish: false,
  maxMessageBytes: 65_536,
  ...defaultVariant,
}

/**
 * Fills in what is not said.
 * @throws {PushlabError} BAD_INPUT where a time is longer than a timer can wait.
 */
export function completeSettings(settings: Partial<ServerSettings> = {}): ServerSettings {
  const complete = { ...defaultSettings, ...settings }
  for (const name of ['holdMs', 'heartbeatMs', 'retryMs', 'stallMs', 'greetingMs'] as const) {
    if (complete[name] <= LONGEST_MS) continue
    const message = `The server's ${name} is ${complete[name]}. Choose ${LONGEST_MS} at most: no timer waits much longer.`
    throw new PushlabError('BAD_INPUT', message)
  }
  return complete
}
