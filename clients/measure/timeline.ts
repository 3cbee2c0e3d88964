import type { Timeline } from '../../results/record.ts'
import { roundedUs } from '../../server/clock.ts'
import type { Window } from '../../server/process-cost.ts'

const SLICES = 30
const SHORTEST_SLICE_MS = 50
/** Holds also what is later than its octave, [2^31, 2^32) microseconds: more than an hour. */
const LAST_BUCKET = 31

/**
 * How delays went over a window: its slices of time, and in each the number of delays of every octave. A stall or a
 * pause, which percentiles over the window cannot place, stands at its time here.
 */
export class TimelineRecorder {
  readonly #window: Window
  readonly #sliceUs: number
  readonly #slices: Slice[]

  /** @param window whose events are counted, microseconds on the monotonic clock. */
  constructor(window: Window) {
    const windowUs = window.endUs - window.startUs
    const count = Math.max(1, Math.min(SLICES, Math.floor(roundedUs(windowUs) / 1e3 / SHORTEST_SLICE_MS)))
    this.#window = window
    this.#sliceUs = windowUs / count
    this.#slices = Array.from({ length: count }, () => ({ counts: [], maxUs: 0 }))
  }

  /** @param dueAtUs when the event was due, within the window. */
  add(dueAtUs: number, delayUs: number): void {
    const at = Math.floor((dueAtUs - this.#window.startUs) / this.#sliceUs)
    const slice = this.#slices[Math.min(at, this.#slices.length - 1)] as Slice
    const wholeUs = Math.max(0, Math.round(delayUs))
    addTo(slice, bucketOf(wholeUs), 1)
    slice.maxUs = Math.max(slice.maxUs, wholeUs)
  }

  /** Takes in what another recorder of the same window has counted: another load agent's subscribers. */
  merge({ slices }: Timeline): void {
    slices.forEach(({ from, counts, maxUs }, i) => {
      const slice = this.#slices[i] as Slice
      counts.forEach((count, k) => {
        addTo(slice, from + k, count)
      })
      slice.maxUs = Math.max(slice.maxUs, maxUs)
    })
  }

  summary(): Timeline {
    return {
      sliceMs: roundedUs(this.#sliceUs) / 1e3,
      slices: this.#slices.map(({ counts, maxUs }) => {
        // An array's holes are skipped: the first index that is there is the lowest bucket with a delay.
        const from = Number(Object.keys(counts)[0] ?? 0)
        return { from, counts: Array.from(counts.slice(from), (count) => count ?? 0), maxUs }
      }),
    }
  }
}

interface Slice {
  /** By bucket; holes where there are none. */
  counts: number[]
  maxUs: number
}

/** The octave of a delay in whole microseconds: k for [2^k, 2^(k+1)), 0 for less than 1. */
function bucketOf(delayUs: number): number {
  return delayUs < 1 ? 0 : Math.min(LAST_BUCKET, Math.floor(Math.log2(delayUs)))
}

function addTo({ counts }: Slice, bucket: number, count: number): void {
  if (count > 0) counts[bucket] = (counts[bucket] ?? 0) + count
}
