import { holm } from '../statistics/holm.ts'
import { pairedRatio, type Ratio } from '../statistics/ratio.ts'
import { type Cell, figureOf, isCandidate, type MeasuredScenario, pairsOf } from './cells.ts'
import { rangesApart } from './difference.ts'
import { type FigureName, kindOf } from './figures.ts'
import { badgeOf, checkCell, checkNoise, noiseOf } from './gate.ts'

/** A cell beside the lowest of its scenario. */
export interface Compared {
  cell: Cell
  /** How many times the lowest it is: its figure over that of the lowest, as both are shown. */
  times: number
  /** The same within a round, with its scatter over rounds: by this the two are told apart, or not. */
  ratio: Ratio
  /** Not told apart from the lowest. */
  same: boolean
}

/** The cells of a scenario by one figure. */
export interface Ranking {
  lowest: Cell
  /** All others that may be ranked, lowest first. */
  others: Compared[]
}

/** Probability of calling anything in a family of comparisons different that is not. */
const LEVEL = 0.05

/**
 * Ranks the techniques by a figure, those that the gate lets pass; undefined where fewer than two do. Another is the
 * same within noise when its paired ratio to the lowest is not significant after Holm's correction over all of them,
 * or when the ratio is smaller than what the A/A pair made up. What is counted does not scatter: there another is
 * the same only where the ranges over the trials overlap.
 * @param among only these are candidates.
 */
export function rank(
  scenario: MeasuredScenario,
  figure: FigureName,
  among: (cell: Cell) => boolean = () => true,
): Ranking | undefined {
  if (scenario.unranked !== undefined) return undefined
  const kind = kindOf(figure)
  const noise = checkNoise(scenario)
  if (kind === 'timed' && noise?.badge === 'not valid') return undefined
  const value = (cell: Cell) => figureOf(cell, figure).value
  const [lowest, ...rest] = scenario.cells
    .filter((cell) => isCandidate(cell) && among(cell) && Number.isFinite(value(cell)))
    .filter((cell) => badgeOf(checkCell(cell), kind) !== 'not valid')
    .sort((a, b) => value(a) - value(b))
  if (!lowest || rest.length === 0) return undefined
  const ratios = rest.map((cell) => pairedRatio(pairsOf(cell, lowest, figure)))
  const adjusted = holm(ratios.map(({ p }) => p))
  const madeUp = kind === 'timed' ? Math.abs((noiseOf(scenario, figure)?.ratio.value ?? 1) - 1) : 0
  return {
    lowest,
    others: rest.map((cell, i) => {
      const ratio = ratios[i] as Ratio
      const withinNoise = !((adjusted[i] as number) < LEVEL) || Math.abs(ratio.value - 1) <= madeUp
      return {
        cell,
        times: value(cell) / value(lowest),
        ratio,
        same: kind === 'counted' ? !rangesApart(cell, lowest, figure) : withinNoise,
      }
    }),
  }
}
