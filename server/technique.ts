import type { FastifyPluginAsync } from 'fastify'
import type { Audience } from './audience.ts'
import type { Counters } from './counters.ts'
import type { Dissector } from './wire/span.ts'

/** One event of the feed, identical for every technique. */
export interface FeedEvent {
  /** 1 for the first event, no gaps. Doubles as the SSE `id` and as every technique's resume cursor. */
  seq: number
  /** When the schedule asked for this event: microseconds on the host's monotonic clock. */
  scheduledAtUs: number
  /** When the feed published it; publishedAtUs - scheduledAtUs is the feed's own lag. */
  publishedAtUs: number
  /** The encoded event (see payload.ts), ASCII, exactly the scenario's `payloadBytes` long. */
  data: string
}

/**
 * Events that a subscriber can no longer have: those after `after` and before `next` have left the history. Where
 * `next` is not beyond `after`, the cursor came from another feed (the server restarted). Always told, never silent.
 */
export interface Gap {
  /** The cursor that was asked for. */
  after: number
  /** The first event that follows. */
  next: number
}

export interface Batch {
  gap?: Gap
  /** In order of `seq`, without gaps among themselves. */
  events: FeedEvent[]
}

/** The answer to a poll. `events` are the payloads themselves. */
export interface PollAnswer<Event> {
  /** The cursor to ask with next time; also in an empty answer. */
  cursor: number
  /** Where events before these can no longer be had. */
  gap?: Gap
  /** True once nothing will follow this answer: stop polling. */
  ended?: true
  events: Event[]
}

export interface FeedSubscriber {
  onEvent(event: FeedEvent): void
  onEnd(): void
}

/** What a technique may ask of the feed. An interface, so that a shared stream can stand behind it one day. */
export interface Feed {
  /** Microseconds on the monotonic clock that the times within payloads count from. */
  readonly epochUs: number
  /** `seq` of the newest event; 0 before the first. */
  readonly latestSeq: number
  /** True once nothing will follow. */
  readonly ended: boolean
  /** Events after `cursor`, at most `maxBytes` of payload but always at least one where there is one. */
  since(cursor: number, maxBytes?: number): Batch
  /** Returns the function that ends the subscription. */
  subscribe(subscriber: FeedSubscriber): () => void
}

/** Limits and times, alike for every technique. */
export interface ServerSettings {
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
  /** Origins, besides the server's own, whose pages may open a WebSocket: `https://example.org`; default none. */
  allowedOrigins: string[]
}

export const defaultSettings: ServerSettings = {
  holdMs: 25_000,
  heartbeatMs: 15_000,
  retryMs: 2_000,
  bufferBytes: 65_536,
  stallMs: 30_000,
  allowedOrigins: [],
}

/** What a technique's plugin gets. */
export interface TechniqueContext {
  feed: Feed
  settings: ServerSettings
  counters: Counters
  /** The fan-out of this technique's streams: encodes each event once and writes it to every subscriber. */
  audience: Audience
}

/** The server's half of a technique. */
export interface ServerTechnique {
  /** Encodes one event as this technique writes it, before chunked transfer coding or WebSocket framing. Pure. */
  frame(event: FeedEvent): string
  /** What tells a stream's subscriber of events that it can no longer have. Polls tell it in their answer. */
  frameGap?(gap: Gap): string
  /** What a stream says first: the cursor that it starts from, so that a cut before the first event can resume. */
  frameOpening?(cursor: number, settings: ServerSettings): string
  /** How captured bytes of each direction are read. Pure. */
  wire: { up: Dissector; down: Dissector }
  /** A Fastify plugin, mounted under `/<name>`. */
  plugin: FastifyPluginAsync<TechniqueContext>
}

/** The server's half of a registered technique: the default export of the file of that name. */
export async function serverTechnique(name: string): Promise<ServerTechnique> {
  const module: { default: ServerTechnique } = await import(`./techniques/${name}.ts`)
  return module.default
}
