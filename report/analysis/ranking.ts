import { entryOf } from '../../server/registry.ts'
import { holm } from '../statistics/holm.ts'
import { pairedRatio, type Ratio } from '../statistics/ratio.ts'
import { list, type Said, say, sentences, type Text } from '../words/say.ts'
import { type Cell, figureOf, type MeasuredScenario, pairsOf } from './cells.ts'
import { isApart } from './difference.ts'
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
        same: kind === 'counted' ? !isApart(cell, lowest, figure) : withinNoise,
      }
    }),
  }
}

/**
 * What a ranking found, in one sentence. Names no winner among cells that the trials do not tell apart, and says so
 * where the gate leaves fewer than two to compare.
 * @param format a value of the figure in words, with its unit.
 */
export function rankingSentence(
  what: Text,
  scenario: MeasuredScenario,
  figure: FigureName,
  format: (value: number) => string,
): Said {
  if (scenario.unranked !== undefined) return say`${what}: not ranked. ${scenario.unranked}`
  const noise = checkNoise(scenario)
  if (kindOf(figure) === 'timed' && noise?.badge === 'not valid')
    return say`${what}: not ranked, for one technique measured twice differed too much from itself.`
  const ranking = rank(scenario, figure)
  if (!ranking) return say`${what}: not ranked, for fewer than two techniques have valid figures.`
  const text = (cell: Cell) => say`${cell.title} (${format(figureOf(cell, figure).value)})`
  const ties = ranking.others.filter(({ same }) => same).map(({ cell }) => cell)
  const lead =
    ties.length === 0
      ? say`${what} is lowest with ${text(ranking.lowest)}`
      : say`${what} is lowest, and the same within noise, with ${list([ranking.lowest, ...ties].map(text))}`
  const last = ranking.others.findLast(({ same }) => !same)
  const found = last
    ? say`${lead}, and highest with ${text(last.cell)}, ${times(last.times)} the lowest.`
    : say`${lead}.`
  const voided = scenario.cells.filter(
    (cell) => isCandidate(cell) && badgeOf(checkCell(cell), kindOf(figure)) === 'not valid',
  )
  return voided.length === 0
    ? found
    : sentences([found, say`Not ranked, for not valid: ${list(voided.map(({ title }) => title))}.`])
}

/** From so many trials on an interval may be called one of 95 %; with fewer there are the extremes. */
const TRIALS_FOR_INTERVAL = 6

/** What a ratio is over the rounds: ` (3.2–5.3×)`, its 95 % interval or with fewer than 6 trials its extremes; else nothing. */
export function timesRange({ low, high, n, extremes }: Ratio): string {
  const [from, to] = n >= TRIALS_FOR_INTERVAL ? [low, high] : (extremes ?? [Number.NaN, Number.NaN])
  const [first, last] = [times(from), times(to)]
  return Number.isFinite(from + to) && first !== last ? ` (${first.slice(0, -1)}–${last})` : ''
}

/** Whether a cell is a technique to choose: neither the second of an A/A pair nor the floor. */
export function isCandidate(cell: Cell): boolean {
  return cell.copy === 1 && !isFloor(cell)
}

/** `1.20×`, `53×`: the same in every language. */
export function times(ratio: number): string {
  return `${ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(ratio >= 2 ? 1 : 2)}×`
}

/** Whether a cell is the harness's own floor, which nobody chooses. */
export function isFloor({ technique }: Cell): boolean {
  return entryOf(technique)?.family === 'floor'
}
