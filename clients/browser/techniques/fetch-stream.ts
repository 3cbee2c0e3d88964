import { expectOk } from '../answers.ts'
import { linesOf } from '../lines.ts'
import { MessageReader } from '../messages.ts'
import { lastEventId } from '../numbering.ts'
import type { BrowserTechnique } from '../technique.ts'

/**
 * Fetch streaming: one answer that never ends, one JSON value a line.
 *
 * The browser gives the answer's bytes as they come. The page makes lines of them, keeps the cursor, and has to ask again
 * when the connection breaks.
 */
const fetchStream: BrowserTechnique = async (subscription) => {
  const { url, cursor, signal } = subscription
  subscription.onAsk()
  const response = await fetch(`${url}/fetch-stream`, { headers: lastEventId(cursor), signal })
  expectOk(response)
  const messages = new MessageReader(subscription)
  for await (const line of linesOf(response)) messages.read(line)
  messages.expectEnd()
}

export default fetchStream
