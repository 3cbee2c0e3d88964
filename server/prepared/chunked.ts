import type { EndReason } from '../audience.ts'
import { isUpToDate } from '../cursor.ts'
import { type HttpStream, STREAM_HEADERS } from '../http-stream.ts'
import { type Said, StreamSink } from '../stream-sink.ts'
import type { Prepared } from '../technique.ts'

/** The last chunk, of an empty trailer section (RFC 9112 section 7.1). */
const LAST_CHUNK = '0\r\n\r\n'

/** What node:http adds to a stream's head, with Fastify's time for an idle connection. */
const connectionFields = () =>
  `Date: ${new Date().toUTCString()}\r\nConnection: keep-alive\r\nKeep-Alive: timeout=72\r\nTransfer-Encoding: chunked\r\n`

/** The prepared fan-out of a stream over one HTTP/1.1 response: one chunk a message. */
export function preparedChunks(stream: HttpStream): Prepared {
  const fields = Object.entries({ 'content-type': stream.contentType, ...STREAM_HEADERS })
  const head = `HTTP/1.1 200 OK\r\n${fields.map(([name, value]) => `${name}: ${value}\r\n`).join('')}`
  const said: Said = {
    heartbeat: chunkOf(stream.heartbeat),
    endings: {
      'feed-ended': endingOf(stream, 'feed-ended'),
      'server-closing': endingOf(stream, 'server-closing'),
    },
  }
  return {
    envelope: chunkOf,
    accept(request, { feed }, cursor = { seq: feed.latestSeq }) {
      const { upgrade, connection = 'keep-alive' } = request.headers
      if (upgrade !== undefined || connection.toLowerCase() !== 'keep-alive') return undefined
      if (stream.answers204 && feed.ended && isUpToDate(feed, cursor)) return undefined
      return `${head}${connectionFields()}\r\n`
    },
    open(socket) {
      // Nothing more is asked on a connection whose answer does not end.
      socket.resume()
      return new StreamSink(socket, said)
    },
  }
}

/** A message as one chunk; an empty one is none, for it would be the last. */
function chunkOf(message: string | Uint8Array): Uint8Array {
  const bytes = Buffer.from(message as string)
  if (bytes.length === 0) return bytes
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')])
}

function endingOf({ ending }: HttpStream, reason: EndReason): Uint8Array {
  return Buffer.concat([chunkOf(ending?.(reason) ?? ''), Buffer.from(LAST_CHUNK)])
}
