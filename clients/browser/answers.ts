import type { Cursor, PollAnswer } from '../../server/event.ts'
import { seqOf } from './numbering.ts'
import type { BrowserSubscription } from './technique.ts'

/** Throws unless the server answered as it should. */
export function expectOk({ status }: Response): void {
  if (status !== 200) throw new Error(`The server answered with status ${status}.`)
}

/**
 * Hands on what the answer to a poll holds: its events are those up to its cursor.
 * @param before what the answer before it returned; left out where it is the first of the subscription.
 * @returns the cursor to ask with next time.
 */
export function handOn(
  subscription: BrowserSubscription,
  { cursor, feedId, gap, events }: PollAnswer<unknown>,
  before?: Cursor,
): Cursor {
  const from = cursor - events.length
  // The next answer of a server that was started again may be another feed's.
  if (feedId !== before?.feedId) subscription.onOpen({ seq: from, feedId })
  subscription.onAnswer(events.length)
  if (gap) subscription.onGap(gap.after, gap.next)
  events.forEach((event, i) => {
    subscription.onEvent(seqOf(event, from + i), JSON.stringify(event))
  })
  return { seq: cursor, feedId }
}
