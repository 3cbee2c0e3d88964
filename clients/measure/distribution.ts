import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js'
import type { Histogram } from '../../results/record.ts'
import { roundedUs } from '../../server/clock.ts'

/** One hour: beyond it a sample is recorded as an hour. */
const HIGHEST_US = 3_600_000_000

/** Collects durations in microseconds in an HdrHistogram with 3 significant figures. */
export class DistributionRecorder {
  readonly #histogram = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: HIGHEST_US,
    numberOfSignificantValueDigits: 3,
  })
  #sumUs = 0
  #minUs = Number.POSITIVE_INFINITY
  #maxUs = 0

  /** Number of samples so far. */
  get count(): number {
    return this.#histogram.totalCount
  }

  /** The histogram holds whole microseconds of at least 1; mean, minimum and maximum stay exact to a nanosecond. */
  add(durationUs: number): void {
    this.#histogram.recordValue(Math.min(HIGHEST_US, Math.max(1, Math.round(durationUs))))
    this.#sumUs += durationUs
    this.#minUs = Math.min(this.#minUs, durationUs)
    this.#maxUs = Math.max(this.#maxUs, durationUs)
  }

  summary(): Histogram {
    const n = this.count
    const at = (percentile: number) => (n > 0 ? this.#histogram.getValueAtPercentile(percentile) : 0)
    return {
      n,
      meanUs: n > 0 ? roundedUs(this.#sumUs / n) : 0,
      minUs: n > 0 ? roundedUs(this.#minUs) : 0,
      p50Us: at(50),
      p90Us: at(90),
      p99Us: at(99),
      p999Us: at(99.9),
      maxUs: roundedUs(this.#maxUs),
      hdr: encodeIntoCompressedBase64(this.#histogram),
    }
  }
}
