import { delimitedReader } from '../../server/delimited.ts'
import { PushlabError } from '../../server/error.ts'
import { decodePayload } from '../../server/payload.ts'
import { expectOk, get, lastEventIdQuery, postTo, readBytes } from '../http.ts'
import { received } from '../messages.ts'
import type { ClientTechnique } from '../technique.ts'

const SCRIPT = /^<script>parent\.(\w+)\((.*)\)<\/script>$/

/** iframe streaming: runs the calls of the page's script elements as a browser would, one line an element. */
const iframeStream: ClientTechnique = async (subscription) => {
  const answer = await get(subscription, `iframe-stream${lastEventIdQuery(subscription.cursor)}`, {
    initiator: 'iframe',
  })
  expectOk(answer)
  let ended: unknown
  const readLine = delimitedReader((line) => {
    const [, call, json] = SCRIPT.exec(line) ?? []
    if (!call || json === undefined) return
    // Only the opening has a second one; an event is not copied for it.
    const [argument, feedId] = call === 'pushOpen' ? JSON.parse(`[${json}]`) : [JSON.parse(json)]
    if (call === 'push') subscription.onEvent(received(decodePayload(argument)))
    else if (call === 'pushOpen') {
      subscription.onOpen({ seq: argument, feedId }, postTo(subscription, 'iframe-stream'))
    } else if (call === 'pushGap') subscription.onGap(argument)
    else if (call === 'pushEnd') ended = argument
  })
  await readBytes(answer, readLine)
  if (ended !== 'feed-ended') throw new PushlabError('STREAM_ENDED', 'The page ended before the feed did.')
}

export default iframeStream
