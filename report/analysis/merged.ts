import { decodeFromCompressedBase64, type JsHistogram } from 'hdr-histogram-js'
import type { Histogram, ResultRecord } from '../../results/record.ts'
import type { Estimate } from '../statistics/estimate.ts'
import { RESAMPLES_FOR_ERROR, resamplesOf } from '../statistics/resamples.ts'
import { TRIALS_FOR_INTERVAL } from './rules.ts'

/**
 * A trial's delays, the longest first: microseconds, and how many of them, by turns. What a page holds of a histogram goes
 * as far down as its percentiles need.
 */
export type Tail = readonly number[]

const decoded = new WeakMap<Histogram, Tail>()

/** Undefined where a page holds neither the histogram nor its tail. */
export function tailOf(latency: Histogram): Tail | undefined {
  if (latency.tail) return latency.tail
  const known = decoded.get(latency)
  if (known || latency.hdr === '') return known
  const histogram = decodeFromCompressedBase64(latency.hdr) as JsHistogram
  const tail: number[] = []
  for (let i = histogram.countsArrayLength - 1; i >= 0; i--) {
    const count = histogram.getCountAtIndex(i)
    if (count === 0) continue
    const us = histogram.highestEquivalentValue(histogram.valueFromIndex(i))
    // A bucket's end may lie beyond the longest delay, which is exact.
    tail.push(Math.max(latency.minUs, Math.min(latency.maxUs, us)), count)
  }
  decoded.set(latency, tail)
  return tail
}

/** How many of a trial's deliveries were later than a limit. */
export function lateCount(latency: Histogram, limitUs: number): number {
  const tail = tailOf(latency) ?? []
  let late = 0
  for (let i = 0; i < tail.length && (tail[i] as number) > limitUs; i += 2) late += tail[i + 1] as number
  return late
}

/** Of a set of trials, each taken so many times, the quantile of all their delays together, microseconds. */
type Merged = (times: ArrayLike<number>) => number

/** Trials without a delay may not be among them. */
function merged(records: readonly ResultRecord[], quantile: number): Merged {
  const samples = Float64Array.from(records, ({ latency }) => latency.n)
  const ends = upperEnds(records, quantile).map(([, tail]) => tail)
  const longestFirst = [...new Set(ends.flatMap((tail) => tail.filter((_, i) => i % 2 === 0)))].sort(
    (x, y) => y - x,
  )
  // Of each length how many delays of each trial are at least so long: a line of numbers, for resamples ask thousands of times.
  const trials = records.length
  const atLeast = new Float64Array(longestFirst.length * trials)
  for (const [trial, tail] of ends.entries()) {
    let [next, count] = [0, 0]
    for (const [rank, us] of longestFirst.entries()) {
      if (tail[next] === us) {
        count += tail[next + 1] as number
        next += 2
      }
      atLeast[rank * trials + trial] = count
    }
  }
  return (times) => {
    const beyond = beyondOf(weighed(samples, 0, times), quantile)
    let [low, high] = [0, longestFirst.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (weighed(atLeast, middle * trials, times) > beyond) high = middle
      else low = middle + 1
    }
    return longestFirst[low] ?? Number.NaN
  }
}

/** The sum of as many counts from a place on, each so many times. */
function weighed(counts: Float64Array, from: number, times: ArrayLike<number>): number {
  let sum = 0
  for (let trial = 0; trial < times.length; trial++)
    sum += (counts[from + trial] as number) * (times[trial] as number)
  return sum
}

/** The delays of trials as far down as a quantile of theirs can lie: no mixture's is below the lowest of a trial. */
export function upperEnds(
  records: readonly ResultRecord[],
  quantile: number,
): [record: ResultRecord, tail: number[]][] {
  const tails = records.map(({ latency }) => tailOf(latency) ?? [])
  const quantiles = records.flatMap(({ latency: { n } }, i) =>
    n > 0 ? [quantileOf(tails[i] as Tail, n, quantile)] : [],
  )
  const fromUs = Math.min(...quantiles)
  return records.map((record, i) => {
    const tail = tails[i] as Tail
    const end = tail.findIndex((us, at) => at % 2 === 0 && us < fromUs)
    return [record, tail.slice(0, end < 0 ? tail.length : end)]
  })
}

function quantileOf(tail: Tail, n: number, quantile: number): number {
  let beyond = beyondOf(n, quantile)
  for (let i = 0; i < tail.length; i += 2) {
    beyond -= tail[i + 1] as number
    if (beyond < 0) return tail[i] as number
  }
  return Number.NaN
}

/** How many of n samples may be longer than a quantile: it is the smallest delay that at least this share does not exceed. */
function beyondOf(n: number, quantile: number): number {
  return n - Math.max(1, Math.ceil(quantile * n - 1e-6))
}

const timed = (records: readonly ResultRecord[]) => records.filter(({ latency }) => latency.n > 0)
const once = (n: number) => new Uint8Array(n).fill(1)
const estimates = new WeakMap<readonly ResultRecord[], Map<number, Estimate>>()

/**
 * A percentile of a cell: that of the delays of all its trials together. From 6 trials on with the 95 % interval of a
 * bootstrap over trials, with fewer with the smallest and the largest of a trial.
 */
export function mergedPercentile(all: readonly ResultRecord[], quantile: number): Estimate {
  const ofCell = estimates.get(all) ?? new Map<number, Estimate>()
  estimates.set(all, ofCell)
  const known = ofCell.get(quantile)
  if (known) return known
  const records = timed(all)
  const n = records.length
  const at = merged(records, quantile)
  const hasInterval = n >= TRIALS_FOR_INTERVAL
  const others = hasInterval
    ? resamplesOf(n).map(at)
    : records.map((_, trial) => at(records.map((_, other) => Number(other === trial))))
  const sorted = others.sort((a, b) => a - b)
  const cut = hasInterval ? Math.floor(0.025 * sorted.length) : 0
  const estimate: Estimate = {
    value: n > 0 ? at(once(n)) : Number.NaN,
    low: sorted[cut] ?? Number.NaN,
    high: sorted[sorted.length - 1 - cut] ?? Number.NaN,
    interval: hasInterval ? '95 %' : 'min-max',
    n,
  }
  ofCell.set(quantile, estimate)
  return estimate
}

/** The logarithm of a merged quantile, and its variance by a bootstrap over trials, unbiased for few of them. */
export interface MergedLog {
  log: number
  variance: number
  /** What it is the logarithm of: one over the other, microseconds; of one alone over 1. */
  of: [one: number, other: number]
}

/**
 * The logarithm of one merged quantile over another's, or of one alone.
 * @param below trial by trial of the same rounds, which are drawn together.
 */
export function mergedLog(
  above: readonly ResultRecord[],
  quantile: number,
  below?: readonly ResultRecord[],
): MergedLog {
  const n = above.length
  const [one, other]: [Merged, Merged] = [merged(above, quantile), below ? merged(below, quantile) : () => 1]
  const logOf: Merged = (times) => Math.log(one(times)) - Math.log(other(times))
  const logs = resamplesOf(n).slice(0, RESAMPLES_FOR_ERROR).map(logOf)
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length
  const spread = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / logs.length
  const of = [one(once(n)), other(once(n))] as MergedLog['of']
  return { log: Math.log(of[0]) - Math.log(of[1]), variance: (spread * n) / (n - 1), of }
}
