import type { Cursor } from '../server/event.ts'
import { type Asked, lastEventId } from './http.ts'
import type { AnswerHead } from './readers/poll-answer.ts'
import type { Publish, ReceivedEvent, Subscription } from './technique.ts'

/** Sends polls for one subscriber and reads their answers, several at a time where they overlap. */
export interface PollConnection {
  /**
   * Hands on the answer once it is whole; resolves with its ETag then, and with whether anything is new, which 304 denies.
   * @throws {PushlabError} HTTP_404 and the like.
   */
  get(path: string, asked: Asked): Promise<{ etag: string | undefined; isNew: boolean }>
  publish: Publish
}

/** Where answers go: the head of each, then its events. */
export interface AnswerEnds {
  onAnswer(head: AnswerHead): void
  onEvent(event: ReceivedEvent): void
}
export type PollClient = (subscription: Subscription, ask: Ask, ends: AnswerEnds) => PollConnection

/** One way of asking: what the request for a cursor looks like, and what its answer says. */
export interface Ask {
  /** Path of the requests, and of the POSTs beside them. */
  path: string
  /** The path and headers of the request for what follows a cursor; default: the path, the cursor in headers. */
  request?(cursor: Cursor | undefined): { path: string } & Asked
  /** The function that an answer calls with its JSON; default: it is JSON. */
  callback?: string
}

/** Polls: keeps the cursor, hands on what the answers hold. */
export class Poller {
  readonly #connection: PollConnection
  readonly #ask: Ask
  #cursor: Cursor | undefined
  #etag: string | undefined
  #opened = false
  #ended = false
  readonly #onEmpty: () => void

  constructor(client: PollClient, subscription: Subscription, ask: Ask) {
    const { onEvent } = subscription
    this.#ask = ask
    this.#cursor = subscription.cursor
    this.#connection = client(subscription, ask, {
      onAnswer: (head) => this.#answer(subscription, head),
      onEvent,
    })
    this.#onEmpty = subscription.onEmptyAnswer
  }

  /** Sends one poll and hands on its answer; resolves with whether the feed is over. */
  async poll(): Promise<boolean> {
    const { path, ...asked } = this.#ask.request?.(this.#cursor) ?? {
      path: this.#ask.path,
      headers: { ...lastEventId(this.#cursor), ...(this.#etag && { 'if-none-match': this.#etag }) },
    }
    const { etag, isNew } = await this.#connection.get(path, asked)
    this.#etag = etag
    if (!isNew) this.#onEmpty()
    return this.#ended
  }

  #answer(
    { onOpen, onGap, onEmptyAnswer }: Subscription,
    { seq, feedId, gap, ended, events }: AnswerHead,
  ): void {
    // A server that was started again answers on: its feed may be another.
    if (!this.#opened || feedId !== this.#cursor?.feedId) {
      this.#opened = true
      onOpen({ seq: seq - events, feedId }, this.#connection.publish)
    }
    if (gap) onGap(gap)
    if (events === 0) onEmptyAnswer()
    this.#cursor = { seq, feedId }
    this.#ended = ended
  }
}

/**
 * Polls one after the other until the feed is over, each time with the cursor of the answer before.
 * @param wait called after every answer but the last; the next request leaves when it resolves.
 */
export async function pollForEvents(
  client: PollClient,
  subscription: Subscription,
  ask: Ask,
  wait?: () => Promise<void>,
): Promise<void> {
  const poller = new Poller(client, subscription, ask)
  while (!(await poller.poll())) await wait?.()
}
