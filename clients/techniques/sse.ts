import { PushlabError } from '../../server/error.ts'
import { DISCARD } from '../carriers/exchange.ts'
import { expectStatus, lastEventId, postTo } from '../http.ts'
import { takeEvent } from '../messages.ts'
import { textOf } from '../readers/bytes.ts'
import { THE_EVENT } from '../readers/event-bytes.ts'
import { EventStreamReader } from '../readers/event-stream.ts'
import type { ClientTechnique } from '../technique.ts'

/** Server-Sent Events, as EventSource reads them, without its reconnecting. */
const sse: ClientTechnique = async (subscription) => {
  const { url, door, signal, cursor, onOpen, onEvent, onGap } = subscription
  const publish = postTo(subscription, 'sse')
  const reader = new EventStreamReader((type, bytes, start, end) => {
    if (type === 'message') {
      THE_EVENT.takeText(bytes, start, end)
      onEvent(THE_EVENT)
      return
    }
    const value = JSON.parse(textOf(bytes, start, end))
    if (type === 'gap') onGap(value)
    else if (type === 'opening') onOpen({ seq: value.cursor, feedId: value.feedId }, publish)
  }, takeEvent(subscription))
  let isOver = false
  await door.ask(
    {
      method: 'GET',
      url: new URL('sse', url),
      initiator: 'event-source',
      headers: { accept: 'text/event-stream', ...lastEventId(cursor) },
    },
    (status) => {
      isOver = status === 204
      if (isOver) return DISCARD
      expectStatus(status, 200)
      return (bytes, start, end) => reader.read(bytes, start, end)
    },
    signal,
  )
  // The feed may be over: only the answer to the next request, 204, says so.
  if (!isOver) throw new PushlabError('STREAM_ENDED', 'The event stream ended.')
}

export default sse
