import type { Cursor, PollAnswer } from '../server/event.ts'
import { decodePayload } from '../server/payload.ts'
import type { Answer } from './door.ts'
import { type Asked, expectOk, get, lastEventId, postTo, readText } from './http.ts'
import { received } from './messages.ts'
import type { Subscription } from './technique.ts'

/** One way of asking: what the request for a cursor looks like, and what its answer says. */
export interface Ask {
  /** Path of the requests, and of the POSTs beside them. */
  path: string
  /** The path and headers of the request for what follows a cursor; default: the path, the cursor in headers. */
  request?(cursor: Cursor | undefined): { path: string } & Asked
  /** The JSON within an answer; default: all of it. */
  json?(body: string): string
}

/** Polls: keeps the cursor, hands on what the answers hold. */
export class Poller {
  readonly #subscription: Subscription
  readonly #ask: Ask
  #cursor: Cursor | undefined
  #etag: string | undefined
  #opened = false

  constructor(subscription: Subscription, ask: Ask) {
    this.#subscription = subscription
    this.#ask = ask
    this.#cursor = subscription.cursor
  }

  /** Sends one poll and hands on its answer; resolves with whether the feed is over. */
  async poll(): Promise<boolean> {
    const cursor = this.#cursor
    const { path, ...asked } = this.#ask.request?.(cursor) ?? {
      path: this.#ask.path,
      headers: { ...lastEventId(cursor), ...(this.#etag && { 'if-none-match': this.#etag }) },
    }
    const answer = await get(this.#subscription, path, asked)
    const content = await this.#read(answer)
    const { onOpen, onGap, onEvent, onEmptyAnswer } = this.#subscription
    if (!content) {
      onEmptyAnswer()
      return false
    }
    const { cursor: seq, feedId, gap, events, ended = false } = content
    // A server that was started again answers on: its feed may be another.
    if (!this.#opened || feedId !== cursor?.feedId) {
      this.#opened = true
      onOpen({ seq: seq - events.length, feedId }, postTo(this.#subscription, this.#ask.path))
    }
    if (gap) onGap(gap)
    for (const event of events) onEvent(received(decodePayload(event)))
    if (events.length === 0) onEmptyAnswer()
    this.#cursor = { seq, feedId }
    return ended
  }

  /** Undefined where nothing is new (304). */
  async #read(answer: Answer): Promise<PollAnswer<unknown> | undefined> {
    if (answer.status !== 304) expectOk(answer)
    this.#etag = answer.headers.etag
    let body = ''
    await readText(answer, (text) => {
      body += text
    })
    return answer.status === 304 ? undefined : JSON.parse(this.#ask.json?.(body) ?? body)
  }
}

/**
 * Polls one after the other until the feed is over, each time with the cursor of the answer before.
 * @param wait called after every answer but the last; the next request leaves when it resolves.
 */
export async function pollForEvents(
  subscription: Subscription,
  ask: Ask,
  wait?: () => Promise<void>,
): Promise<void> {
  const poller = new Poller(subscription, ask)
  while (!(await poller.poll())) await wait?.()
}
