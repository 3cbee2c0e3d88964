import { median } from './median.ts'
import { medianInterval } from './median-interval.ts'
import { fromLogs, moments } from './ratio.ts'

/** A figure of a cell, and how far it can be trusted. */
export interface Estimate {
  /** In the figure's unit. */
  value: number
  /** With 6 trials or more, the 95 % interval; else the smallest and the largest of a trial. */
  low: number
  high: number
  /** Which of the two it is. */
  interval: '95 %' | 'min-max'
  /** Number of trials that have the figure. */
  n: number
}

/** The median of one value a trial, its interval by order statistics; trials without the figure, NaN, are left out. */
export function estimate(all: readonly number[]): Estimate {
  const some = all.filter((value) => !Number.isNaN(value))
  const values = some.length > 0 ? some : all
  const interval = medianInterval(values)
  return {
    value: median(values),
    low: interval?.low ?? Math.min(...values),
    high: interval?.high ?? Math.max(...values),
    interval: interval ? '95 %' : 'min-max',
    n: some.length,
  }
}

/**
 * The geometric mean of one value a trial, its interval by Student's t on the logarithms: it divides to ratios, which are taken
 * so, too. The median where a trial has 0, for nothing is a multiple of that.
 */
export function geometricEstimate(all: readonly number[]): Estimate {
  const over = estimate(all)
  const logs = all.filter((value) => !Number.isNaN(value)).map(Math.log)
  // What does not scatter stays exact.
  if (!logs.every(Number.isFinite) || new Set(logs).size < 2) return over
  const { mean, variance } = moments(logs)
  const { value, low, high } = fromLogs(mean, Math.sqrt(variance / logs.length), logs.length - 1)
  return over.interval === '95 %' ? { ...over, value, low, high } : { ...over, value }
}
