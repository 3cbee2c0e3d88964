import { get, lastEventId, postTo } from '../http.ts'
import { MessageReader } from '../messages.ts'
import { LF } from '../readers/bytes.ts'
import { DelimitedReader } from '../readers/delimited.ts'
import type { ClientTechnique } from '../technique.ts'

/** Fetch streaming: reads the answer's body as it comes, one JSON value a line. */
const fetchStream: ClientTechnique = async (subscription) => {
  const messages = new MessageReader(subscription, postTo(subscription, 'fetch-stream'))
  const lines = new DelimitedReader(messages.readBytes, LF, messages.take)
  const headers = lastEventId(subscription.cursor)
  await get(subscription, 'fetch-stream', { headers }, (bytes, start, end) => lines.read(bytes, start, end))
  messages.expectEnd()
}

export default fetchStream
