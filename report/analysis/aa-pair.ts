import type { Ratio } from '../statistics/ratio.ts'
import type { MeasuredScenario, Pair } from './cells.ts'
import { type FigureName, isTimedKind, kindOf } from './figures.ts'
import { pairedRatioOf } from './ratios.ts'
import { LEAST_NOISE } from './rules.ts'

/**
 * The A/A pair of a run: that of the scenario with the most trials. Undefined where none of its pairs timed anything.
 */
export function pairIn(scenarios: readonly Pick<MeasuredScenario, 'scenario' | 'cells'>[]): Pair | undefined {
  return scenarios
    .flatMap(({ scenario, cells }): Pair[] => {
      const again = cells.find(({ copy }) => copy === 2)
      const first = cells.find(({ copy, technique }) => copy === 1 && technique === again?.technique)
      return again && first ? [{ scenario: scenario.name, first, again }] : []
    })
    .filter((pair) => Number.isFinite(ratioOf(pair, 'p50Us').value))
    .sort((a, b) => b.first.records.length - a.first.records.length)[0]
}

/** How many times a figure of the second is that of the first, within a round. */
export function ratioOf({ first, again }: Pair, figure: FigureName): Ratio {
  return pairedRatioOf(again, first, figure)
}

/**
 * The difference, as a share, up to which two cells are the same within noise by a figure: what the run's A/A pair differs
 * by in it, or half the width of that ratio's interval where this is more, and 5 % at the least. What is counted does not
 * scatter: 0.
 */
export function noiseIn(pair: Pair | undefined, figure: FigureName): number {
  if (!isTimedKind(kindOf(figure))) return 0
  const { value = 1, low = 1, high = 1 } = pair ? ratioOf(pair, figure) : {}
  return Math.max(LEAST_NOISE, ...[Math.abs(value - 1), (high - low) / 2].filter(Number.isFinite))
}
