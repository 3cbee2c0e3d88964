import type { PollAnswer } from '../../../server/event.ts'
import { handOn } from '../answers.ts'
import { lastEventIdQuery } from '../numbering.ts'
import type { BrowserTechnique } from '../technique.ts'

let subscriptions = 0

/**
 * JSONP polling: a long poll by a script element. Its answer is a script that calls a function of this page.
 *
 * The browser loads the script, from any origin, and runs it whatever it says. The page adds an element for each poll
 * and removes it, keeps the cursor, and has a function in everybody's sight. It sees no status, and cannot take back a
 * request that is under way: the function has to stay until the last answer has called it.
 */
const jsonpPoll: BrowserTechnique = async (subscription) => {
  const { url, signal } = subscription
  let { cursor } = subscription
  const callback = `push${++subscriptions}`
  for (let isFirst = true; ; isFirst = false) {
    subscription.onAsk()
    const query = `?callback=${callback}${lastEventIdQuery(cursor, '&')}`
    const answer = await load(`${url}/jsonp-poll${query}`, callback, signal)
    cursor = handOn(subscription, answer, isFirst ? undefined : cursor)
    if (answer.ended) return
  }
}

/** Loads a script, and resolves with what it calls the function with. */
function load(address: string, callback: string, signal: AbortSignal): Promise<PollAnswer<unknown>> {
  return new Promise((resolve, reject) => {
    const functions = window as unknown as Record<string, unknown>
    let answer: PollAnswer<unknown> | undefined
    functions[callback] = (called: PollAnswer<unknown>) => {
      answer = called
    }
    const script = document.createElement('script')
    const settle = (why: string) => {
      script.remove()
      delete functions[callback]
      if (answer) resolve(answer)
      else reject(new Error(why))
    }
    script.onload = () => settle('The script did not call the function.')
    script.onerror = () => settle('The script could not be loaded.')
    signal.onabort = () => {
      script.remove()
      reject(signal.reason)
    }
    script.src = address
    document.head.append(script)
  })
}

export default jsonpPoll
