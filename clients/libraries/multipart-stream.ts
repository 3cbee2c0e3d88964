import { delimitedReader } from '../../server/delimited.ts'
import { expectOk, get, lastEventIdQuery, postTo, readBytes } from '../http.ts'
import { MessageReader } from '../messages.ts'
import type { ClientTechnique } from '../technique.ts'

/** Multipart streaming: each part is a header section, an empty line, and one line of JSON. */
const multipartStream: ClientTechnique = async (subscription) => {
  const answer = await get(subscription, `multipart-stream${lastEventIdQuery(subscription.cursor)}`)
  expectOk(answer)
  const messages = new MessageReader(subscription, postTo(subscription, 'multipart-stream'))
  let inContent = false
  const readLine = delimitedReader((line) => {
    // Every line ends with CR LF; an empty one ends the header section.
    if (inContent) messages.read(line.slice(0, -1))
    inContent = line === '\r'
  })
  await readBytes(answer, readLine)
  messages.expectEnd()
}

export default multipartStream
