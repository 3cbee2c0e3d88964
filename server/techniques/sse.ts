import { cursorOf, isUpToDate } from '../cursor.ts'
import { openingMessage } from '../message.ts'
import { openStream } from '../response-sink.ts'
import type { ServerTechnique } from '../technique.ts'
import { dissectEventStream } from '../wire/event-stream.ts'
import { overHttp } from '../wire/http.ts'

/**
 * Server-Sent Events: one endless `text/event-stream` response, which EventSource reopens by itself with the last
 * event ID (HTML Living Standard, section 9.2). A browser that reconnects once the feed is over is answered 204,
 * which tells it to stop.
 */
const sse: ServerTechnique = {
  frame: ({ seq, data }) => `id: ${seq}\n${dataLines(data)}\n`,
  frameGap: (gap) => `event: gap\n${dataLines(JSON.stringify(gap))}\n`,
  // It has data, so that it is dispatched: a page reads there which feed it was connected to again.
  frameOpening: (cursor, feedId, { retryMs }) =>
    `retry: ${retryMs}\nid: ${cursor}\nevent: opening\n${dataLines(openingMessage(cursor, feedId))}\n`,
  wire: overHttp({ body: dissectEventStream }),
  plugin: async (app, { feed, audience, settings }) => {
    app.get('/', (request, reply) => {
      const cursor = cursorOf(request) ?? { seq: feed.latestSeq }
      if (feed.ended && isUpToDate(feed, cursor)) return reply.code(204).send()
      const sink = openStream(request, reply, settings, {
        contentType: 'text/event-stream',
        heartbeat: ': heartbeat\n\n',
      })
      reply.raw.on('close', audience.join(sink, cursor))
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
