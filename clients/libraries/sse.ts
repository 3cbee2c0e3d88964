import { createParser } from 'eventsource-parser'
import { PushlabError } from '../../server/error.ts'
import { decodePayload } from '../../server/payload.ts'
import { lastEventId } from '../http.ts'
import { received } from '../messages.ts'
import type { ClientTechnique } from '../technique.ts'
import { discard, expectOk, get, postTo, readText } from './shared/http.ts'

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
  const { onOpen, onEvent, onGap } = subscription
  const publish = postTo(subscription, 'sse')
  const parser = createParser({
    onEvent: ({ event, data }) => {
      const value = JSON.parse(data)
      if (event === undefined) onEvent(received(decodePayload(value)))
      else if (event === 'gap') onGap(value)
      else if (event === 'opening') onOpen({ seq: value.cursor, feedId: value.feedId }, publish)
    },
  })
  await readText(answer, (text) => parser.feed(text))
  // The feed may be over: only the answer to the next request, 204, says so.
  throw new PushlabError('STREAM_ENDED', 'The event stream ended.')
}

export default sse
