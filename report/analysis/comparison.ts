import { readerOf } from '../../results/versions.ts'
import { estimate } from '../statistics/estimate.ts'
import { holm } from '../statistics/holm.ts'
import { median } from '../statistics/median.ts'
import type { Ratio } from '../statistics/ratio.ts'
import { noiseIn } from './aa-pair.ts'
import { type Cell, figureOf, type Pair, valuesOf } from './cells.ts'
import { type FigureName, isTimedKind, kindOf } from './figures.ts'
import { type Badge, percent } from './finding.ts'
import { badgeOf, passes, worst } from './gate.ts'
import { pairedRatioOf } from './ratios.ts'
import { faultAbove, INSTRUMENT, LEVEL, PAIRS_FOR_RATIO, SAME_REACH, TRIALS_FOR_INTERVAL } from './rules.ts'
import { isCut, windowShare } from './window-share.ts'

/** apart: told to differ. same: told to be within noise of each other. untold: the trials do not tell. */
export type Told = 'apart' | 'same' | 'untold'

/** Two cells beside each other by a figure. */
export interface Comparison {
  /** The first over the second, over their common rounds. */
  ratio: Ratio
  told: Told
  /** The difference, as a share, from which on such trials would have told one; not a number where they tell none. */
  seenFrom: number
  /** The worse of what the gate gives the two as comparisons. */
  badge: Badge
}

/**
 * Compares a family of pairs by a figure. What is timed is told apart when the paired ratio is significant after Holm's
 * correction over the family, and differs from 1 by more than the run's noise; what is counted, which does not scatter,
 * when the ranges over the trials do not overlap.
 */
export function compareCells(
  cells: readonly (readonly [Cell, Cell])[],
  figure: FigureName,
  pair: Pair | undefined,
): Comparison[] {
  const noise = noiseIn(pair, figure)
  const isTimed = isTimedKind(kindOf(figure))
  const all = cells.map(([a, b]) => {
    const ratio = pairedRatioOf(a, b, figure)
    const ofCells = [a, b].map((cell) => badgeOf(cell, figure, 'compared'))
    const ofPair = isTimed
      ? [roundsBadge(ratio), readersBadge(a, b, figure), instrumentBadge(a, b, figure, noise)]
      : []
    const badge = ofCells.includes('not measured') ? 'not measured' : worst([...ofCells, ...ofPair])
    return { a, b, ratio, badge }
  })
  // What may not tell anything makes the family no larger.
  const open = all.filter(({ badge }) => passes(badge))
  const adjusted = holm(open.map(({ ratio }) => ratio.p))
  return all.map((one): Comparison => {
    const { a, b, ratio, badge } = one
    if (!isTimed) return { ratio, badge, told: rangesApart(a, b, figure) ? 'apart' : 'same', seenFrom: 0 }
    const told = passes(badge) ? toldBy(ratio, adjusted[open.indexOf(one)] as number, noise) : 'untold'
    return { ratio, badge, told, seenFrom: seenFrom(ratio, noise) }
  })
}

/** What a ratio of what is timed tells, by its p-value after the correction for its family. */
export function toldBy(ratio: Ratio, adjustedP: number, noise: number): Told {
  const off = Math.abs(ratio.value - 1)
  if (adjustedP < LEVEL && off > noise) return 'apart'
  return off <= noise && seenFrom(ratio, noise) <= SAME_REACH ? 'same' : 'untold'
}

/** From which difference on, as a share, a ratio's trials would have told one. */
export function seenFrom({ low, high }: Ratio, noise: number): number {
  const reach = Math.sqrt(high / low) - 1
  return Number.isNaN(reach) ? Number.NaN : Math.max(noise, reach)
}

/** From which difference on so many trials see one, in words; nothing where they see none. */
export function seenFromText(seen: number): string {
  return Number.isFinite(seen) ? percent(seen) : ''
}

/**
 * Whether what is counted is not the same in two cells: the ranges over their trials do not overlap, and of polls, which the
 * edges of a window cut in two, the difference is more than these edges explain.
 */
export function rangesApart(a: Cell, b: Cell, figure: FigureName): boolean {
  const [one, other] = [estimate(valuesOf(a, figure)), estimate(valuesOf(b, figure))]
  const off = Math.abs(one.value - other.value) / Math.min(one.value, other.value)
  const edges = [a, b].reduce((sum, cell) => sum + (isCut(cell) ? windowShare(cell) : 0), 0)
  return (one.high < other.low || other.high < one.low) && off > edges
}

/** What so few common rounds make of a ratio. */
function roundsBadge({ n }: Ratio): Badge {
  if (n < PAIRS_FOR_RATIO) return 'not valid'
  return n < TRIALS_FOR_INTERVAL ? 'use with care' : 'valid'
}

/** Whether two cells were read alike: the delays of different kinds of readers do not compare, their bytes and CPU time do. */
export function areReadAlike(a: Cell, b: Cell, figure: FigureName): boolean {
  if (kindOf(figure) !== 'delay') return true
  return new Set([a, b].flatMap(({ records }) => records.map(readerOf))).size <= 1
}

function readersBadge(a: Cell, b: Cell, figure: FigureName): Badge {
  return areReadAlike(a, b, figure) ? 'valid' : 'not valid'
}

/**
 * Whether the load agent may have made a difference of delays: by how much half the instrument's bound, where there is none its
 * lateness, differs between the two cells, beside the larger of their difference and the noise.
 */
function instrumentBadge(a: Cell, b: Cell, figure: FigureName, noise: number): Badge {
  if (kindOf(figure) !== 'delay') return 'valid'
  const lateUs = (cell: Cell) => {
    const boundUs = median(valuesOf(cell, 'boundP50Us'))
    return Number.isNaN(boundUs) ? median(cell.records.map(({ agent }) => agent.loopDelayP50Us)) : boundUs / 2
  }
  const [one, other] = [figureOf(a, figure).value, figureOf(b, figure).value]
  const scaleUs = Math.max(Math.abs(one - other), noise * Math.min(one, other))
  return faultAbove(Math.abs(lateUs(a) - lateUs(b)) / scaleUs, INSTRUMENT) ?? 'valid'
}
