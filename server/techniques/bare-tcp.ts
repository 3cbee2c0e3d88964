import type { Socket } from 'node:net'
import type { Sink } from '../audience.ts'
import { cursorOf } from '../cursor.ts'
import type { ServerTechnique } from '../technique.ts'
import { overHttp } from '../wire/http.ts'
import { dissectLines } from '../wire/lines.ts'

const HEAD =
  'HTTP/1.1 200 OK\r\ncontent-type: application/x-ndjson\r\ncache-control: no-store\r\nconnection: close\r\n\r\n'

/**
 * No technique of its own but the floor of this harness: after one response head, written by hand, each event is its
 * payload and a line feed on the bare TCP socket, past Node's HTTP response. What others need beyond this is theirs.
 * Initiated by: the client, once. Resumed by: the cursor in the URL. Ends when: the feed is over.
 */
const bareTcp: ServerTechnique = {
  frame: ({ data }) => `${data}\n`,
  frameGap: (gap) => `${JSON.stringify({ gap })}\n`,
  frameOpening: (cursor) => `${JSON.stringify({ cursor })}\n`,
  wire: overHttp({ body: dissectLines }),
  plugin: async (app, { audience }) => {
    app.get('/', (request, reply) => {
      const cursor = cursorOf(request)
      reply.hijack()
      const { socket } = request.raw
      socket.write(HEAD)
      const leave = audience.join(socketSink(socket), cursor)
      socket.on('close', leave)
      return reply
    })
  },
}

function socketSink(socket: Socket): Sink {
  return {
    write: (bytes, flushed) => void socket.write(bytes, flushed),
    bufferedBytes: () => socket.writableLength,
    heartbeat: () => void socket.write('{}\n'),
    end: (reason) => void socket.end(`${JSON.stringify({ ended: reason })}\n`),
    destroy: () => void socket.destroy(),
  }
}

export default bareTcp
