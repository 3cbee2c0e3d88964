import type { ResultRecord, Run } from '../../results/record.ts'
import { holm } from '../statistics/holm.ts'
import { type Ratio, unpairedRatio } from '../statistics/ratio.ts'
import { say, type Text } from '../words/say.ts'
import { type Cell, figureOf, type MeasuredScenario } from './cells.ts'
import { type FigureName, figures, kindOf } from './figures.ts'
import { badgeOf, checkCell, noiseOf } from './gate.ts'
import { measuredOf } from './measured-scenarios.ts'

/** A run as it is read from its folder. */
export interface ReadRun {
  run: Run
  records: readonly ResultRecord[]
}

/** What became of a figure from one run to another. */
export type Outcome = 'worse' | 'better' | 'same within noise' | 'not valid'

/** One figure of one cell, in the old run and in the new. */
export interface Change {
  scenario: string
  cell: Cell
  figure: FigureName
  before: number
  after: number
  /** New over old: above 1 is worse, for lower is better in all figures. */
  ratio: Ratio
  outcome: Outcome
}

const COMPARED: FigureName[] = [
  'p50Us',
  'p99Us',
  'roundTripP50Us',
  'bytesPerEvent',
  'requestsPerEvent',
  'serverCpuUsPer1000Events',
]
const LEVEL = 0.05

/** Why two runs cannot be compared as they are: what differs of machine, software or scenarios. Empty: they can. */
export function unlikeness(before: ReadRun, after: ReadRun): Text[] {
  const [a, b] = [before.run.environment, after.run.environment]
  const facts = ['os', 'cpuModel', 'cores', 'memoryBytes', 'loopbackMtuBytes'] as const
  const differing: Text[] = facts
    .filter((fact) => a[fact] !== b[fact])
    .map((fact) => say`${fact}: ${a[fact] ?? 'unknown'} against ${b[fact] ?? 'unknown'}`)
  if (a.versions.node !== b.versions.node)
    differing.push(say`Node.js: ${a.versions.node ?? 'unknown'} against ${b.versions.node ?? 'unknown'}`)
  const scenarios = new Map(before.records.map(({ scenario }) => [scenario.name, scenario]))
  for (const { name, feed, load, variant } of new Map(
    after.records.map(({ scenario }) => [scenario.name, scenario]),
  ).values()) {
    const old = scenarios.get(name)
    if (old && JSON.stringify([old.feed, old.load, old.variant]) !== JSON.stringify([feed, load, variant])) {
      differing.push(say`scenario ${name}: another feed, load or variant`)
    }
  }
  return differing
}

/**
 * The changes from one run to another, cell by cell. A difference is called worse or better when Welch's test on the
 * logarithms is significant after Holm's correction over all cells of that figure, and the ratio is larger than
 * what either run's A/A pair made up. Counted figures that do not scatter show a single byte.
 */
export function compareRuns(before: ReadRun, after: ReadRun): Change[] {
  const newScenarios = measuredOf(after.run, after.records)
  const changes = measuredOf(before.run, before.records).flatMap((old) => {
    const now = newScenarios.find(({ scenario }) => scenario.name === old.scenario.name)
    return now ? changesOf(old, now) : []
  })
  const adjusted = new Map(
    [...Map.groupBy(changes, ({ figure }) => figure).values()].flatMap((family) => {
      const p = holm(family.map(({ ratio }) => ratio.p))
      return family.map((change, i) => [change.ratio, p[i] as number] as const)
    }),
  )
  return changes
    .map(({ madeUp, isValid, ...change }) => {
      const same =
        !((adjusted.get(change.ratio) as number) < LEVEL) || Math.abs(change.ratio.value - 1) <= madeUp
      const outcome: Outcome = !isValid
        ? 'not valid'
        : same
          ? 'same within noise'
          : change.ratio.value > 1
            ? 'worse'
            : 'better'
      return { ...change, outcome }
    })
    .sort((a, b) => weight(a) - weight(b))
}

function changesOf(old: MeasuredScenario, now: MeasuredScenario) {
  const off = (scenario: MeasuredScenario) => Math.abs((noiseOf(scenario)?.ratio.value ?? 1) - 1)
  const noise = Math.max(off(old), off(now))
  return old.cells.flatMap((cell) => {
    const twin = now.cells.find((other) => sameCell(cell, other))
    if (!twin) return []
    return COMPARED.flatMap((figure) => {
      const [before, after] = [figureOf(cell, figure).value, figureOf(twin, figure).value]
      // Streams have no requests: there is no ratio of nothing.
      if (!(before > 0 && after > 0)) return []
      const kind = kindOf(figure)
      return [
        {
          scenario: now.scenario.name,
          cell: twin,
          figure,
          before,
          after,
          ratio: unpairedRatio(twin.records.map(figures[figure]), cell.records.map(figures[figure])),
          madeUp: kind === 'timed' ? noise : 0,
          isValid: [cell, twin].every((one) => badgeOf(checkCell(one), kind) !== 'not valid'),
        },
      ]
    })
  })
}

function sameCell(a: Cell, b: Cell): boolean {
  return a.technique === b.technique && a.copy === b.copy && a.point.at?.value === b.point.at?.value
}

/** Notable first: worse, better, not valid, the same; the largest change first within each. */
function weight({ outcome, ratio }: Change): number {
  const order: Outcome[] = ['worse', 'better', 'not valid', 'same within noise']
  return order.indexOf(outcome) * 1e3 - Math.min(999, Math.abs(Math.log(ratio.value)))
}
