import type { Estimate } from '../statistics/estimate.ts'
import { type Cell, figureOf, lackAt } from './cells.ts'
import { mergedPercentile } from './merged.ts'

/** A quantile's delay over the trials, microseconds. */
export interface PercentilePoint extends Estimate {
  /** 0 to 1. */
  quantile: number
}

const QUANTILES = [0, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.995, 0.999]

/**
 * The cell's percentile curve: quantiles of the delays of all trials together, as far as events and moments allow; p50 is
 * the geometric mean over trials, as everywhere. A quantile that it would contradict is left out.
 */
export function percentileCurve(
  cell: Pick<Cell, 'records'>,
  quantiles: readonly number[] = QUANTILES,
): PercentilePoint[] {
  if (cell.records.every(({ latency }) => latency.n === 0)) return []
  const median = figureOf(cell, 'p50Us')
  return (
    quantiles
      .filter((quantile) => lackAt(cell, quantile) === undefined)
      .map((quantile) => ({
        quantile,
        ...(quantile === 0.5 ? median : mergedPercentile(cell.records, quantile)),
      }))
      // One trial that is far off may carry the mean of the medians beyond what most delays are.
      .filter(({ quantile, value }) => (quantile - 0.5) * (value - median.value) >= 0)
  )
}
