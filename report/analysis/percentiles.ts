import { decodeFromCompressedBase64 } from 'hdr-histogram-js'
import type { Cell } from './cells.ts'
import { mayShow } from './may-show.ts'

export interface PercentilePoint {
  /** 0 to 1. */
  quantile: number
  us: number
}

const QUANTILES = [0, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.995, 0.999]

/** The cell's percentile curve: all trials' histograms merged, as far as the samples allow. */
export function percentileCurve(
  { records }: Cell,
  quantiles: readonly number[] = QUANTILES,
): PercentilePoint[] {
  const [merged, ...others] = records.map(({ latency }) => decodeFromCompressedBase64(latency.hdr))
  if (!merged) return []
  for (const histogram of others) merged.add(histogram)
  return quantiles
    .filter((quantile) => mayShow(quantile, merged.totalCount))
    .map((quantile) => ({
      quantile,
      us: merged.getValueAtPercentile(quantile * 100),
    }))
}
