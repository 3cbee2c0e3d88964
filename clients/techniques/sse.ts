import { createParser } from 'eventsource-parser'
import { PushlabError } from '../../server/error.ts'
import { decodePayload } from '../../server/payload.ts'
import { discard, expectOk, get, lastEventId, postTo, readText } from '../http.ts'
import type { ClientTechnique } from '../technique.ts'

/** Server-Sent Events, as EventSource reads them, without its reconnecting. */
const sse: ClientTechnique = async (subscription) => {
  const answer = await get(subscription, 'sse', {
    initiator: 'event-source',
    headers: { accept: 'text/event-stream', ...lastEventId(subscription.cursor) },
  })
  if (answer.status === 204) {
    discard(answer.body)
    return
  }
  expectOk(answer)
  let open = false
  const parser = createParser({
    // The stream starts with an ID alone: the cursor.
    onId: (id) => {
      if (!open) subscription.onOpen(Number(id), postTo(subscription, 'sse'))
      open = true
    },
    onEvent: ({ event, data }) => {
      if (event === undefined) subscription.onEvent(decodePayload(JSON.parse(data)))
      else if (event === 'gap') subscription.onGap(JSON.parse(data))
    },
  })
  await readText(answer, (text) => parser.feed(text))
  // The feed may be over: only the answer to the next request, 204, says so.
  throw new PushlabError('STREAM_ENDED', 'The event stream ended.')
}

export default sse
