import { cursorOf } from '../cursor.ts'
import { endingMessage, gapMessage, HEARTBEAT_MESSAGE, openingMessage } from '../message.ts'
import { openStream } from '../response-sink.ts'
import type { ServerTechnique } from '../technique.ts'
import { overHttp } from '../wire/http.ts'
import { dissectLines } from '../wire/lines.ts'

/**
 * Fetch streaming: one endless response, one JSON value a line (NDJSON), which the page reads with a stream reader.
 */
const fetchStream: ServerTechnique = {
  frame: ({ data }) => `${data}\n`,
  frameGap: (gap) => `${gapMessage(gap)}\n`,
  frameOpening: (cursor, feedId) => `${openingMessage(cursor, feedId)}\n`,
  wire: overHttp({ body: dissectLines }),
  plugin: async (app, { audience, settings }) => {
    app.get('/', (request, reply) => {
      const cursor = cursorOf(request)
      const sink = openStream(request, reply, settings, {
        contentType: 'application/x-ndjson',
        heartbeat: `${HEARTBEAT_MESSAGE}\n`,
        ending: (reason) => `${endingMessage(reason)}\n`,
      })
      reply.raw.on('close', audience.join(sink, cursor))
      return reply
    })
  },
}

export default fetchStream
