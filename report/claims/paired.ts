import { pairsOf } from '../analysis/cells.ts'
import { type FigureName, kindOf } from '../analysis/figures.ts'
import { noiseOf } from '../analysis/gate.ts'
import { pairedRatio, type Ratio } from '../statistics/ratio.ts'
import type { Cell, Evidence, EvidenceNumber, MeasuredScenario } from './claim.ts'
import { asEvidence, badgeIn, type Meaning } from './evidence.ts'

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
/** One ratio has no scatter, and so nothing to tell it from noise by. */
const LEAST_PAIRS = 2
/** Where no scenario of the run has an A/A pair: what the gate lets pass without a warning. */
const DEFAULT_NOISE = 0.05

/**
 * Compares a figure of two cells over the trials that both have. The badge is the worse of theirs; fewer than
 * two such trials are not valid, whatever the cells are.
 */
export function paired(
  numerator: Cell,
  denominator: Cell,
  figure: FigureName,
  meaning: Omit<Meaning, 'unit'>,
): Paired {
  const pairs = pairsOf(numerator, denominator, figure)
  const ratio = pairedRatio(pairs)
  const badge = pairs.length < LEAST_PAIRS ? 'not valid' : badgeIn([numerator, denominator], kindOf(figure))
  const shown = { value: ratio.value, ...rangeOf(pairs, ratio), n: pairs.length }
  return { ratio, number: asEvidence(shown, badge, { ...meaning, unit: 'ratio' }) }
}

function rangeOf(pairs: readonly (readonly [number, number])[], { low, high }: Ratio) {
  if (pairs.length >= TRIALS_FOR_INTERVAL) return { low, high, interval: '95 %' as const }
  const ratios = pairs.map(([a, b]) => a / b)
  const [first = Number.NaN] = ratios
  return { low: Math.min(first, ...ratios), high: Math.max(first, ...ratios), interval: 'min-max' as const }
}

/** By how much the A/A pair of a scenario differed from itself, as a share; undefined where it has none. */
export function madeUp(measured: MeasuredScenario, figure: FigureName): number | undefined {
  const off = Math.abs((noiseOf(measured, figure)?.ratio.value ?? Number.NaN) - 1)
  return Number.isFinite(off) ? off : undefined
}

/**
 * What a difference has to exceed in a scenario to be more than noise, as a share: what its A/A pair made up;
 * where it has none, the largest of the run; with none in the run, 5 %.
 */
export function noiseIn({ scenarios }: Evidence, figure: FigureName): (measured: MeasuredScenario) => number {
  const noises = scenarios.flatMap((measured) => madeUp(measured, figure) ?? [])
  const largest = noises.length > 0 ? Math.max(...noises) : DEFAULT_NOISE
  return (measured) => madeUp(measured, figure) ?? largest
}
