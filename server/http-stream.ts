import type { ServerResponse } from 'node:http'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { EndReason, Sink } from './audience.ts'
import { codingFor, streamCoder } from './content-coding.ts'
import { cursorOf, isUpToDate } from './cursor.ts'
import type { ServerSettings } from './settings.ts'
import { type Said, StreamSink } from './stream-sink.ts'
import type { TechniqueContext } from './technique.ts'

/** What a technique that streams over one HTTP response says besides its events. */
export interface HttpStream {
  contentType: string
  /** Written every `heartbeatMs`. */
  heartbeat: string
  /** Written last. */
  ending?: (reason: EndReason) => string
  /** Who asks once the feed is over, and has all of it, is answered 204; default: by a stream that ends at once. */
  answers204?: true
}

/** Header fields of each stream, whatever it carries. */
export const STREAM_HEADERS = {
  'cache-control': 'no-store',
  // Otherwise nginx collects what comes before it passes it on.
  'x-accel-buffering': 'no',
}

/** The plugin of a technique whose events are written to one response. */
export function streamPlugin(stream: HttpStream): FastifyPluginAsync<TechniqueContext> {
  const said = saidBy(stream)
  return async (app, { feed, audience, settings }) => {
    app.get('/', (request, reply) => {
      const cursor = cursorOf(request) ?? { seq: feed.latestSeq }
      if (stream.answers204 && feed.ended && isUpToDate(feed, cursor)) return reply.code(204).send()
      const sink = openStream(request, reply, settings, stream, said)
      reply.raw.on('close', audience.join(sink, cursor))
      return reply
    })
  }
}

function saidBy({ heartbeat, ending }: HttpStream): Said {
  const last = (reason: EndReason) => ending?.(reason) ?? ''
  return {
    heartbeat,
    endings: { 'feed-ended': last('feed-ended'), 'server-closing': last('server-closing') },
  }
}

/**
 * Answers a request with an endless response and gives it as a sink: each write is one chunk of the chunked transfer
 * coding. From 26.9 on Node.js makes one of all that are written in one turn (results/model/shared-chunks.ts); DATA frames
 * of HTTP/2 are shared so by every version.
 */
function openStream(
  request: FastifyRequest,
  reply: FastifyReply,
  settings: ServerSettings,
  stream: HttpStream,
  said: Said,
): Sink {
  const coding = codingFor(request, settings)
  const response = reply.hijack().raw
  response.writeHead(200, {
    'content-type': stream.contentType,
    ...STREAM_HEADERS,
    ...(coding && { 'content-encoding': coding, vary: 'accept-encoding' }),
  })
  return coding ? codedSink(response, coding, stream) : new StreamSink(response, said)
}

function codedSink(response: ServerResponse, coding: 'gzip' | 'br', { heartbeat, ending }: HttpStream): Sink {
  const encoder = streamCoder(coding)
  encoder.pipe(response)
  response.on('close', () => encoder.destroy())
  const write = (bytes: string | Uint8Array, flushed?: () => void) => {
    encoder.write(bytes, flushed)
    // Without it the coding would keep events back until it has a block's worth of them.
    encoder.flush()
  }
  return {
    write: (bytes, _binary, flushed) => write(bytes, flushed),
    bufferedBytes: () => encoder.writableLength + encoder.readableLength + response.writableLength,
    heartbeat: () => write(heartbeat),
    end: (reason) => void encoder.end(ending?.(reason) ?? ''),
    destroy: () => void response.destroy(),
  }
}
