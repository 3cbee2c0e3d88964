import { pairsOf } from '../analysis/cells.ts'
import { type FigureName, kindOf } from '../analysis/figures.ts'
import { badgeOf, checkCell } from '../analysis/gate.ts'
import { pairedRatio, type Ratio } from '../analysis/ratio.ts'
import type { Cell, EvidenceNumber, MeasuredScenario } from './claim.ts'

/** How many times a figure of one cell is that of another, trial by trial of the same round. */
export interface Paired {
  /** With the interval and the p-value of Student's t, which rules go by. */
  ratio: Ratio
  /**
   * To show: from 6 trials on with that interval, with fewer with the smallest and the largest ratio of a
   * trial.
   */
  number: EvidenceNumber
}

const TRIALS_FOR_INTERVAL = 6

export function paired(
  numerator: Cell,
  denominator: Cell,
  figure: FigureName,
  { what, expected }: { what: string; expected?: number },
): Paired {
  const pairs = pairsOf(numerator, denominator, figure)
  const ratio = pairedRatio(pairs)
  const ratios = pairs.map(([a, b]) => a / b)
  const range =
    pairs.length >= TRIALS_FOR_INTERVAL
      ? { low: ratio.low, high: ratio.high, interval: '95 %' as const }
      : { low: Math.min(...ratios), high: Math.max(...ratios), interval: 'min-max' as const }
  const badges = [numerator, denominator].map((cell) => badgeOf(checkCell(cell), kindOf(figure)))
  return {
    ratio,
    number: {
      what,
      value: ratio.value,
      ...range,
      n: pairs.length,
      unit: 'ratio',
      badge:
        (['not valid', 'use with care'] as const).find((badge) => badges.includes(badge)) ??
        (pairs.length === 0 ? 'not valid' : 'valid'),
      ...(expected !== undefined && { expected }),
    },
  }
}

/** By how much the A/A pair of a scenario differed from itself, as a share; undefined where it has none. */
export function madeUp({ cells }: MeasuredScenario, figure: FigureName): number | undefined {
  const again = cells.find(({ copy }) => copy === 2)
  const first = cells.find(({ copy, technique }) => copy === 1 && technique === again?.technique)
  if (!again || !first) return undefined
  return Math.abs(pairedRatio(pairsOf(again, first, figure)).value - 1)
}
