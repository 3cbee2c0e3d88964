import { type HttpStream, streamPlugin } from '../http-stream.ts'
import { endingMessage, gapMessage, HEARTBEAT_MESSAGE, openingMessage } from '../message.ts'
import { preparedChunks } from '../prepared/chunked.ts'
import type { ServerTechnique } from '../technique.ts'
import { overHttp } from '../wire/http.ts'
import { BOUNDARY, dissectMultipart } from '../wire/multipart.ts'

const HEAD = 'Content-Type: application/json\r\n\r\n'
const STREAM: HttpStream = {
  contentType: `multipart/x-mixed-replace; boundary=${BOUNDARY}`,
  heartbeat: part(HEARTBEAT_MESSAGE),
  ending: (reason) => `${HEAD}${endingMessage(reason)}\r\n--${BOUNDARY}--\r\n`,
}

/**
 * Multipart streaming: one `multipart/x-mixed-replace` response, one part an event. A part ends where the next
 * boundary begins, so every boundary goes out with the part before it: else each event would wait for the next.
 */
const multipartStream: ServerTechnique = {
  frame: ({ data }) => part(data),
  frameGap: (gap) => part(gapMessage(gap)),
  frameOpening: (cursor, feedId) => `--${BOUNDARY}\r\n${part(openingMessage(cursor, feedId))}`,
  wire: overHttp({ body: dissectMultipart }),
  plugin: streamPlugin(STREAM),
  prepared: preparedChunks(STREAM),
}

/** A part, and the delimiter of the next (RFC 2046 section 5.1.1). */
function part(json: string): string {
  return `${HEAD}${json}\r\n--${BOUNDARY}\r\n`
}

export default multipartStream
