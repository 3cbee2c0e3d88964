import type { Accounting } from '../../results/merge.ts'
import type { Window } from '../../server/process-cost.ts'
import { type Share, sizeOf, WHOLE } from '../share.ts'
import type { Arrived } from './arrivals.ts'
import { DistributionRecorder } from './distribution.ts'
import { DueTimes } from './due-times.ts'
import { SeenEvents } from './seen-events.ts'
import { TimelineRecorder } from './timeline.ts'

/** The subscriber of a load agent whose every byte is kept. Keeping them takes time that the others have not: where a reader reads, its delays are left out. */
export const PROBE = 0

export interface AccountPlan {
  /** How many there are of all load agents; each is owed every event of the window. */
  subscribers: number
  /** Which of them are accounted for here, numbered from 0 in what arrives; default: all. */
  share?: Share
  /** Whose events' parts are summed up, by their numbers among all; default: nobody's. */
  sample?: readonly number[]
}

/** What it has to be told before the first event comes. */
export interface AccountedFeed {
  /** Events due in it are samples, monotonic microseconds. */
  window: Window
  /** Monotonic microseconds that the times within events and those of the plan count from. */
  epochUs: number
  /** When its events are due, microseconds after the epoch; left out where events alone tell it. */
  plan?: Iterable<number, void>
}

/**
 * What became of the events due in a window, summed up as they come: what it holds does not grow with their number. Samples are
 * chosen by when an event was scheduled, not by when it arrived: otherwise late events would fall out of the percentiles. Only a
 * first receipt is a sample; an event is reordered when its subscriber already had a later one. Nothing is interpolated or corrected.
 */
export class RunningAccount {
  /** Of who publishes: when messages were due, and who had its turn. Microseconds after the epoch. */
  readonly #sent = new DueTimes()
  readonly #seen: SeenEvents
  readonly #all: number
  readonly #share: Share
  /** How many the share has. */
  readonly #subscribers: number
  readonly #sample: readonly number[]
  /** Where in the sample a subscriber is; -1 where it is not. */
  readonly #place: Int32Array
  /** Events, delays, waits and parsing of each in the sample. */
  readonly #sums: Float64Array
  readonly #counts = { delivered: 0, duplicated: 0, reordered: 0 }
  readonly #thirds = [
    new DistributionRecorder(),
    new DistributionRecorder(),
    new DistributionRecorder(),
  ] as const
  readonly #fromPublished = new DistributionRecorder()
  readonly #bound = new DistributionRecorder()
  readonly #clientCost = new DistributionRecorder()
  readonly #roundTrip = new DistributionRecorder()
  #feed: AccountedFeed | undefined
  #due = new DueTimes()
  #timeline: TimelineRecorder | undefined

  constructor({ subscribers, share = WHOLE, sample = [] }: AccountPlan) {
    this.#all = subscribers
    this.#share = share
    this.#subscribers = sizeOf(share, subscribers)
    this.#seen = new SeenEvents(this.#subscribers)
    this.#sample = sample
    this.#place = Int32Array.from({ length: this.#subscribers }, (_, own) =>
      sample.indexOf(this.#numberOf(own)),
    )
    this.#sums = new Float64Array(4 * sample.length)
  }

  /** What comes before is no sample. */
  begin(feed: AccountedFeed): void {
    this.#feed = feed
    this.#due = new DueTimes(feed.plan, feed.window.endUs - feed.epochUs)
    this.#timeline = new TimelineRecorder(feed.window)
  }

  /** Notes that the next subscriber in turn publishes a message that is due so long after the epoch, as its bytes say it. */
  sends(dueUs: number): void {
    this.#sent.add(dueUs)
  }

  /** Whether every subscriber has had event `seq` or a later one. */
  allHave(seq: number): boolean {
    return this.#seen.latest.every((latest) => latest >= seq)
  }

  /** Takes in events in the order of arrival. */
  add(arrived: Arrived): void {
    for (let i = 0; i < arrived.length; i++) {
      const subscriber = arrived.subscribers[i] as number
      const seq = arrived.seqs[i] as number
      const isLate = seq < (this.#seen.latest[subscriber] as number)
      const isNew = this.#seen.add(subscriber, seq)
      if (!this.#feed) continue
      const { window, epochUs, plan } = this.#feed
      const carriedUs = arrived.dues[i] as number
      // The plan's own time, which events carry in whole microseconds only.
      const plannedUs = plan ? this.#due.at(seq) : Number.NaN
      const dueAtUs = epochUs + (Number.isNaN(plannedUs) ? carriedUs : plannedUs)
      if (!(dueAtUs >= window.startUs && dueAtUs < window.endUs)) continue
      if (!isNew) {
        this.#counts.duplicated++
        continue
      }
      this.#counts.delivered++
      if (isLate) this.#counts.reordered++
      this.#addTimes(arrived, i, dueAtUs)
    }
  }

  #addTimes(arrived: Arrived, i: number, dueAtUs: number): void {
    const { window, epochUs } = this.#feed as AccountedFeed
    const subscriber = arrived.subscribers[i] as number
    const readAtUs = arrived.readAtUs[i] as number
    const isRead = !Number.isNaN(readAtUs)
    if (isRead && subscriber === PROBE && this.#subscribers > 1) return
    const pubUs = arrived.pubs[i] as number
    const arrivedAtUs = arrivalOf(arrived, i, Number.isNaN(pubUs) ? dueAtUs : epochUs + pubUs)
    const delayUs = arrivedAtUs - dueAtUs
    const third = Math.floor((3 * (dueAtUs - window.startUs)) / (window.endUs - window.startUs))
    this.#thirds[Math.min(2, third)]?.add(delayUs)
    this.#timeline?.add(dueAtUs, delayUs)
    if (!Number.isNaN(pubUs)) this.#fromPublished.add(arrivedAtUs - epochUs - pubUs)
    if (this.#sent.length > 0 && this.#isOwn(subscriber, arrived.dues[i] as number))
      this.#roundTrip.add(delayUs)
    if (!isRead) return
    const parsedAtUs = arrived.parsedAtUs[i] as number
    this.#bound.add(arrived.boundUs[i] as number)
    const place = this.#place[subscriber] as number
    if (place < 0) return
    this.#clientCost.add(parsedAtUs - arrivedAtUs)
    const sums = this.#sums
    const at = 4 * place
    sums[at] = (sums[at] as number) + 1
    sums[at + 1] = (sums[at + 1] as number) + delayUs
    sums[at + 2] = (sums[at + 2] as number) + readAtUs - arrivedAtUs
    sums[at + 3] = (sums[at + 3] as number) + parsedAtUs - readAtUs
  }

  /** Whether a subscriber has published what was due then: they do it in turn. */
  #isOwn(subscriber: number, dueUs: number): boolean {
    const message = this.#sent.seqOf(dueUs)
    return message > 0 && (message - 1) % this.#all === this.#numberOf(subscriber)
  }

  /** The number among all of one of the share. */
  #numberOf(own: number): number {
    return this.#share.first + own * this.#share.step
  }

  /** @param published how many events of the window have been published at all. */
  summary(published: number): Accounting {
    const { delivered } = this.#counts
    const expected = published * this.#subscribers
    const [first, middle, last] = this.#thirds
    const latency = new DistributionRecorder().merge(first).merge(middle).merge(last)
    return {
      account: { expected, lost: expected - delivered, ...this.#counts },
      latency: latency.summary(),
      latencyFromPublished: this.#fromPublished.summary(),
      ...(this.#bound.count > 0 && { bound: this.#bound.summary() }),
      ...(this.#clientCost.count > 0 && { clientCost: this.#clientCost.summary() }),
      timeline: this.#timeline?.summary() ?? { sliceMs: 0, slices: [] },
      thirds: [first.summary(), middle.summary(), last.summary()],
      roundTrip: this.#sent.length > 0 ? this.#roundTrip.summary() : null,
      sampled: this.#sample.map((_, i) => {
        const [events = 0, delayUs = 0, waitUs = 0, parsingUs = 0] = this.#sums.subarray(4 * i, 4 * i + 4)
        return { events, delayUs, waitUs, parsingUs }
      }),
    }
  }
}

/** When an event arrived: after its publication, or where it does not carry that after it was due, if the latest that is possible is. */
function arrivalOf({ arrivedAtUs, latestAtUs }: Arrived, i: number, publishedAtUs: number): number {
  const estimateUs = arrivedAtUs[i] as number
  return estimateUs < publishedAtUs ? Math.min(publishedAtUs, latestAtUs[i] as number) : estimateUs
}
