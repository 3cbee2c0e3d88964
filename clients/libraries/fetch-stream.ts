import { delimitedReader } from '../../server/delimited.ts'
import { lastEventId } from '../http.ts'
import { MessageReader } from '../messages.ts'
import type { ClientTechnique } from '../technique.ts'
import { expectOk, get, postTo, readBytes } from './shared/http.ts'

/** Fetch streaming: reads the answer's body as it comes, one JSON value a line. */
const fetchStream: ClientTechnique = async (subscription) => {
  const answer = await get(subscription, 'fetch-stream', { headers: lastEventId(subscription.cursor) })
  expectOk(answer)
  const messages = new MessageReader(subscription, postTo(subscription, 'fetch-stream'))
  await readBytes(
    answer,
    delimitedReader((line) => messages.read(line)),
  )
  messages.expectEnd()
}

export default fetchStream
