import { PushlabError } from '../../../server/error.ts'
import type { FeedEvent, FeedSubscriber } from '../../../server/event.ts'
import { MemoryFeed } from '../../../server/feed.ts'
import type { OpenLanes } from './lanes-messages.ts'

/**
 * A feed whose events are published elsewhere, by the stage: what the lanes' servers read, as they would read a broker that
 * outlives them.
 *
 * One process writes all lanes, one after the other, and who is written last is late by what the others took. So the order
 * is reversed from event to event. Each is told in a turn of its own, for within one turn node:http writes behind everybody
 * who writes to sockets directly, whatever the order.
 */
export class ReplicaFeed extends MemoryFeed {
  /** Who is told the event that is being appended, in the order of joining. */
  #telling: (() => void)[] = []
  /** What is still to be told, in order. */
  readonly #waiting: (() => void)[] = []

  /** @param original the feed that it is a replica of: a cursor of one is good for the other. */
  constructor({ feedId, epochUs, history }: Pick<OpenLanes, 'feedId' | 'epochUs' | 'history'>) {
    super({ feedId, epochUs })
    for (const event of history) this.append(event)
  }

  override publish(): never {
    throw new PushlabError('FORBIDDEN', 'Only the stage publishes events.')
  }

  override append(event: FeedEvent): void {
    super.append(event)
    const order = event.seq % 2 === 0 ? this.#telling.reverse() : this.#telling
    this.#telling = []
    const isIdle = this.#waiting.length === 0
    this.#waiting.push(...order)
    if (isIdle) this.#tellNext()
  }

  override subscribe(subscriber: FeedSubscriber): () => void {
    let isHere = true
    const tell = (event: FeedEvent) => this.#telling.push(() => isHere && subscriber.onEvent(event))
    const leave = super.subscribe({ onEvent: tell, onEnd: () => subscriber.onEnd() })
    return () => {
      isHere = false
      leave()
    }
  }

  #tellNext(): void {
    this.#waiting[0]?.()
    this.#waiting.shift()
    if (this.#waiting.length > 0) setImmediate(() => this.#tellNext())
  }
}
