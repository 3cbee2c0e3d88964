import type { ResultRecord, Run } from '../../results/record.ts'
import type { Point, Scenario } from '../../results/scenario.ts'
import { say } from '../words/say.ts'
import { pairIn } from './aa-pair.ts'
import { type Cell, type MeasuredScenario, registryPosition, titleOf } from './cells.ts'
import type { Finding } from './finding.ts'
import { checkCell, checkNoise, checkRun } from './gate.ts'

/**
 * Records as scenarios and cells, each cell with what the gate says of it, in an order that does not depend on the order of
 * measuring. Nobody else makes cells: who shows, ranks or compares them, holds them against bounds or tries claims by them
 * takes these, so that a figure has one badge everywhere.
 * @param run whose findings count for every cell; left out: none.
 */
export function measuredScenarios(records: readonly ResultRecord[], run?: Run): MeasuredScenario[] {
  const byScenario = Map.groupBy(records, ({ scenario }) => scenario.name)
  const ofRun: Finding[] = run ? checkRun(run) : []
  const measured = [...byScenario.values()]
    .map((ofScenario): MeasuredScenario => {
      const { scenario } = ofScenario[0] as ResultRecord
      const cells = cellsOf(ofScenario, scenario, ofRun)
      return { scenario, cells, ...(run && isCutShort(run, scenario, cells) && { unranked: CUT_SHORT }) }
    })
    .sort(
      ({ scenario: a }, { scenario: b }) =>
        order(a) - order(b) || b.trials - a.trials || a.name.localeCompare(b.name),
    )
  const pair = pairIn(measured)
  const noise = checkNoise(pair)
  if (noise) ofRun.push(noise)
  return measured.map((one) => (pair ? { ...one, pair } : one))
}

const CUT_SHORT = say`The run was interrupted: what is missing could change it.`

/** Whether an interrupted run has nothing at all of a cell that it planned. */
function isCutShort({ partial, planned }: Run, { name }: Scenario, cells: readonly Cell[]): boolean {
  const ofScenario = planned.filter(({ scenario }) => scenario === name)
  return partial && cells.length < ofScenario.length
}

function cellsOf(records: readonly ResultRecord[], { sweep }: Scenario, ofRun: readonly Finding[]): Cell[] {
  // What a search tries is no list beforehand, but numbers.
  const place = ({ at }: Point) => (at && sweep ? sweep.values.indexOf(at.value) : Number(at?.value ?? 0))
  const groups = Map.groupBy(records, ({ technique, copy, point }) =>
    JSON.stringify([technique, copy, point.at?.axis, point.at?.value]),
  )
  return [...groups.values()]
    .map((group): Cell => {
      const { technique, copy, point } = group[0] as ResultRecord
      const sorted = group.toSorted((a, b) => a.trial - b.trial)
      const cell = { technique, copy, title: titleOf(technique, copy), point, records: sorted }
      return { ...cell, findings: checkCell(cell), ofRun }
    })
    .sort(
      (a, b) =>
        place(a.point) - place(b.point) ||
        registryPosition(a.technique) - registryPosition(b.technique) ||
        a.technique.localeCompare(b.technique) ||
        a.copy - b.copy,
    )
}

/** Comparisons of techniques first (the most repeated before others), sweeps after them, those beyond the quick suite last. */
function order({ sweep, suite }: Scenario): number {
  return (suite === 'quick' ? 0 : 2) + (sweep ? 1 : 0)
}
