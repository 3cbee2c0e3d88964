import { decodeFromCompressedBase64 } from 'hdr-histogram-js'
import { type Estimate, estimate } from '../statistics/estimate.ts'
import { supportsPercentile } from '../statistics/percentile-support.ts'
import type { Cell } from './cells.ts'

/** A quantile's delay over the trials, microseconds. */
export interface PercentilePoint extends Estimate {
  /** 0 to 1. */
  quantile: number
}

const QUANTILES = [0, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.995, 0.999]

/**
 * The cell's percentile curve: of each quantile the median over trials, as every other figure, as far as the samples of
 * each trial allow. Within a trial all subscribers are one histogram.
 */
export function percentileCurve(
  { records }: Cell,
  quantiles: readonly number[] = QUANTILES,
): PercentilePoint[] {
  const histograms = records
    .filter(({ latency }) => latency.n > 0)
    .map(({ latency }) => decodeFromCompressedBase64(latency.hdr))
  if (histograms.length === 0) return []
  const samples = Math.min(...histograms.map(({ totalCount }) => totalCount))
  return quantiles
    .filter((quantile) => supportsPercentile(quantile, samples))
    .map((quantile) => ({
      quantile,
      ...estimate(histograms.map((histogram) => histogram.getValueAtPercentile(quantile * 100))),
    }))
}
