import { createHistogram } from 'node:perf_hooks'
import { roundedUs } from './clock.ts'
import type { FeedEvent } from './event.ts'
import type { Window } from './process-cost.ts'

/** How late a feed published, over some events. Microseconds; without events every figure is 0. */
export interface FeedLag {
  n: number
  meanUs: number
  minUs: number
  p50Us: number
  p90Us: number
  p99Us: number
  p999Us: number
  maxUs: number
}

const HIGHEST_US = 3_600e6

/** What a feed has published, summed up as it goes. */
export class Publications {
  /** All so far. */
  published = 0
  /** Events due in it are summed up; none before it is known. */
  window: Window = { startUs: 0, endUs: 0 }
  readonly #lagUs = createHistogram({ lowest: 1, highest: HIGHEST_US, figures: 3 })
  #sumUs = 0
  #minUs = Number.POSITIVE_INFINITY
  #maxUs = 0

  onEvent({ scheduledAtUs, publishedAtUs }: FeedEvent): void {
    this.published++
    if (scheduledAtUs < this.window.startUs || scheduledAtUs >= this.window.endUs) return
    const lagUs = publishedAtUs - scheduledAtUs
    this.#lagUs.record(Math.min(HIGHEST_US, Math.max(1, Math.round(lagUs))))
    this.#sumUs += lagUs
    this.#minUs = Math.min(this.#minUs, lagUs)
    this.#maxUs = Math.max(this.#maxUs, lagUs)
  }

  /** Of the events due in the window. */
  lag(): FeedLag {
    const n = this.#lagUs.count
    // A bucket's end may lie beyond the longest.
    const at = (percentile: number) =>
      n > 0 ? roundedUs(Math.min(this.#maxUs, Math.max(this.#minUs, this.#lagUs.percentile(percentile)))) : 0
    return {
      n,
      meanUs: n > 0 ? roundedUs(this.#sumUs / n) : 0,
      minUs: n > 0 ? roundedUs(this.#minUs) : 0,
      ...{ p50Us: at(50), p90Us: at(90), p99Us: at(99), p999Us: at(99.9) },
      maxUs: roundedUs(this.#maxUs),
    }
  }
}
