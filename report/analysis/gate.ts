import type { Run } from '../../results/record.ts'
import { say } from '../words/say.ts'
import { noiseIn, ratioOf } from './aa-pair.ts'
import { cellChecks } from './cell-checks.ts'
import { type Cell, isTold, type Pair } from './cells.ts'
import { type FigureName, isTimedKind, type Kind, kindOf } from './figures.ts'
import { type Badge, type Finding, percent, type Reading, timed, worstOf } from './finding.ts'
import { isTimed, LEVEL, NOISE } from './rules.ts'

/** How what is timed is read where nothing else is said: in milliseconds. */
type Timed = 'compared' | 'absolute'

/** What the gate has to say of a cell itself, worst first. Where nothing was to be timed, no delay has a fault. */
export function checkCell(cell: Omit<Cell, 'findings' | 'ofRun'>): Finding[] {
  const scenario = cell.records[0]?.scenario
  return cellChecks
    .flatMap((check) => check(cell) ?? [])
    .filter(({ touches }) => (scenario && isTimed(scenario)) || touches.counted || touches.wire)
    .sort((a, b) => WORST_FIRST.indexOf(worstOf(a)) - WORST_FIRST.indexOf(worstOf(b)))
}

/** What the gate says of a run as a whole: an interruption and files that differed touch no figure. */
export function checkRun(run: Run): Finding[] {
  const findings: Finding[] = []
  if (run.partial) {
    findings.push({
      check: 'complete',
      touches: {},
      reason: say`The run was interrupted; ${run.plannedTrials} trials were planned.`,
      remedy: 'Go on with it (--resume), or measure again.',
    })
  }
  if (run.environment.cores <= 2) {
    findings.push({
      check: 'shared cores',
      touches: { absolute: 'use with care' },
      reason: say`Server and load share ${run.environment.cores} cores and slow each other down.`,
      remedy: 'Compare techniques with each other; do not take the delays for those of a server of your own.',
    })
  }
  if (run.shared) {
    findings.push({
      check: 'shared machine',
      touches: timed('use with care'),
      reason: 'Another measurement may have run on this machine at the same time (--share).',
      remedy: 'Measure again, without --share.',
    })
  }
  if (run.environment.dirty) {
    findings.push({
      check: 'commit',
      touches: {},
      reason: 'Files differed from the commit that the records name.',
      remedy: 'Commit before measuring what is to be quoted.',
    })
  }
  return findings
}

/** What the run's A/A pair says of all that is timed. */
export function checkNoise(pair: Pair | undefined): Finding | undefined {
  if (!pair) return undefined
  const { value, p } = ratioOf(pair, 'p50Us')
  const off = Math.abs(value - 1)
  if (!(off > NOISE.care)) return undefined
  return {
    check: 'A/A',
    touches: {
      // Large, and more than the scatter of the trials explains: then the order of measuring matters.
      compared: off > NOISE.notValid && p < LEVEL ? 'not valid' : 'use with care',
      absolute: 'use with care',
    },
    reason: say`${pair.first.title} in ${pair.scenario}, measured twice, differed by ${percent(off)} from itself: no difference below ${percent(noiseIn(pair, 'p50Us'))} means anything.`,
    remedy: 'Measure more trials on a quieter machine.',
  }
}

/** The badge that the gate gives what is of a kind in a cell; `as` is how it is read, where it is timed. */
export function badgeFor({ findings, ofRun, records }: Cell, kind: Kind, as: Timed = 'absolute'): Badge {
  if (kind === 'delivery') return 'valid'
  const isTimedHere = isTimedKind(kind)
  if (isTimedHere && records[0] && !isTimed(records[0].scenario)) return 'not measured'
  const reading: Reading = isTimedHere ? as : kind === 'wire' ? 'wire' : 'counted'
  const faults = [...findings, ...ofRun]
    .filter(({ delaysAlone }) => !(delaysAlone && kind === 'cost'))
    .map(({ touches }) => touches[reading] ?? (reading === 'wire' ? touches.counted : undefined))
  if (faults.includes('not valid')) return 'not valid'
  return faults.includes('use with care') ? 'use with care' : 'valid'
}

/** The badge that the gate gives a figure of a cell. */
export function badgeOf(cell: Cell, figure: FigureName, as?: Timed): Badge {
  return badgeFor(cell, kindOf(figure), as)
}

/** Whether the gate lets a figure of a cell pass. */
export function isValid(cell: Cell, figure: FigureName, as?: Timed): boolean {
  return passes(badgeOf(cell, figure, as))
}

/** The same, where there is one, and samples enough to tell it. */
export function hasValidFigure(cell: Cell, figure: FigureName, as?: Timed): boolean {
  return isValid(cell, figure, as) && isTold(cell, figure)
}

/** Whether what has a badge may be ranked, compared and held against a bound. */
export function passes(badge: Badge): boolean {
  return badge === 'valid' || badge === 'use with care'
}

const WORST_FIRST: readonly Badge[] = ['not valid', 'use with care', 'valid', 'not measured']

/** The worst of some badges: what was not planned to be measured counts only where there is nothing else. */
export function worst(badges: readonly Badge[]): Badge {
  return WORST_FIRST.find((badge) => badges.includes(badge)) ?? 'not measured'
}
