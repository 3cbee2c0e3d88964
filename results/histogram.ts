import {
  build,
  decodeFromCompressedBase64,
  encodeIntoCompressedBase64,
  type Histogram as HdrHistogram,
} from 'hdr-histogram-js'
import { roundedUs } from '../server/clock.ts'
import type { Histogram } from './record.ts'

/** One hour: beyond it a sample is recorded as an hour. */
export const HIGHEST_US = 3_600_000_000

/** What is known of samples beside their buckets: how many, their sum, the shortest and the longest, microseconds. */
export interface Totals {
  n: number
  sumUs: number
  minUs: number
  maxUs: number
}

/** An HdrHistogram of microseconds with 3 significant figures, empty. */
export function emptyHistogram(): HdrHistogram {
  return build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: HIGHEST_US,
    numberOfSignificantValueDigits: 3,
  })
}

/** A distribution as records hold it. @param minUs that of no samples is infinity. */
export function histogramOf(buckets: HdrHistogram, { n, sumUs, minUs, maxUs }: Totals): Histogram {
  // A bucket's end may lie beyond the longest sample, and a whole microsecond before the shortest.
  const at = (percentile: number) =>
    n > 0 ? roundedUs(Math.min(maxUs, Math.max(minUs, buckets.getValueAtPercentile(percentile)))) : 0
  return {
    n,
    meanUs: n > 0 ? roundedUs(sumUs / n) : 0,
    minUs: n > 0 ? roundedUs(minUs) : 0,
    p50Us: at(50),
    p90Us: at(90),
    p99Us: at(99),
    p999Us: at(99.9),
    maxUs: roundedUs(maxUs),
    hdr: encodeIntoCompressedBase64(buckets),
  }
}

/** Distributions of different samples as that of all: exact, and the mean to a nanosecond. */
export function mergedHistogram(parts: readonly Histogram[]): Histogram {
  const [only] = parts
  if (only && parts.length === 1) return only
  const buckets = emptyHistogram()
  const totals = { n: 0, sumUs: 0, minUs: Number.POSITIVE_INFINITY, maxUs: 0 }
  for (const { n, meanUs, minUs, maxUs, hdr } of parts.filter((part) => part.n > 0)) {
    buckets.add(decodeFromCompressedBase64(hdr))
    totals.n += n
    totals.sumUs += n * meanUs
    totals.minUs = Math.min(totals.minUs, minUs)
    totals.maxUs = Math.max(totals.maxUs, maxUs)
  }
  return histogramOf(buckets, totals)
}
