import type { Payload } from '../server/payload.ts'
import type { PollAnswer } from '../server/technique.ts'
import { expectOk, get, lastEventId, readText } from './http.ts'
import type { Subscription } from './technique.ts'

/**
 * Polls one path until the feed is over, each time with the cursor of the answer before.
 * @param wait called after every answer but the last; the next request leaves when it resolves.
 */
export async function pollForEvents(
  subscription: Subscription,
  path: string,
  wait?: () => Promise<void>,
): Promise<void> {
  let { cursor } = subscription
  for (let first = true; ; first = false) {
    const answer = await ask(subscription, path, cursor)
    if (first) subscription.onOpen(cursor ?? answer.cursor)
    if (answer.gap) subscription.onGap(answer.gap)
    for (const event of answer.events) subscription.onEvent(event)
    if (answer.events.length === 0) subscription.onEmptyAnswer()
    if (answer.ended) return
    cursor = answer.cursor
    await wait?.()
  }
}

async function ask(subscription: Subscription, path: string, cursor?: number): Promise<PollAnswer<Payload>> {
  const response = await get(subscription, path, lastEventId(cursor))
  expectOk(response)
  let body = ''
  await readText(response, (text) => {
    body += text
  })
  return JSON.parse(body)
}
