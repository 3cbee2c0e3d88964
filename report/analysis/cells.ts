import type { ResultRecord } from '../../results/record.ts'
import type { Point, Scenario } from '../../results/scenario.ts'
import { entryOf, registry } from '../../server/registry.ts'
import { type Estimate, estimate } from '../statistics/estimate.ts'
import { said, say, type Text } from '../words/say.ts'
import { type FigureName, figures } from './figures.ts'
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
  records: ResultRecord[]
  /** What the gate says of all cells of its scenario, or of its run; see measured-scenarios.ts. */
  shared?: readonly Finding[]
}

/** A scenario as it was measured. */
export interface MeasuredScenario {
  scenario: Scenario
  /** Why nothing of it may be ranked, whatever its cells are like; left out where it may. */
  unranked?: Text
  /** Whether its charts are left to the page's script, for the drawings would make the file too large. */
  isUndrawn?: true
  /** By position in the sweep, then in the registry. */
  cells: Cell[]
}

/** Sorts records into scenarios and cells, in an order that does not depend on the order of measuring. */
export function measuredScenarios(records: readonly ResultRecord[]): MeasuredScenario[] {
  const byScenario = Map.groupBy(records, ({ scenario }) => scenario.name)
  return [...byScenario.values()]
    .map((ofScenario) => {
      const { scenario } = ofScenario[0] as ResultRecord
      return { scenario, cells: cellsOf(ofScenario, scenario) }
    })
    .sort(
      ({ scenario: a }, { scenario: b }) =>
        order(a) - order(b) || b.trials - a.trials || a.name.localeCompare(b.name),
    )
}

/** A figure of a cell over its trials. */
export function figureOf(cell: Cell, figure: FigureName): Estimate {
  return estimate(cell.records.map(figures[figure]))
}

/** A figure of two cells, trial by trial of the same round; trials that one of them lacks are left out. */
export function pairsOf(a: Cell, b: Cell, figure: FigureName): [number, number][] {
  const byTrial = new Map(b.records.map((record) => [record.trial, record]))
  return a.records.flatMap((record): [number, number][] => {
    const other = byTrial.get(record.trial)
    return other ? [[figures[figure](record), figures[figure](other)]] : []
  })
}

/** Events of the cell that did not arrive exactly once and in order, over all trials. */
export function failedDeliveries(cell: Cell): { lost: number; duplicated: number; reordered: number } {
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

/** Whether a cell is a technique to choose: neither the second of an A/A pair nor the floor. */
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

function cellsOf(records: readonly ResultRecord[], { sweep }: Scenario): Cell[] {
  // What a search tries is no list beforehand, but numbers.
  const place = ({ at }: Point) => (at && sweep ? sweep.values.indexOf(at.value) : Number(at?.value ?? 0))
  const groups = Map.groupBy(records, ({ technique, copy, point }) =>
    JSON.stringify([technique, copy, point.at?.value]),
  )
  return [...groups.values()]
    .map((group) => {
      const { technique, copy, point } = group[0] as ResultRecord
      return {
        technique,
        copy,
        title: titleOf(technique, copy),
        point,
        records: group.sort((a, b) => a.trial - b.trial),
      }
    })
    .sort(
      (a, b) =>
        place(a.point) - place(b.point) ||
        registryPosition(a.technique) - registryPosition(b.technique) ||
        a.technique.localeCompare(b.technique) ||
        a.copy - b.copy,
    )
}

/** Comparisons of techniques first (the most repeated before others), sweeps after them, the full suite's last. */
function order({ sweep, suite }: Scenario): number {
  return (suite === 'full' ? 2 : 0) + (sweep ? 1 : 0)
}
