import { median } from './median.ts'
import { medianInterval } from './median-interval.ts'

/** A figure of a cell, and how far it can be trusted. */
export interface Estimate {
  /** Median over trials where nothing else is said, in the figure's unit. */
  value: number
  /** With 6 trials or more, the 95 % interval, for a median by order statistics; else the smallest and the largest of a trial. */
  low: number
  high: number
  /** Which of the two it is. */
  interval: '95 %' | 'min-max'
  /** Number of trials that have the figure. */
  n: number
}

/** The estimate of a figure from one value a trial; trials without the figure, NaN, are left out. */
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
