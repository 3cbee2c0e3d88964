import { seqOf } from './numbering.ts'
import type { BrowserSubscription } from './technique.ts'

/**
 * Reads the messages of a stream that carries JSON. An event is the value itself; an object with one of a few names says
 * something else, and an empty one only shows that the connection lives (server/message.ts).
 */
export class MessageReader {
  readonly #subscription: BrowserSubscription
  #seq: number
  #ended: unknown

  constructor(subscription: BrowserSubscription) {
    this.#subscription = subscription
    this.#seq = subscription.cursor?.seq ?? 0
  }

  /** @param json one whole message. */
  read(json: string): void {
    const message = JSON.parse(json)
    if (typeof message === 'string' || message.seq !== undefined) {
      this.#seq = seqOf(message, this.#seq)
      this.#subscription.onEvent(this.#seq, json)
    } else if (message.cursor !== undefined) {
      this.#seq = message.cursor
      this.#subscription.onOpen({ seq: message.cursor, feedId: message.feedId })
    } else if (message.gap) {
      this.#seq = message.gap.next - 1
      this.#subscription.onGap(message.gap.after, message.gap.next)
    } else if (message.ended) this.#ended = message.ended
  }

  /** To be called where the stream is over; throws unless the server said that the feed is. */
  expectEnd(): void {
    if (this.#ended !== 'feed-ended') throw new Error('The stream ended before the feed did.')
  }
}
