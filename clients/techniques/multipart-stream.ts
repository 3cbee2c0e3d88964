import { get, lastEventIdQuery, postTo } from '../http.ts'
import { MessageReader } from '../messages.ts'
import { MultipartReader } from '../readers/multipart.ts'
import type { ClientTechnique } from '../technique.ts'

/** Multipart streaming: each part is a header section, an empty line, and one line of JSON. */
const multipartStream: ClientTechnique = async (subscription) => {
  const messages = new MessageReader(subscription, postTo(subscription, 'multipart-stream'))
  const parts = new MultipartReader(messages.readBytes, messages.take)
  const path = `multipart-stream${lastEventIdQuery(subscription.cursor)}`
  await get(subscription, path, {}, (bytes, start, end) => parts.read(bytes, start, end))
  messages.expectEnd()
}

export default multipartStream
