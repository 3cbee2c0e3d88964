import { randomBytes } from 'node:crypto'
import { nowUs } from './clock.ts'
import { FEED_ID_LENGTH, isUpToDate } from './cursor.ts'
import type { Batch, Cursor, Feed, FeedEvent, FeedSubscriber } from './event.ts'
import { encodeBinaryPayload, encodePayload, textOfBinary } from './payload.ts'

export interface FeedOptions {
  /** The ID of the feed whose history it is to take over; default: a new one. */
  feedId?: string
  /** Exact UTF-8 length of every encoded event; default 100. */
  payloadBytes?: number
  /** Whether events are encoded as binary; default false. */
  binary?: boolean
  /** How events are encoded that are not binary; default: encodePayload, in `payloadBytes`. Times as in its docstring. */
  encode?: (seq: number, dueUs: number, publishedUs: number) => string
  /** The history keeps at most this many events; default 10,000. */
  historyEvents?: number
  /** The history keeps at most this many bytes of payload; default 16 MiB. */
  historyBytes?: number
  /** Microseconds on the monotonic clock that event times count from; default now. */
  epochUs?: number
  /** The clock, in microseconds; default the host's monotonic one. */
  now?: () => number
}

const DEFAULT_HISTORY_EVENTS = 10_000
const DEFAULT_HISTORY_BYTES = 16 * 1024 * 1024

/**
 * The event feed in this process's memory: numbers events without gaps, keeps a bounded history for resume, and
 * tells its subscribers at once. It knows nothing of techniques and never waits for anyone.
 */
export class MemoryFeed implements Feed {
  readonly feedId: string
  epochUs: number
  latestSeq = 0
  ended = false

  readonly #payloadBytes: number
  readonly #encode: NonNullable<FeedOptions['encode']>
  readonly #binary: boolean
  readonly #maxEvents: number
  readonly #maxBytes: number
  readonly #now: () => number
  readonly #history: FeedEvent[] = []
  #historyBytes = 0
  readonly #subscribers = new Set<FeedSubscriber>()

  constructor(options: FeedOptions = {}) {
    this.feedId = options.feedId ?? randomBytes(FEED_ID_LENGTH / 2).toString('hex')
    this.#now = options.now ?? nowUs
    this.#payloadBytes = options.payloadBytes ?? 100
    this.#encode =
      options.encode ?? ((seq, dueUs, pubUs) => encodePayload(seq, dueUs, pubUs, this.#payloadBytes))
    this.#binary = options.binary ?? false
    this.#maxEvents = options.historyEvents ?? DEFAULT_HISTORY_EVENTS
    this.#maxBytes = options.historyBytes ?? DEFAULT_HISTORY_BYTES
    this.epochUs = options.epochUs ?? this.#now()
  }

  get subscriberCount(): number {
    return this.#subscribers.size
  }

  publish(scheduledAtUs = this.#now()): FeedEvent {
    const publishedAtUs = this.#now()
    const seq = this.latestSeq + 1
    const times = [scheduledAtUs - this.epochUs, publishedAtUs - this.epochUs] as const
    const bytes = this.#binary ? encodeBinaryPayload(seq, ...times, this.#payloadBytes) : undefined
    const data = bytes ? textOfBinary(bytes) : this.#encode(seq, ...times)
    const event: FeedEvent = { seq, scheduledAtUs, publishedAtUs, data, ...(bytes && { bytes }) }
    // After everything that could throw: the history has no hole.
    this.append(event)
    return event
  }

  /**
   * Takes over an event that another feed has published: the next, or any where there is none before it.
   * @throws {RangeError} where it is not the next.
   */
  append(event: FeedEvent): void {
    if (this.latestSeq > 0 && event.seq !== this.latestSeq + 1) {
      throw new RangeError(`Event ${event.seq} does not follow event ${this.latestSeq}.`)
    }
    this.latestSeq = event.seq
    this.#remember(event)
    for (const subscriber of this.#subscribers) subscriber.onEvent(event)
  }

  /** The feed is over: nothing follows, and every subscriber is told. The history can still be read. */
  end(): void {
    if (this.ended) return
    this.ended = true
    for (const subscriber of [...this.#subscribers]) subscriber.onEnd()
  }

  subscribe(subscriber: FeedSubscriber): () => void {
    this.#subscribers.add(subscriber)
    return () => this.#subscribers.delete(subscriber)
  }

  since(cursor: Cursor, maxBytes = Number.POSITIVE_INFINITY): Batch {
    if (isUpToDate(this, cursor)) return { events: [] }
    const { seq, feedId = this.feedId } = cursor
    const oldest = this.#history[0]?.seq ?? this.latestSeq + 1
    // A cursor of another feed, or ahead of this one, is from before a restart: everything here is new to it.
    const isOfAnother = feedId !== this.feedId
    const fits = !isOfAnother && seq >= oldest - 1 && seq <= this.latestSeq
    const from = fits ? seq + 1 : oldest
    const events: FeedEvent[] = []
    let bytes = 0
    for (let i = from - oldest; i < this.#history.length; i++) {
      const event = this.#history[i] as FeedEvent
      bytes += event.data.length
      if (bytes > maxBytes && events.length > 0) break
      events.push(event)
    }
    return fits ? { events } : { gap: { after: seq, next: from, ...(isOfAnother && { feedId }) }, events }
  }

  #remember(event: FeedEvent): void {
    this.#history.push(event)
    this.#historyBytes += event.data.length
    while (
      this.#history.length > this.#maxEvents ||
      (this.#historyBytes > this.#maxBytes && this.#history.length > 1)
    ) {
      this.#historyBytes -= (this.#history.shift() as FeedEvent).data.length
    }
  }
}
