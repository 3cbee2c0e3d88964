import type { ResultRecord } from '../../results/record.ts'
import { fromLogs, pairedRatio, type Ratio, unpairedRatio } from '../statistics/ratio.ts'
import { type Cell, pairsOf, valuesOf } from './cells.ts'
import { type FigureName, mergedQuantileOf, valueIn } from './figures.ts'
import { type MergedLog, mergedLog } from './merged.ts'

/**
 * How many times a figure of one cell is that of another, over the rounds that both have. What is read from the delays of
 * all trials together has the interval of Student's t as all others, its standard error by a bootstrap over rounds, or that of
 * the trials' own ratios where this is more: a few trials' bootstrap takes the upper end of delays for too sure.
 */
export function pairedRatioOf(a: Cell, b: Cell, figure: FigureName): Ratio {
  const quantile = mergedQuantileOf(figure)
  if (quantile === undefined) return pairedRatio(pairsOf(a, b, figure))
  const byTrial = new Map(timed(b).map((record) => [record.trial, record]))
  const above = timed(a).filter(({ trial }) => byTrial.has(trial))
  const below = above.map(({ trial }) => byTrial.get(trial) as ResultRecord)
  const n = above.length
  const { log, variance, of } = mergedLog(above, quantile, below)
  const ratios = above.map((record, i) => valueIn(record, figure) / valueIn(below[i] as ResultRecord, figure))
  const ends = [Math.exp(log), ...ratios]
  const ownVariance = varianceOf(ratios.map(Math.log)) / n
  return {
    ...fromLogs(log, Math.sqrt(Math.max(variance, ownVariance)), n - 1),
    ...{ n, of },
    ...(n > 0 && { extremes: [Math.min(...ends), Math.max(...ends)] }),
  }
}

/** The same of cells whose rounds have nothing to do with each other: those of two runs. */
export function unpairedRatioOf(a: Cell, b: Cell, figure: FigureName): Ratio {
  const quantile = mergedQuantileOf(figure)
  const sides = [a, b] as const
  if (quantile === undefined) {
    const [above, below] = sides.map((cell) => valuesOf(cell, figure).filter(Number.isFinite))
    return unpairedRatio(above as number[], below as number[])
  }
  const [above, below] = sides.map((cell) => {
    const records = timed(cell)
    const { log, variance, of } = mergedLog(records, quantile)
    const n = records.length
    const own = varianceOf(records.map((record) => Math.log(valueIn(record, figure)))) / n
    return { log, variance: Math.max(variance, own), n, value: of[0] }
  }) as [Side, Side]
  const variance = above.variance + below.variance
  const degrees =
    variance === 0
      ? above.n + below.n - 2
      : variance ** 2 / (above.variance ** 2 / (above.n - 1) + below.variance ** 2 / (below.n - 1))
  return {
    ...fromLogs(above.log - below.log, Math.sqrt(variance), degrees),
    n: Math.min(above.n, below.n),
    of: [above.value, below.value],
  }
}

type Side = Omit<MergedLog, 'of'> & { n: number; value: number }

function timed({ records }: Cell): ResultRecord[] {
  return records.filter(({ latency }) => latency.n > 0)
}

function varianceOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
}
