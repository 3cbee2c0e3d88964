import { PushlabError } from '../server/error.ts'
import { decodePayload, type Payload } from '../server/payload.ts'
import { textOf } from './readers/bytes.ts'
import { THE_EVENT } from './readers/event-bytes.ts'
import type { TakeEvent } from './readers/reader.ts'
import type { Publish, ReceivedEvent, Subscription } from './technique.ts'

/** An event that a library has parsed already. */
export function received(payload: Payload): ReceivedEvent {
  return { seq: payload.seq, due: payload.due, pub: payload.pub, payload: () => payload }
}

/** Hands on an event as the server writes it. */
export function takeEvent({ onEvent }: Pick<Subscription, 'onEvent'>): TakeEvent {
  return (bytes, start, end) => {
    const isEvent = THE_EVENT.take(bytes, start, end)
    if (isEvent) onEvent(THE_EVENT)
    return isEvent
  }
}

/** Hands on the messages of a stream that carries JSON, see server/message.ts. */
export class MessageReader {
  readonly #subscription: Subscription
  readonly #publish: Publish
  readonly #take: TakeEvent
  /** Why the server said that it ends the stream, if it did. */
  #ended: unknown
  #refusal: PushlabError | undefined

  constructor(subscription: Subscription, publish: Publish) {
    this.#subscription = subscription
    this.#take = takeEvent(subscription)
    this.#publish = publish
  }

  /** @param text one whole message. */
  read(text: string): void {
    const value = JSON.parse(text)
    const { onEvent, onOpen, onGap } = this.#subscription
    if (typeof value === 'string' || value.seq !== undefined) onEvent(received(decodePayload(value)))
    else if (value.cursor !== undefined) onOpen({ seq: value.cursor, feedId: value.feedId }, this.#publish)
    else if (value.gap) onGap(value.gap)
    else if (value.ended) this.#ended = value.ended
    else if (value.error) this.#refusal = new PushlabError(value.error.code, value.error.message)
  }

  /** The same of its bytes: an event as the server writes it is not parsed. */
  readonly readBytes = (bytes: Uint8Array, start: number, end: number): void => {
    if (!this.#take(bytes, start, end)) this.read(textOf(bytes, start, end))
  }

  get take(): TakeEvent {
    return this.#take
  }

  /** Why the stream is over: undefined where the feed is, which is as it should be. */
  failure(): PushlabError | undefined {
    if (this.#refusal) return this.#refusal
    if (this.#ended === 'feed-ended') return undefined
    return new PushlabError('STREAM_ENDED', 'The stream ended before the feed did.')
  }

  /** Throws where the stream is over too early. */
  expectEnd(): void {
    const failure = this.failure()
    if (failure) throw failure
  }
}
