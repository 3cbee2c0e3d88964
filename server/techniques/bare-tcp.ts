import { cursorOf } from '../cursor.ts'
import { PushlabError } from '../error.ts'
import { gapMessage, openingMessage } from '../message.ts'
import { delimitedStream, StreamSink } from '../stream-sink.ts'
import type { ServerTechnique } from '../technique.ts'
import { overHttp } from '../wire/http.ts'
import { dissectLines } from '../wire/lines.ts'

const STREAM = delimitedStream('\n')
const HEAD =
  'HTTP/1.1 200 OK\r\ncontent-type: application/x-ndjson\r\ncache-control: no-store\r\nconnection: close\r\n\r\n'

/**
 * No technique of its own but the floor of this harness: after one response head, written by hand, each event is its
 * payload and a line feed on the bare TCP socket, past Node's HTTP response. What others need beyond this is theirs.
 */
const bareTcp: ServerTechnique = {
  frame: ({ data }) => `${data}\n`,
  frameGap: (gap) => `${gapMessage(gap)}\n`,
  frameOpening: (cursor, feedId) => `${openingMessage(cursor, feedId)}\n`,
  wire: overHttp({ body: dissectLines }),
  plugin: async (app, { audience }) => {
    app.get('/', (request, reply) => {
      const cursor = cursorOf(request)
      if (request.raw.httpVersionMajor !== 1) {
        throw new PushlabError('BAD_INPUT', 'A bare socket is to be had over HTTP/1.1 alone.')
      }
      reply.hijack()
      const { socket } = request.raw
      socket.write(HEAD)
      socket.on('close', audience.join(new StreamSink(socket, STREAM), cursor))
      return reply
    })
  },
}

export default bareTcp
