import { emptyHistogram, HIGHEST_US, histogramOf } from '../../results/histogram.ts'
import type { Histogram } from '../../results/record.ts'

/** HdrHistogram's layout for 3 significant figures: 2,048 buckets of 1 us, then 1,024 for each octave, up to 2^32 us. */
const OCTAVE_BITS = 10
const OCTAVE = 1 << OCTAVE_BITS
const BUCKETS = (32 - OCTAVE_BITS + 1) * OCTAVE

/**
 * Collects durations in microseconds in an HdrHistogram with 3 significant figures: its buckets counted in one array, which is all
 * that a sample touches.
 */
export class DistributionRecorder {
  readonly #buckets = new Uint32Array(BUCKETS)
  /** Number of samples, their sum, the shortest and the longest: one array, so that no sample makes a number to be collected. */
  readonly #totals = Float64Array.of(0, 0, Number.POSITIVE_INFINITY, 0)

  /** Number of samples so far. */
  get count(): number {
    return this.#totals[0] as number
  }

  /** The histogram holds whole microseconds of at least 1; mean, minimum and maximum stay exact to a nanosecond. */
  add(durationUs: number): void {
    const bucket = bucketOf(Math.min(HIGHEST_US, Math.max(1, Math.round(durationUs))))
    this.#buckets[bucket] = (this.#buckets[bucket] as number) + 1
    this.#total(1, durationUs, durationUs, durationUs)
  }

  /** Takes in what another recorder has counted. */
  merge(other: DistributionRecorder): this {
    for (let i = 0; i < BUCKETS; i++) {
      this.#buckets[i] = (this.#buckets[i] as number) + (other.#buckets[i] as number)
    }
    const [count, sumUs, minUs, maxUs] = other.#totals as unknown as [number, number, number, number]
    this.#total(count, sumUs, minUs, maxUs)
    return this
  }

  summary(): Histogram {
    const [n, sumUs, minUs, maxUs] = this.#totals as unknown as [number, number, number, number]
    const buckets = emptyHistogram()
    this.#buckets.forEach((count, bucket) => {
      if (count > 0) buckets.recordValueWithCount(lowestOf(bucket), count)
    })
    return histogramOf(buckets, { n, sumUs, minUs, maxUs })
  }

  #total(count: number, sumUs: number, minUs: number, maxUs: number): void {
    const totals = this.#totals as unknown as [number, number, number, number]
    totals[0] += count
    totals[1] += sumUs
    if (minUs < totals[2]) totals[2] = minUs
    if (maxUs > totals[3]) totals[3] = maxUs
  }
}

/** @param us whole, from 1 to less than 2^32. */
function bucketOf(us: number): number {
  const octave = Math.max(0, 31 - OCTAVE_BITS - Math.clz32(us))
  return octave * OCTAVE + (us >>> octave)
}

/** The shortest duration that a bucket counts. */
function lowestOf(bucket: number): number {
  const octave = Math.max(0, (bucket >>> OCTAVE_BITS) - 1)
  return (bucket - octave * OCTAVE) * 2 ** octave
}
