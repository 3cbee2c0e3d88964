import { PushlabError } from '../../server/error.ts'
import { get, lastEventIdQuery, postTo } from '../http.ts'
import { takeEvent } from '../messages.ts'
import { textOf } from '../readers/bytes.ts'
import { THE_EVENT } from '../readers/event-bytes.ts'
import { ScriptPageReader } from '../readers/script-page.ts'
import type { ClientTechnique } from '../technique.ts'

/** iframe streaming: runs the calls of the page's script elements as a browser would, one line an element. */
const iframeStream: ClientTechnique = async (subscription) => {
  let ended: unknown
  const page = new ScriptPageReader((call, bytes, start, end) => {
    if (call === 'push') {
      THE_EVENT.takeText(bytes, start, end)
      subscription.onEvent(THE_EVENT)
      return
    }
    const [argument, feedId] = JSON.parse(`[${textOf(bytes, start, end)}]`)
    if (call === 'pushOpen')
      subscription.onOpen({ seq: argument, feedId }, postTo(subscription, 'iframe-stream'))
    else if (call === 'pushGap') subscription.onGap(argument)
    else if (call === 'pushEnd') ended = argument
  }, takeEvent(subscription))
  const path = `iframe-stream${lastEventIdQuery(subscription.cursor)}`
  await get(subscription, path, { initiator: 'iframe' }, (bytes, start, end) => page.read(bytes, start, end))
  if (ended !== 'feed-ended') throw new PushlabError('STREAM_ENDED', 'The page ended before the feed did.')
}

export default iframeStream
