import { holm } from '../statistics/holm.ts'
import { pairedRatio } from '../statistics/ratio.ts'
import { type Cell, figureOf, pairsOf } from './cells.ts'
import { type FigureName, kindOf } from './figures.ts'
import { badgeOf, checkCell } from './gate.ts'

/** Probability of calling anything in a family of comparisons different that is not. */
const LEVEL = 0.05

/**
 * Of each pair of a family whether its cells are told apart by a figure: what is timed when their paired ratio is
 * significant after Holm's correction over the family; what is counted, which does not scatter, when the ranges over
 * the trials do not overlap.
 */
export function differ(pairs: readonly (readonly [Cell, Cell])[], figure: FigureName): boolean[] {
  if (kindOf(figure) === 'counted') {
    return pairs.map(([a, b]) => rangesApart(a, b, figure))
  }
  return holm(pairs.map(([a, b]) => pairedRatio(pairsOf(a, b, figure)).p)).map((p) => p < LEVEL)
}

/** Whether the ranges over the trials of two cells do not overlap: then what is counted is not the same. */
export function rangesApart(a: Cell, b: Cell, figure: FigureName): boolean {
  const [one, other] = [figureOf(a, figure), figureOf(b, figure)]
  return one.high < other.low || other.high < one.low
}

/** Whether the gate lets a figure of a cell pass, and there is one. */
export function hasValidFigure(cell: Cell, figure: FigureName): boolean {
  return (
    badgeOf(checkCell(cell), kindOf(figure)) !== 'not valid' && Number.isFinite(figureOf(cell, figure).value)
  )
}
