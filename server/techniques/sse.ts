import { type HttpStream, streamPlugin } from '../http-stream.ts'
import { openingMessage } from '../message.ts'
import { preparedChunks } from '../prepared/chunked.ts'
import type { ServerTechnique } from '../technique.ts'
import { dissectEventStream } from '../wire/event-stream.ts'
import { overHttp } from '../wire/http.ts'

const STREAM: HttpStream = {
  contentType: 'text/event-stream',
  heartbeat: ': heartbeat\n\n',
  answers204: true,
}

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
  plugin: streamPlugin(STREAM),
  prepared: preparedChunks(STREAM),
}

/** A line break within data would end the field, so every line gets a `data` field of its own. */
function dataLines(data: string): string {
  return data
    .split(/\r\n|\r|\n/)
    .map((line) => `data: ${line}\n`)
    .join('')
}

export default sse
