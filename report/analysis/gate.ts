import type { Run } from '../../results/record.ts'
import { pairedRatio, type Ratio } from '../statistics/ratio.ts'
import { say } from '../words/say.ts'
import { cellChecks } from './cell-checks.ts'
import { type Cell, type MeasuredScenario, pairsOf } from './cells.ts'
import type { FigureName } from './figures.ts'
import { type Badge, type Finding, percent } from './finding.ts'

/** All that the gate has to say of a cell, worst first: of the cell itself, and of what it shares with others. */
export function checkCell(cell: Cell): Finding[] {
  return [...checkAlone(cell), ...(cell.shared ?? [])].sort((a, b) => severity(b.badge) - severity(a.badge))
}

/** What the gate has to say of a cell itself, worst first. */
export function checkAlone(cell: Cell): Finding[] {
  return cellChecks
    .flatMap((check) => check(cell) ?? [])
    .sort((a, b) => severity(b.badge) - severity(a.badge))
}

/** What the gate says of a run as a whole. */
export function checkRun(run: Run): Finding[] {
  const findings: Finding[] = []
  if (run.partial) {
    findings.push({
      check: 'complete',
      badge: 'not valid',
      touches: 'all',
      reason: say`The run was interrupted; ${run.plannedTrials} trials were planned.`,
      remedy: 'Measure again without an interruption.',
    })
  }
  if (run.environment.cores <= 2) {
    findings.push({
      check: 'shared cores',
      badge: 'use with care',
      touches: 'timed',
      reason: say`Server and load share ${run.environment.cores} cores and slow each other down.`,
      remedy: 'Compare techniques with each other; do not take the delays for those of a server of your own.',
    })
  }
  if (run.environment.dirty) {
    findings.push({
      check: 'commit',
      badge: 'use with care',
      touches: 'all',
      reason: 'Files differed from the commit that the records name.',
      remedy: 'Commit before measuring what is to be quoted.',
    })
  }
  return findings
}

/** The A/A pair of a scenario: the ratio of two cells that measured the same; undefined where there is none. */
export function noiseOf(
  { cells }: MeasuredScenario,
  figure: FigureName = 'p50Us',
): { cell: Cell; ratio: Ratio } | undefined {
  const again = cells.find(({ copy }) => copy === 2)
  const first = cells.find(({ copy, technique }) => copy === 1 && technique === again?.technique)
  if (!again || !first) return undefined
  return {
    cell: first,
    ratio: pairedRatio(pairsOf(again, first, figure)),
  }
}

/** What the A/A pair says of all timed figures of a scenario. */
export function checkNoise(scenario: MeasuredScenario): Finding | undefined {
  const noise = noiseOf(scenario)
  if (!noise) return undefined
  const off = Math.abs(noise.ratio.value - 1)
  if (off <= 0.05) return undefined
  return {
    check: 'A/A',
    // Large, and more than the scatter of the trials explains: then the order of measuring matters.
    badge: off > 0.15 && noise.ratio.p < 0.05 ? 'not valid' : 'use with care',
    touches: 'timed',
    reason: say`${noise.cell.title}, measured twice, differed by ${percent(off)} from itself: no smaller difference between techniques means anything.`,
    remedy: 'Measure more trials on a quieter machine.',
  }
}

/** The badge that a list of findings comes to, for figures of a kind. */
export function badgeOf(findings: readonly Finding[], kind: 'timed' | 'counted'): Badge {
  const touching = findings.filter(({ touches }) => touches === 'all' || kind === 'timed')
  if (touching.some(({ badge }) => badge === 'not valid')) return 'not valid'
  return touching.length > 0 ? 'use with care' : 'valid'
}

/** Whether the gate lets figures of a kind pass. */
export function isValid(cell: Cell, kind: 'timed' | 'counted'): boolean {
  return badgeOf(checkCell(cell), kind) !== 'not valid'
}

/** The higher the worse. */
function severity(badge: Badge): number {
  return ['valid', 'use with care', 'not valid'].indexOf(badge)
}
