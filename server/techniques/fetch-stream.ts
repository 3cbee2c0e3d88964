import { type HttpStream, streamPlugin } from '../http-stream.ts'
import { endingMessage, gapMessage, HEARTBEAT_MESSAGE, openingMessage } from '../message.ts'
import { preparedChunks } from '../prepared/chunked.ts'
import type { ServerTechnique } from '../technique.ts'
import { overHttp } from '../wire/http.ts'
import { dissectLines } from '../wire/lines.ts'

const STREAM: HttpStream = {
  contentType: 'application/x-ndjson',
  heartbeat: `${HEARTBEAT_MESSAGE}\n`,
  ending: (reason) => `${endingMessage(reason)}\n`,
}

/**
 * Fetch streaming: one endless response, one JSON value a line (NDJSON), which the page reads with a stream reader.
 */
const fetchStream: ServerTechnique = {
  frame: ({ data }) => `${data}\n`,
  frameGap: (gap) => `${gapMessage(gap)}\n`,
  frameOpening: (cursor, feedId) => `${openingMessage(cursor, feedId)}\n`,
  wire: overHttp({ body: dissectLines }),
  plugin: streamPlugin(STREAM),
  prepared: preparedChunks(STREAM),
}

export default fetchStream
