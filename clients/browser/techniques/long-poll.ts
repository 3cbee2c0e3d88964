import type { PollAnswer } from '../../../server/event.ts'
import { expectOk, handOn } from '../answers.ts'
import { lastEventId } from '../numbering.ts'
import type { BrowserTechnique } from '../technique.ts'

/**
 * Long polling: the page asks, the server answers when there is something to say, and the page asks again at once.
 *
 * The browser sends a request and gives its answer. The page keeps the cursor, and one request under way.
 */
const longPoll: BrowserTechnique = async (subscription) => {
  const { url, signal } = subscription
  let { cursor } = subscription
  for (let isFirst = true; ; isFirst = false) {
    subscription.onAsk()
    const response = await fetch(`${url}/long-poll`, { headers: lastEventId(cursor), signal })
    expectOk(response)
    const answer: PollAnswer<unknown> = await response.json()
    cursor = handOn(subscription, answer, isFirst ? undefined : cursor)
    if (answer.ended) return
  }
}

export default longPoll
