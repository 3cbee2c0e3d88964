import { createParser } from 'eventsource-parser'
import { PushlabError } from '../../server/error.ts'
import { expectOk, get, lastEventId, readText } from '../http.ts'
import type { ClientTechnique } from '../technique.ts'

/** Server-Sent Events, as EventSource reads them, without its reconnecting. */
const sse: ClientTechnique = async (subscription) => {
  const response = await get(subscription, 'sse', {
    accept: 'text/event-stream',
    ...lastEventId(subscription.cursor),
  })
  if (response.statusCode === 204) {
    response.resume()
    return
  }
  expectOk(response)
  let open = false
  const parser = createParser({
    // The stream starts with an ID alone: the cursor.
    onId: (id) => {
      if (!open) subscription.onOpen(Number(id))
      open = true
    },
    onEvent: ({ event, data }) => {
      if (event === undefined) subscription.onEvent(JSON.parse(data))
      else if (event === 'gap') subscription.onGap(JSON.parse(data))
    },
  })
  await readText(response, (text) => parser.feed(text))
  // The feed may be over: only the answer to the next request, 204, says so.
  throw new PushlabError('STREAM_ENDED', 'The event stream ended.')
}

export default sse
