import { instrumentOf, type ResultRecord, type Run } from '../../results/record.ts'
import type { Scenario } from '../../results/scenario.ts'
import { compared } from '../columns.ts'
import { holm } from '../statistics/holm.ts'
import type { Ratio } from '../statistics/ratio.ts'
import { clauses, said, say, type Text } from '../words/say.ts'
import { noiseIn } from './aa-pair.ts'
import { type Cell, isTold, type MeasuredScenario, valuesOf } from './cells.ts'
import { areReadAlike, rangesApart, seenFrom, toldBy } from './comparison.ts'
import { type FigureName, isRecorded, isTimedKind, kindOf } from './figures.ts'
import type { Badge } from './finding.ts'
import { badgeOf, passes } from './gate.ts'
import { measuredScenarios } from './measured-scenarios.ts'
import { unpairedRatioOf } from './ratios.ts'

/** A run as it is read from its folder. */
export interface ReadRun {
  run: Run
  records: readonly ResultRecord[]
}

/**
 * What became of a figure from one run to another. Notable first. not recorded: one of the runs is of a time that did not
 * record it.
 */
export const outcomes = [
  'worse',
  'newly not valid',
  'better',
  'not told apart',
  'not valid',
  'not recorded',
  'same within noise',
] as const
export type Outcome = (typeof outcomes)[number]

/** One figure of one cell, in the old run and in the new. */
export interface Change {
  scenario: string
  cell: Cell
  figure: FigureName
  /** What divides to the ratio: see Ratio; of what is counted the mean. */
  before: number
  after: number
  /** New over old: above 1 is worse, for lower is better in all figures. */
  ratio: Ratio
  /** From which difference on, as a share, such trials would have told one; 0 of what is counted. */
  seenFrom: number
  outcome: Outcome
}

/** A cell that only one of two runs has. */
export interface Place {
  scenario: string
  cell: Cell
}

/** All that changed from one run to another. */
export interface Changes {
  /** Notable first. */
  changes: Change[]
  /** What the old run has, and the new one lacks. */
  gone: Place[]
  added: Place[]
  /** Set where different instruments measured the two: their delays are not compared. */
  instruments?: [before: string, after: string]
}

/** Why two runs cannot be compared as they are: what differs of machine, software or scenarios. Empty: they can. */
export function unlikeness(before: ReadRun, after: ReadRun): Text[] {
  const [a, b] = [before.run.environment, after.run.environment]
  const facts = ['os', 'cpuModel', 'cores', 'memoryBytes', 'loopbackMtuBytes'] as const
  const differing: Text[] = facts
    .filter((fact) => a[fact] !== b[fact])
    .map((fact) => say`${fact}: ${a[fact] ?? 'unknown'} against ${b[fact] ?? 'unknown'}`)
  if (a.versions.node !== b.versions.node)
    differing.push(say`Node.js: ${a.versions.node ?? 'unknown'} against ${b.versions.node ?? 'unknown'}`)
  const agents = [before, after].map(({ run }) => run.agents ?? 1) as [number, number]
  if (agents[0] !== agents[1]) differing.push(say`load agents: ${agents[0]} against ${agents[1]}`)
  const scenariosOf = ({ records }: ReadRun) =>
    new Map(records.map(({ scenario }) => [scenario.name, scenario]))
  const old = scenariosOf(before)
  for (const [name, now] of scenariosOf(after)) {
    const then = old.get(name)
    if (!then) continue
    const parts = CONDITIONS.filter((part) => JSON.stringify(then[part]) !== JSON.stringify(now[part]))
    if (parts.length > 0) differing.push(say`scenario ${name}: another ${clauses(parts.map(said))}`)
  }
  return differing
}

/** What of a scenario makes what is measured. */
const CONDITIONS = [
  'feed',
  'load',
  'variant',
  'network',
  'stall',
  'breaks',
  'sweep',
  'search',
] as const satisfies (keyof Scenario)[]

/**
 * The changes from one run to another, cell by cell. What is timed is called worse or better when Welch's test on the
 * logarithms is significant after Holm's correction over all figures of all cells, and the ratio is larger than the noise
 * of either run: over the cells of one figure at a time a build would fail for nothing in more than one of twenty. Of what is counted, which does not scatter, a single byte shows; of deliveries, a single event.
 */
export function compareRuns(before: ReadRun, after: ReadRun): Changes {
  const [old, now] = [before, after].map(({ run, records }) =>
    measuredScenarios(records, run).filter(({ scenario }) => !scenario.search),
  ) as [MeasuredScenario[], MeasuredScenario[]]
  const cells = (scenarios: readonly MeasuredScenario[]) =>
    scenarios.flatMap(({ scenario, cells: all }) => all.map((cell) => ({ scenario: scenario.name, cell })))
  const [had, has] = [cells(old), cells(now)]
  const both = had.flatMap((place) => {
    const twin = has.find((other) => keyOf(other) === keyOf(place))
    return twin ? [[place, twin] as const] : []
  })
  const missing = (of: readonly Place[], from: readonly Place[]) =>
    of.filter((place) => !from.some((other) => keyOf(other) === keyOf(place)))
  const instruments = [before, after].map(({ records }) =>
    records[0] ? instrumentOf(records[0]) : undefined,
  )
  const isOtherInstrument = instruments[0] !== instruments[1]
  const figures = compared.filter((figure) => !(isOtherInstrument && kindOf(figure) === 'delay'))
  const family = figures.flatMap((figure) => {
    const noise = Math.max(noiseIn(old[0]?.pair, figure), noiseIn(now[0]?.pair, figure))
    return both.flatMap(([then, place]) => {
      const change = changeOf(then.cell, place, figure, noise)
      return change ? [{ change, noise }] : []
    })
  })
  const open = family.filter(({ change }) => change.outcome === undefined)
  const adjusted = holm(open.map(({ change }) => change.ratio.p))
  const changes = family.map((one): Change => {
    const { change, noise } = one
    const p = adjusted[open.indexOf(one)] ?? Number.NaN
    return { ...change, outcome: change.outcome ?? timedOutcome(change.ratio, p, noise) }
  })
  return {
    changes: changes.sort((a, b) => weight(a) - weight(b)),
    gone: missing(had, has),
    added: missing(has, had),
    ...(isOtherInstrument && { instruments: instruments as [string, string] }),
  }
}

/** A change of which the outcome is left out where the family of all cells decides on it; undefined where there is none to tell. */
function changeOf(
  old: Cell,
  { scenario, cell }: Place,
  figure: FigureName,
  noise: number,
): (Omit<Change, 'outcome'> & { outcome?: Outcome }) | undefined {
  if (!areReadAlike(old, cell, figure)) return undefined
  const kind = kindOf(figure)
  const ratio = isTimedKind(kind)
    ? unpairedRatioOf(cell, old, figure)
    : ratioOfMeans(finite(cell, figure), finite(old, figure))
  const [after, before] = ratio.of
  const change = {
    scenario,
    cell,
    figure,
    before,
    after,
    ratio,
    seenFrom: isTimedKind(kind) ? seenFrom(ratio, noise) : 0,
  }
  if (![old, cell].every(({ records }) => records.every((record) => isRecorded(record, figure))))
    return { ...change, outcome: 'not recorded' }
  const badges = [old, cell].map((one) => badgeOf(one, figure, 'compared'))
  const [had, has] = [old, cell].map((one) => isTold(one, figure)) as [boolean, boolean]
  if (badges.includes('not measured') || (!had && !has)) return undefined
  // Where nothing was lost nothing is to be told, cell by cell.
  if (kind === 'delivery' && before === 0 && after === 0) return undefined
  const [wasValid, isValid] = [had && passes(badges[0] as Badge), has && passes(badges[1] as Badge)]
  if (wasValid && !isValid) return { ...change, outcome: 'newly not valid' }
  if (!wasValid || !isValid) return { ...change, outcome: 'not valid' }
  if (isTimedKind(kind)) return change
  // One event lost where none was is news, in however few of the trials.
  const isOther =
    kind === 'delivery' && before * after === 0 ? before !== after : rangesApart(old, cell, figure)
  return { ...change, outcome: !isOther ? 'same within noise' : after > before ? 'worse' : 'better' }
}

function timedOutcome(ratio: Ratio, adjustedP: number, noise: number): Outcome {
  const told = toldBy(ratio, adjustedP, noise)
  if (told === 'apart') return ratio.value > 1 ? 'worse' : 'better'
  return told === 'same' ? 'same within noise' : 'not told apart'
}

function finite(cell: Cell, figure: FigureName): number[] {
  return valuesOf(cell, figure).filter(Number.isFinite)
}

/** Of what is counted, which may be 0 and does not scatter. */
function ratioOfMeans(after: readonly number[], before: readonly number[]): Ratio {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const of: Ratio['of'] = [mean(after), mean(before)]
  const value = of[0] / of[1]
  return { value, low: value, high: value, p: Number.NaN, n: Math.min(after.length, before.length), of }
}

function keyOf({ scenario, cell: { technique, copy, point } }: Place): string {
  return JSON.stringify([scenario, technique, copy, point.at?.axis, point.at?.value])
}

/** Notable first; the largest change first within each. */
function weight({ outcome, ratio }: Change): number {
  return outcomes.indexOf(outcome) * 1e3 - Math.min(999, Math.abs(Math.log(ratio.value)) || 0)
}
