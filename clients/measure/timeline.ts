import type { Timeline } from '../../results/record.ts'
import { roundedUs } from '../../server/clock.ts'
import type { Window } from '../../server/process-cost.ts'

const SLICES = 30
const SHORTEST_SLICE_MS = 50
/** The last one, [2^31, 2^32) microseconds, holds also what is later: more than an hour. */
const OCTAVES = 32

/**
 * How delays went over a window: its slices of time, and in each the number of delays of every octave. A stall or a
 * pause, which percentiles over the window cannot place, stands at its time here.
 */
export class TimelineRecorder {
  readonly #window: Window
  readonly #sliceUs: number
  /** Delays by slice and, in it, by octave; and the longest of each slice. */
  readonly #counts: Float64Array
  readonly #maxUs: Float64Array

  /** @param window whose events are counted, microseconds on the monotonic clock. */
  constructor(window: Window) {
    const windowUs = window.endUs - window.startUs
    const count = Math.max(1, Math.min(SLICES, Math.floor(roundedUs(windowUs) / 1e3 / SHORTEST_SLICE_MS)))
    this.#window = window
    this.#sliceUs = windowUs / count
    this.#counts = new Float64Array(count * OCTAVES)
    this.#maxUs = new Float64Array(count)
  }

  /** @param dueAtUs when the event was due, within the window. */
  add(dueAtUs: number, delayUs: number): void {
    const at = Math.floor((dueAtUs - this.#window.startUs) / this.#sliceUs)
    const slice = Math.min(at, this.#maxUs.length - 1)
    const wholeUs = Math.max(0, Math.round(delayUs))
    const count = slice * OCTAVES + octaveOf(wholeUs)
    this.#counts[count] = (this.#counts[count] as number) + 1
    if (wholeUs > (this.#maxUs[slice] as number)) this.#maxUs[slice] = wholeUs
  }

  summary(): Timeline {
    return {
      sliceMs: roundedUs(this.#sliceUs) / 1e3,
      slices: Array.from(this.#maxUs, (maxUs, slice) => {
        const counts = [...this.#counts.subarray(slice * OCTAVES, (slice + 1) * OCTAVES)]
        const from = counts.findIndex((count) => count > 0)
        const to = counts.findLastIndex((count) => count > 0) + 1
        return { from: Math.max(0, from), counts: counts.slice(Math.max(0, from), to), maxUs }
      }),
    }
  }
}

/** The octave of a delay in whole microseconds: k for [2^k, 2^(k+1)), 0 for less than 1. */
function octaveOf(delayUs: number): number {
  return delayUs < 1 ? 0 : 31 - Math.clz32(Math.min(delayUs, 2 ** 32 - 1))
}
