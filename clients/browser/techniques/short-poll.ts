import type { PollAnswer } from '../../../server/event.ts'
import { expectOk, handOn } from '../answers.ts'
import { lastEventId } from '../numbering.ts'
import type { BrowserTechnique } from '../technique.ts'

/** A nap is at most this long, so that a change of the interval counts at once. */
const NAP_MS = 50

/**
 * Short polling: the page asks at every tick, whether there is something new or not.
 *
 * The browser sends a request and gives its answer. All else is the page's: the timer, the cursor, and to leave out the
 * ticks at which it still awaits an answer.
 */
const shortPoll: BrowserTechnique = async (subscription) => {
  const { url, signal } = subscription
  let { cursor } = subscription
  let tickMs = performance.now()
  for (let isFirst = true; ; isFirst = false) {
    subscription.onAsk()
    const response = await fetch(`${url}/short-poll`, { headers: lastEventId(cursor), signal })
    expectOk(response)
    const answer: PollAnswer<unknown> = await response.json()
    cursor = handOn(subscription, answer, isFirst ? undefined : cursor)
    if (answer.ended) return

    const missed = Math.floor((performance.now() - tickMs) / subscription.pollIntervalMs)
    tickMs += missed * subscription.pollIntervalMs
    const leftMs = () => tickMs + subscription.pollIntervalMs - performance.now()
    while (leftMs() > 0) {
      await new Promise((wake) => setTimeout(wake, Math.min(leftMs(), NAP_MS)))
      signal.throwIfAborted()
    }
    tickMs += subscription.pollIntervalMs
  }
}

export default shortPoll
