import type { ResultRecord } from '../../results/record.ts'
import type { Point, Scenario } from '../../results/scenario.ts'
import { entryOf, registry } from '../../server/registry.ts'
import { type Estimate, estimate } from '../statistics/estimate.ts'
import { supportsPercentile } from '../statistics/percentile-support.ts'
import { said, say, type Text } from '../words/say.ts'
import { type FigureName, quantileOf, valueIn } from './figures.ts'
import type { Finding } from './finding.ts'

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

/** A figure of a cell over its trials. */
export function figureOf(cell: Pick<Cell, 'records'>, figure: FigureName): Estimate {
  return estimate(valuesOf(cell, figure))
}

/** A figure of a cell trial by trial. */
export function valuesOf({ records }: Pick<Cell, 'records'>, figure: FigureName): number[] {
  return records.map((record) => valueIn(record, figure))
}

/** Samples of the trial that has fewest of those that a figure is told by. */
export function samplesOf({ records }: Pick<Cell, 'records'>, figure: FigureName): number {
  const isRoundTrip = figure.startsWith('roundTrip')
  return Math.min(...records.map(({ latency, roundTrip }) => (isRoundTrip ? (roundTrip?.n ?? 0) : latency.n)))
}

/** Whether a cell has a figure, and of a percentile in every trial samples enough to tell it. */
export function isTold(cell: Cell, figure: FigureName): boolean {
  const quantile = quantileOf(figure)
  return (
    Number.isFinite(figureOf(cell, figure).value) &&
    (quantile === undefined || supportsPercentile(quantile, samplesOf(cell, figure)))
  )
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
