import type { PollAnswer } from '../../server/event.ts'
import { seqOf } from './numbering.ts'
import type { BrowserSubscription } from './technique.ts'

/** Throws unless the server answered as it should. */
export function expectOk({ status }: Response): void {
  if (status !== 200) throw new Error(`The server answered with status ${status}.`)
}

/**
 * Hands on what the answer to a poll holds: its events are those up to its cursor.
 * @param isFirst whether it is the first of the subscription.
 */
export function handOn(
  subscription: BrowserSubscription,
  { cursor, gap, events }: PollAnswer<unknown>,
  isFirst: boolean,
): void {
  const before = cursor - events.length
  if (isFirst) subscription.onOpen(gap ? gap.after : before)
  subscription.onAnswer(events.length)
  if (gap) subscription.onGap(gap.after, gap.next)
  events.forEach((event, i) => {
    subscription.onEvent(seqOf(event, before + i), JSON.stringify(event))
  })
}
