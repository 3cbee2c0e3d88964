import type { FastifyPluginAsync } from 'fastify'
import type { Audience } from './audience.ts'
import type { Counters } from './counters.ts'
import { defaultVariant, type Variant } from './variant.ts'
import type { HttpLayers } from './wire/http.ts'
import type { Dissector } from './wire/span.ts'

/** One event of the feed, identical for every technique. */
export interface FeedEvent {
  /** 1 for the first event, no gaps. Doubles as the SSE `id` and as every technique's resume cursor. */
  seq: number
  /** When the schedule asked for this event: microseconds on the host's monotonic clock. */
  scheduledAtUs: number
  /** When the feed published it; publishedAtUs - scheduledAtUs is the feed's own lag. */
  publishedAtUs: number
  /**
   * The event as one JSON value in ASCII: the encoded event itself (see payload.ts), exactly the scenario's
   * `payloadBytes` long, or a string with the base64 of one that is binary.
   */
  data: string
  /** The encoded event of a binary feed, exactly `payloadBytes` long. */
  bytes?: Uint8Array
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
  /** Publishes the next event; `scheduledAtUs` on the monotonic clock, default now. */
  publish(scheduledAtUs?: number): FeedEvent
  /** Events after `cursor`, at most `maxBytes` of payload but always at least one where there is one. */
  since(cursor: number, maxBytes?: number): Batch
  /** Returns the function that ends the subscription. */
  subscribe(subscriber: FeedSubscriber): () => void
}

/** Limits and times, alike for every technique, and the server's part of a variant. */
export interface ServerSettings
  extends Pick<Variant, 'noDelay' | 'contentCoding' | 'perMessageDeflate' | 'conditional'> {
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
  noDelay: defaultVariant.noDelay,
  contentCoding: defaultVariant.contentCoding,
  perMessageDeflate: defaultVariant.perMessageDeflate,
  conditional: defaultVariant.conditional,
}

/** What a technique's plugin gets. */
export interface TechniqueContext {
  feed: Feed
  settings: ServerSettings
  counters: Counters
  /** The fan-out of this technique's streams: encodes each event once and writes it to every subscriber. */
  audience: Audience
  /**
   * Publishes what a subscriber has sent: an encoded event without a number, see upstream.ts.
   * @throws {PushlabError} BAD_INPUT, or FORBIDDEN where subscribers may not publish.
   */
  publish(message: string | Uint8Array): FeedEvent
  /** The address that the server listens on, for a technique that opens a port of its own. */
  host: string
  /** Says where such a technique listens: `tcp://127.0.0.1:1234`. */
  announce(url: string): void
}

/** How a technique's captured bytes are read. Pure. */
export interface Wire {
  /** Client to server. */
  up: Dissector
  /** Server to client. */
  down: Dissector
  /** What is within HTTP messages, whichever version carries them; only for techniques of the carrier http. */
  layers?: HttpLayers
}

/** The server's half of a technique. */
export interface ServerTechnique {
  /**
   * Encodes one event as this technique writes it, before chunked transfer coding or WebSocket framing: bytes where
   * it is a binary message. Pure.
   */
  frame(event: FeedEvent): string | Uint8Array
  /** What tells a stream's subscriber of events that it can no longer have. Polls tell it in their answer. */
  frameGap?(gap: Gap): string
  /** What a stream says first: the cursor that it starts from, so that a cut before the first event can resume. */
  frameOpening?(cursor: number, settings: ServerSettings): string
  wire: Wire
  /** A Fastify plugin, mounted under `/<name>`. */
  plugin: FastifyPluginAsync<TechniqueContext>
}

/** The server's half of a registered technique: the default export of the file of that name. */
export async function serverTechnique(name: string): Promise<ServerTechnique> {
  const module: { default: ServerTechnique } = await import(`./techniques/${name}.ts`)
  return module.default
}
