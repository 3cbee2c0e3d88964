import { expectOk } from '../answers.ts'
import { linesOf } from '../lines.ts'
import { MessageReader } from '../messages.ts'
import { lastEventIdQuery } from '../numbering.ts'
import type { BrowserTechnique } from '../technique.ts'

/**
 * Multipart streaming: one answer of many parts, each in the place of the one before.
 *
 * Browsers still do this by themselves for images. For data Firefox did until 2013, in XMLHttpRequest; since then the page
 * has to take the parts apart: header lines, an empty line, one line of JSON, a boundary.
 */
const multipartStream: BrowserTechnique = async (subscription) => {
  const { url, cursor, signal } = subscription
  subscription.onAsk()
  const response = await fetch(`${url}/multipart-stream${lastEventIdQuery(cursor)}`, { signal })
  expectOk(response)
  const messages = new MessageReader(subscription)
  let inContent = false
  for await (const line of linesOf(response)) {
    // What ends with a line feed here ends with a carriage return before it.
    if (inContent) messages.read(line)
    inContent = line === '\r'
  }
  messages.expectEnd()
}

export default multipartStream
