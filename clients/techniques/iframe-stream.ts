import { PushlabError } from '../../server/error.ts'
import { expectOk, get, lastEventIdQuery, readText } from '../http.ts'
import type { ClientTechnique } from '../technique.ts'

const SCRIPT = /^<script>parent\.(\w+)\((.*)\)<\/script>$/

/** iframe streaming: runs the calls of the page's script elements as a browser would, one line an element. */
const iframeStream: ClientTechnique = async (subscription) => {
  const response = await get(subscription, `iframe-stream${lastEventIdQuery(subscription.cursor)}`, {})
  expectOk(response)
  let ended: unknown
  let rest = ''
  await readText(response, (text) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const [, call, json] = SCRIPT.exec(line) ?? []
      if (!call || json === undefined) continue
      const argument = JSON.parse(json)
      if (call === 'push') subscription.onEvent(argument)
      else if (call === 'pushOpen') subscription.onOpen(argument)
      else if (call === 'pushGap') subscription.onGap(argument)
      else if (call === 'pushEnd') ended = argument
    }
  })
  if (ended !== 'feed-ended') throw new PushlabError('STREAM_ENDED', 'The page ended before the feed did.')
}

export default iframeStream
