import { nowUs } from '../../../server/clock.ts'
import type { FeedEvent } from '../../../server/event.ts'
import { MemoryFeed } from '../../../server/feed.ts'
import { startPacer } from '../../../server/pacer.ts'
import { encodePayload, encodeWord, MIN_PAYLOAD_BYTES } from '../../../server/payload.ts'
import type { Published, StageSettings } from '../log/entries.ts'

const AGAIN_MS = 1_000

export type FeedPlan = Pick<StageSettings, 'ratePerSecond' | 'payloadBytes' | 'pollIntervalMs' | 'isPaused'>

/** The feed of one run of a stage, with its schedule. It outlives the servers of the lanes, as a broker would. */
export class StageFeed {
  readonly feedId: string
  readonly #feed: MemoryFeed
  readonly #epochUs: number
  readonly #isPolled: boolean
  readonly #onPublished: (event: FeedEvent, entry: Published) => void
  #payloadBytes = 0
  #pace = ''
  #stopPacer: () => void = () => {}

  /**
   * @param epochUs of the stage's log.
   * @param isPolled whether a lane polls on a timer.
   * @param onPublished takes each event, and its entry of the log.
   */
  constructor(epochUs: number, isPolled: boolean, onPublished: (event: FeedEvent, entry: Published) => void) {
    this.#epochUs = epochUs
    this.#isPolled = isPolled
    this.#onPublished = onPublished
    this.#feed = new MemoryFeed({
      epochUs,
      encode: (seq, dueUs, publishedUs) =>
        this.#payloadBytes < MIN_PAYLOAD_BYTES
          ? encodeWord(this.#payloadBytes)
          : encodePayload(seq, dueUs, publishedUs, this.#payloadBytes),
    })
    this.feedId = this.#feed.feedId
  }

  /** All that can still be had. */
  get history(): FeedEvent[] {
    return this.#feed.since({ seq: 0 }).events
  }

  /**
   * Plays on by these settings: another length from the next event on, another schedule from now on. Where somebody polls on
   * a timer no event is in step with it: one a second would wait equally long each time, and how long would be chance.
   */
  play({ ratePerSecond, payloadBytes, pollIntervalMs, isPaused }: FeedPlan): void {
    this.#payloadBytes = payloadBytes
    const spreadUs = this.#isPolled ? Math.min(1e6 / ratePerSecond, pollIntervalMs * 1e3) : 0
    const pace = isPaused ? 'paused' : `${ratePerSecond} ${spreadUs}`
    if (pace === this.#pace) return
    this.#pace = pace
    this.#stopPacer()
    this.#stopPacer = () => {}
    if (isPaused || ratePerSecond === 0 || this.#feed.ended) return
    this.#startPacer(ratePerSecond, spreadUs)
  }

  /** A machine that has no descriptor left for a thread may have one in a while: the class waits for its events, and goes on. */
  #startPacer(ratePerSecond: number, spreadUs: number): void {
    const plan = { schedule: { kind: 'constant', ratePerSecond }, epochUs: nowUs(), spreadUs } as const
    this.#stopPacer = startPacer(
      plan,
      (dueUs) => this.#publish(dueUs),
      () => {
        const timer = setTimeout(() => this.#startPacer(ratePerSecond, spreadUs), AGAIN_MS)
        this.#stopPacer = () => clearTimeout(timer)
      },
    )
  }

  /** Publishes one event now; none once the feed is closed. */
  send(): void {
    this.#publish()
  }

  close(): void {
    this.#stopPacer()
    this.#feed.end()
  }

  /** @param dueUs when the schedule asked for it; left out: somebody sends it by hand. */
  #publish(dueUs?: number): void {
    if (this.#feed.ended) return
    const event = this.#feed.publish(dueUs)
    const atUs = Math.round(event.publishedAtUs - this.#epochUs)
    this.#onPublished(event, {
      kind: 'published',
      atUs,
      seq: event.seq,
      dueUs: dueUs === undefined ? atUs : Math.round(dueUs - this.#epochUs),
      payloadBytes: Buffer.byteLength(event.data),
    })
  }
}
