import { cursorOf } from '../cursor.ts'
import { responseSink } from '../response-sink.ts'
import type { ServerTechnique } from '../technique.ts'
import { dissectEventStream } from '../wire/event-stream.ts'
import { overHttp } from '../wire/http.ts'

/**
 * Server-Sent Events: one endless `text/event-stream` response, which EventSource reopens by itself with the last
 * event ID (HTML Living Standard, section 9.2).
 * Initiated by: the client, once. Resumed by: `Last-Event-ID`. Ends when: the feed is over; a browser that
 * reconnects then is answered 204, which tells it to stop.
 */
const sse: ServerTechnique = {
  frame: ({ seq, data }) => `id: ${seq}\n${dataLines(data)}\n`,
  frameGap: (gap) => `event: gap\n${dataLines(JSON.stringify(gap))}\n`,
  // An event without data is not dispatched, but it sets the last event ID.
  frameOpening: (cursor, { retryMs }) => `retry: ${retryMs}\nid: ${cursor}\n\n`,
  wire: overHttp({ body: dissectEventStream }),
  plugin: async (app, { feed, audience }) => {
    app.get('/', (request, reply) => {
      const cursor = cursorOf(request) ?? feed.latestSeq
      if (feed.ended && cursor === feed.latestSeq) return reply.code(204).send()
      reply.hijack()
      reply.raw.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      const leave = audience.join(responseSink(reply.raw, { heartbeat: ': heartbeat\n\n' }), cursor)
      reply.raw.on('close', leave)
      return reply
    })
  },
}

/** A line break within data would end the field, so every line gets a `data` field of its own. */
function dataLines(data: string): string {
  return data
    .split(/\r\n|\r|\n/)
    .map((line) => `data: ${line}\n`)
    .join('')
}

export default sse
