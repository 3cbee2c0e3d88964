import type { Socket } from 'node:net'
import type { FastifyPluginAsync } from 'fastify'
import type { Audience, Sink } from './audience.ts'
import type { Counters } from './counters.ts'
import type { Cursor, Feed, FeedEvent } from './event.ts'
import type { Framing } from './framing.ts'
import type { ServerSettings } from './settings.ts'
import type { HttpLayers } from './wire/http.ts'
import type { Dissector } from './wire/span.ts'

/** A request that waits for its answer. */
export interface HeldPoll {
  /** Answers it. */
  release(): void
  /** Holds it for as long as the settings say now, counted from when it came. */
  hold(): void
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
  /** Every request that waits for its answer, of all techniques. */
  held: Set<HeldPoll>
  /** Says where such a technique listens: `tcp://127.0.0.1:1234`. */
  announce(url: string): void
}

/** The request that opens a stream, as far as it matters there. */
export interface StreamRequest {
  path: string
  query: Readonly<Record<string, string>>
  /** Names in lower case, none twice. */
  headers: Readonly<Record<string, string>>
  socket: Socket
}

/**
 * The prepared fan-out of a technique: each message is put once into what carries it, a chunk or a frame, and the same bytes are
 * written to every socket, past node:http and ws. Tuned, where the library is what the documentation shows.
 */
export interface Prepared {
  /** A message as it goes on the wire. Pure. */
  envelope(message: string | Uint8Array): Uint8Array
  /**
   * The head that accepts a request with this cursor, the same bytes as the library's. Undefined, or an error, where the library has to answer it.
   */
  accept(
    request: StreamRequest,
    context: Pick<TechniqueContext, 'feed' | 'settings'>,
    cursor?: Cursor,
  ): string | undefined
  /** The rest of an accepted connection. */
  open(socket: Socket, context: TechniqueContext): Sink
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
export interface ServerTechnique extends Framing {
  wire: Wire
  /** A Fastify plugin, mounted under `/<name>`. */
  plugin: FastifyPluginAsync<TechniqueContext>
  /** How its streams are written where the variant's fan-out is prepared; left out where nothing can be prepared, or all is. */
  prepared?: Prepared
}

/** The server's half of a registered technique: the default export of the file of that name. */
export async function serverTechnique(name: string): Promise<ServerTechnique> {
  const module: { default: ServerTechnique } = await import(`./techniques/${name}.ts`)
  return module.default
}
