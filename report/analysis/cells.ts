import type { ResultRecord } from '../../results/record.ts'
import type { Point, Scenario } from '../../results/scenario.ts'
import { entryOf, registry } from '../../server/registry.ts'
import { type Estimate, geometricEstimate } from '../statistics/estimate.ts'
import { lacks, type Support } from '../statistics/percentile-support.ts'
import { said, say, type Text } from '../words/say.ts'
import { type FigureName, mergedQuantileOf, quantileOf, valueIn } from './figures.ts'
import type { Finding } from './finding.ts'
import { mergedPercentile } from './merged.ts'

/** All trials of one technique at one point of a scenario. */
export interface Cell {
  technique: string
  /** 2 for the second cell of an A/A pair. */
  copy: 1 | 2
  /** What people call the technique. */
  title: Text
  point: Point
  /** In the order of their trial numbers; never empty. */
  records: readonly ResultRecord[]
  /** What the gate says of it, worst first. */
  findings: readonly Finding[]
  /** What the gate says of the whole run, and so of this cell, too. It is said once, of the run. */
  ofRun: readonly Finding[]
}

/** One technique measured twice under two labels: what they differ by is what the harness makes up. */
export interface Pair {
  scenario: string
  first: Cell
  again: Cell
}

/** A scenario as it was measured. */
export interface MeasuredScenario {
  scenario: Scenario
  /** Why nothing of it may be ranked, whatever its cells are like; left out where it may. */
  unranked?: Text
  /** The A/A pair of the run, which lends its noise to every comparison; left out where there is none. */
  pair?: Pair
  /** Whether its charts are left to the page's script, for the drawings would make the file too large. */
  isUndrawn?: true
  /** By position in the sweep, then in the registry. */
  cells: Cell[]
}

/**
 * A figure of a cell over its trials: the geometric mean, which divides to the ratio that stands beside it, but a p99 of all
 * delays together, and the longest of all of them, which no mean would show.
 */
export function figureOf(cell: Pick<Cell, 'records'>, figure: FigureName): Estimate {
  const quantile = mergedQuantileOf(figure)
  if (quantile !== undefined) return mergedPercentile(cell.records, quantile)
  const over = geometricEstimate(valuesOf(cell, figure))
  if (figure !== 'maxUs') return over
  const values = valuesOf(cell, figure).filter(Number.isFinite)
  if (values.length === 0) return over
  const [low, high] = [Math.min(...values), Math.max(...values)]
  return { ...over, value: high, low, high, interval: 'min-max' }
}

/** A figure of a cell trial by trial. */
export function valuesOf({ records }: Pick<Cell, 'records'>, figure: FigureName): number[] {
  return records.map((record) => valueIn(record, figure))
}

/** What a percentile of a cell lacks for it to be told, and how many of it there are. */
export interface Lack {
  of: keyof Support
  n: number
}

/** What a figure of a cell lacks; undefined where nothing, or where it takes nothing. */
export function lackOf(cell: Pick<Cell, 'records'>, figure: FigureName): Lack | undefined {
  const quantile = quantileOf(figure)
  return quantile === undefined ? undefined : lackAt(cell, quantile, figure)
}

/**
 * The same of any percentile of the delays.
 * @param figure whose samples count: over all trials; where their histograms are not kept, those of the trial that has fewest.
 */
export function lackAt(
  { records }: Pick<Cell, 'records'>,
  quantile: number,
  figure: FigureName = 'p99Us',
): Lack | undefined {
  const timed = records.filter(({ latency }) => latency.n > 0)
  const isRoundTrip = figure.startsWith('roundTrip')
  const samples = timed.map(({ latency, roundTrip }) => (isRoundTrip ? (roundTrip?.n ?? 0) : latency.n))
  const isMerged = mergedQuantileOf(figure) !== undefined
  const events = isMerged ? samples.reduce((sum, n) => sum + n, 0) : Math.min(...samples)
  const support = { events, moments: timed.reduce((sum, record) => sum + momentsOf(record), 0) }
  const of = lacks(quantile, support)
  return of && { of, n: support[of] }
}

/** The distinct times at which the events of a window were due. */
function momentsOf({ eventsPublished, point: { feed } }: ResultRecord): number {
  return eventsPublished / (feed.schedule.kind === 'bursts' ? feed.schedule.burstEvents : 1)
}

/** Whether a cell has a figure, and of a percentile events and moments enough to tell it. */
export function isTold(cell: Cell, figure: FigureName): boolean {
  return Number.isFinite(figureOf(cell, figure).value) && lackOf(cell, figure) === undefined
}

/** A figure of two cells, trial by trial of the same round; trials that one of them lacks are left out. */
export function pairsOf(a: Cell, b: Cell, figure: FigureName): [number, number][] {
  const byTrial = new Map(b.records.map((record) => [record.trial, record]))
  return a.records.flatMap((record): [number, number][] => {
    const other = byTrial.get(record.trial)
    return other ? [[valueIn(record, figure), valueIn(other, figure)]] : []
  })
}

/** Events of the cell that did not arrive exactly once and in order, over all trials. */
export function failedDeliveries(cell: Pick<Cell, 'records'>): {
  lost: number
  duplicated: number
  reordered: number
} {
  const sum = (of: (record: ResultRecord) => number) =>
    cell.records.reduce((total, record) => total + of(record), 0)
  return {
    lost: sum(({ account }) => account.lost),
    duplicated: sum(({ account }) => account.duplicated),
    reordered: sum(({ account }) => account.reordered),
  }
}

/** The cells of each technique, in the order of the sweep. */
export function byTechnique(cells: readonly Cell[]): Cell[][] {
  return [...Map.groupBy(cells, ({ technique }) => technique).values()]
}

/** Whether a cell is a technique beside others: neither the second of an A/A pair nor the floor. */
export function isCandidate(cell: Cell): boolean {
  return cell.copy === 1 && !isFloor(cell)
}

/** Whether a cell is the harness's own floor, which nobody chooses. */
export function isFloor({ technique }: Cell): boolean {
  return entryOf(technique)?.family === 'floor'
}

/** Position in the registry; what is not in it comes last. */
export function registryPosition(technique: string): number {
  const position = registry.findIndex(({ name }) => name === technique)
  return position < 0 ? registry.length : position
}

/** What people call a technique; its name where it is in no registry. */
export function titleOf(technique: string, copy: 1 | 2 = 1): Text {
  const title = said(entryOf(technique)?.title ?? technique)
  return copy === 2 ? say`${title}, again` : title
}
