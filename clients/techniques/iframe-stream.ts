import { PushlabError } from '../../server/error.ts'
import { expectOk, get, lastEventIdQuery, readBytes } from '../http.ts'
import { lineReader } from '../lines.ts'
import type { ClientTechnique } from '../technique.ts'

const SCRIPT = /^<script>parent\.(\w+)\((.*)\)<\/script>$/

/** iframe streaming: runs the calls of the page's script elements as a browser would, one line an element. */
const iframeStream: ClientTechnique = async (subscription) => {
  const response = await get(subscription, `iframe-stream${lastEventIdQuery(subscription.cursor)}`, {})
  expectOk(response)
  let ended: unknown
  const readLine = lineReader((line) => {
    const [, call, json] = SCRIPT.exec(line) ?? []
    if (!call || json === undefined) return
    const argument = JSON.parse(json)
    if (call === 'push') subscription.onEvent(argument)
    else if (call === 'pushOpen') subscription.onOpen(argument)
    else if (call === 'pushGap') subscription.onGap(argument)
    else if (call === 'pushEnd') ended = argument
  })
  await readBytes(response, readLine)
  if (ended !== 'feed-ended') throw new PushlabError('STREAM_ENDED', 'The page ended before the feed did.')
}

export default iframeStream
