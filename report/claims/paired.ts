import { type Comparison, compareCells } from '../analysis/comparison.ts'
import type { FigureName } from '../analysis/figures.ts'
import type { Badge } from '../analysis/finding.ts'
import { PAIRS_FOR_RATIO, TRIALS_FOR_INTERVAL } from '../analysis/rules.ts'
import type { Ratio } from '../statistics/ratio.ts'
import type { Cell, Evidence, EvidenceNumber } from './claim.ts'
import { asEvidence, type Meaning } from './evidence.ts'

/** How many times a figure of one cell is that of another, trial by trial of the same round. */
export interface Paired extends Comparison {
  /**
   * To show: from 6 trials on with the interval of Student's t, with fewer with the smallest and the largest ratio of a
   * trial. The badge is the worse of the two cells'; fewer than two trials of both are not valid, whatever the cells are.
   */
  number: EvidenceNumber
}

/** Compares a figure of each two cells of a family, over the trials that both have: see compareCells. */
export function pairedAll<Pair extends { numerator: Cell; denominator: Cell } & Omit<Meaning, 'unit'>>(
  pairs: readonly Pair[],
  figure: FigureName,
  { scenarios }: Pick<Evidence, 'scenarios'>,
): (Pair & Paired)[] {
  const compared = compareCells(
    pairs.map(({ numerator, denominator }) => [numerator, denominator] as const),
    figure,
    scenarios[0]?.pair,
  )
  return pairs.map((pair, i) => {
    const comparison = compared[i] as Comparison
    const { ratio } = comparison
    const badge = ratio.n < PAIRS_FOR_RATIO ? 'not valid' : comparison.badge
    return { ...pair, ...comparison, number: ratioEvidence(ratio, badge, pair) }
  })
}

/** The same of two cells that are no family with others. */
export function paired(
  numerator: Cell,
  denominator: Cell,
  figure: FigureName,
  meaning: Omit<Meaning, 'unit'>,
): Paired {
  const [only] = pairedAll([{ numerator, denominator, ...meaning }], figure, { scenarios: [] })
  return only as Paired
}

/** A ratio to show: from 6 trials on with its interval, with fewer with the smallest and the largest of a trial. */
export function ratioEvidence(
  { value, low, high, n, extremes = [Number.NaN, Number.NaN] }: Ratio,
  badge: Badge,
  { what, expected }: Omit<Meaning, 'unit'>,
): EvidenceNumber {
  const range =
    n >= TRIALS_FOR_INTERVAL
      ? { low, high, interval: '95 %' as const }
      : { low: extremes[0], high: extremes[1], interval: 'min-max' as const }
  return asEvidence({ value, ...range, n }, badge, { what, expected, unit: 'ratio' })
}
