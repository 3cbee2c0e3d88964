import type { Observation } from '../../results/observation.ts'
import type { Failure, ResultRecord } from '../../results/record.ts'
import type { RowContract, RowOf } from '../../results/rows/row.ts'
import type { Axis, AxisValue } from '../../results/scenario.ts'
import { type Cell, figureOf, lackOf, type MeasuredScenario, titleOf } from '../analysis/cells.ts'
import type { FigureName, Kind } from '../analysis/figures.ts'
import type { Badge } from '../analysis/finding.ts'
import { badgeFor, badgeOf, passes } from '../analysis/gate.ts'
import { TRIALS_FOR_INTERVAL, TRIALS_FOR_RANGE } from '../analysis/rules.ts'
import { atPosition } from '../axis.ts'
import { type Estimate, estimate } from '../statistics/estimate.ts'
import { say, type Text } from '../words/say.ts'
import type { Claim, Evidence, EvidenceNumber, Judgement, Unit, Verdict } from './claim.ts'
import { readRows } from './read-rows.ts'

/**
 * What rules look things up in: all cells and observations of a run. Scenarios whose settings are not the library's
 * are left out, for no rule was written for them.
 */
export function evidenceOf(
  measured: readonly MeasuredScenario[],
  observations: readonly Observation[],
  failures: readonly Failure[] = [],
): Evidence {
  const scenarios = measured.filter(({ scenario }) => !scenario.altered)
  return {
    scenarios,
    failures,
    scenario: (name) => scenarios.find(({ scenario }) => scenario.name === name),
    observation: (name) => observations.find(({ experiment }) => experiment === name),
  }
}

/**
 * The judgement that a rule over every point of a scenario cannot decide, because cells are missing: not tested where
 * all are, inconclusive where some are (a failed cell, an interrupted run); undefined where none is.
 */
export function incomplete(
  evidence: Evidence,
  needed: readonly { scenario: string; techniques: readonly string[] }[],
): Judgement | undefined {
  const places = needed.flatMap(({ scenario, techniques }) => {
    const measured = evidence.scenario(scenario)
    const sweep = measured?.scenario.sweep
    return techniques.flatMap((technique) =>
      (sweep?.values ?? [undefined]).map((value) => {
        const at = sweep && value !== undefined ? behind({ axis: sweep.axis, value }) : ''
        const isThere = cellAt(measured, technique, value) !== undefined
        return { isThere, place: say`${titleOf(technique)}${at} in ${scenario}` }
      }),
    )
  })
  const missing = places.filter(({ isThere }) => !isThere).map(({ place }) => place)
  const [first, ...others] = missing
  if (!first) return undefined
  const because =
    others.length === 0
      ? say`The run has no records of ${first}.`
      : others.length === 1
        ? say`The run has no records of ${first}, and of ${others.length} other cell.`
        : say`The run has no records of ${first}, and of ${others.length} other cells.`
  return judgement(missing.length === places.length ? 'not tested here' : 'inconclusive', because, [])
}

/** A position of a sweep behind what was measured there: ` at a round trip of 100 ms`. */
export function behind(position: { axis: Axis; value: AxisValue }): Text {
  return say` ${atPosition(position)}`
}

/** The cell of a technique, at a position of the sweep where there is one; never the second of an A/A pair. */
export function cellAt(
  measured: MeasuredScenario | undefined,
  technique: string,
  value?: AxisValue,
): Cell | undefined {
  return measured?.cells.find(
    (cell) => cell.technique === technique && cell.copy === 1 && cell.point.at?.value === value,
  )
}

/** The cells of a technique in the order of the sweep, without the second of an A/A pair. */
export function cellsOf(measured: MeasuredScenario | undefined, technique: string): Cell[] {
  return measured?.cells.filter((cell) => cell.technique === technique && cell.copy === 1) ?? []
}

/** What a figure is of, how it is written, and what the model or the claim says. */
export interface Meaning {
  what: Text
  unit: Unit
  expected?: number | undefined
}

/** An estimate as evidence. */
export function asEvidence(of: Estimate, badge: Badge, { what, unit, expected }: Meaning): EvidenceNumber {
  return { what, ...of, unit, badge, ...(expected !== undefined && { expected }) }
}

/** A figure of a cell as evidence, with its interval and the badge that the gate gives figures of its kind. */
export function fromCell(cell: Cell, figure: FigureName, meaning: Meaning): EvidenceNumber {
  return asEvidence(
    figureOf(cell, figure),
    lackOf(cell, figure) ? 'not valid' : badgeOf(cell, figure),
    meaning,
  )
}

/** What a function reads off each record of a cell as evidence, where no figure has a name for it; else as fromCell. */
export function fromRecords(
  cell: Cell,
  of: (record: ResultRecord) => number,
  { kind, ...meaning }: Meaning & { kind: Kind },
): EvidenceNumber {
  return asEvidence(estimate(cell.records.map(of)), badgeFor(cell, kind), meaning)
}

/**
 * Values that an experiment saw, one a repetition, as evidence. What is counted is valid when seen once; what is timed
 * has the badge that so many trials have.
 */
export function fromValues(
  values: readonly number[],
  { kind, ...meaning }: Meaning & { kind: 'timed' | 'counted' },
): EvidenceNumber {
  const n = values.length
  const timed = n < TRIALS_FOR_RANGE ? 'not valid' : n < TRIALS_FOR_INTERVAL ? 'use with care' : 'valid'
  const badge = kind === 'counted' ? 'valid' : timed
  return asEvidence(estimate(values), badge, meaning)
}

/** The judgement of what the run has no records of. */
export function notTested(because: Text): Judgement {
  return judgement('not tested here', because, [])
}

/** A judgement with why so, and the figures that it rests on. */
export function judgement(verdict: Verdict, because: Text, numbers: EvidenceNumber[]): Judgement {
  return { verdict, because, numbers }
}

/**
 * The rows of an experiment, or the judgement that there are none to read; outdated where they are there and lack a
 * column.
 */
export function rowsOf<Contract extends RowContract>(
  evidence: Evidence,
  contract: Contract,
): { rows: RowOf<Contract>[] } | { none: Judgement; isOutdated: boolean } {
  const observation = evidence.observation(contract.experiment)
  if (!observation) {
    const none = notTested(say`The run did not make the experiment ${contract.experiment}.`)
    return { none, isOutdated: false }
  }
  const read = readRows(observation, contract)
  return 'why' in read ? { none: notTested(read.why), isOutdated: read.isOutdated } : read
}

/** A rule over the rows of an experiment; where there are none to read, that is the judgement. */
export function byRows<Contract extends RowContract>(
  contract: Contract,
  judge: (rows: RowOf<Contract>[], evidence: Evidence) => Judgement,
): Claim['judge'] {
  return (evidence) => {
    const found = rowsOf(evidence, contract)
    return 'none' in found ? found.none : judge(found.rows, evidence)
  }
}

/** A rule over every cell of some techniques in a scenario; where one is missing, that is the judgement. */
export function byScenario(
  scenario: string,
  techniques: readonly string[],
  judge: (measured: MeasuredScenario) => Judgement,
): Claim['judge'] {
  return (evidence) =>
    incomplete(evidence, [{ scenario, techniques }]) ?? judge(evidence.scenario(scenario) as MeasuredScenario)
}

/** The judgement that nothing is decided, and why. */
export function inconclusive(because: Text, numbers: EvidenceNumber[] = []): Judgement {
  return judgement('inconclusive', because, numbers)
}

/** The judgement that figures do not decide, where the gate lets any that it hangs on not pass; else undefined. */
export function notValid(numbers: readonly EvidenceNumber[]): Judgement | undefined {
  const invalid = numbers.filter(({ badge }) => !passes(badge))
  const [first] = invalid
  if (!first) return undefined
  if (first.badge === 'not measured')
    return notTested(say`Its trials count, and time nothing: ${first.what}.`)
  const because = say`The gate voids ${invalid.length} of ${numbers.length} figures: ${first.what}.`
  return inconclusive(because, [...numbers])
}
