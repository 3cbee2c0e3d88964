import { median } from './median.ts'

/** A figure of a cell: the median over its trials and their range. */
export interface Estimate {
  /** Median over trials, in the figure's unit. */
  value: number
  /** Smallest and largest of the trials. */
  low: number
  high: number
  /** Number of trials. */
  n: number
}

/** The estimate of a figure from one value a trial. */
export function estimate(values: readonly number[]): Estimate {
  return { value: median(values), low: Math.min(...values), high: Math.max(...values), n: values.length }
}

/** Whether the ranges of two figures meet: then the trials do not tell them apart, and neither is called better. */
export function sameWithinNoise(a: Estimate, b: Estimate): boolean {
  return a.low <= b.high && b.low <= a.high
}
