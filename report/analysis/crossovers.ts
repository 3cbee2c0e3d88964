import { type Cell, figureOf, type MeasuredScenario } from './cells.ts'
import { byTechnique } from './change.ts'
import { isCandidate } from './conclusions.ts'
import { type FigureName, kindOf } from './figures.ts'
import { badgeOf, checkCell } from './gate.ts'

/** Where one technique begins to cost less than another. */
export interface Crossover {
  /** Lower from here on, and lower before. */
  after: Cell
  before: Cell
  /** On the sweep's axis, and in the figure's unit: where the straight lines of the chart between two positions cross. */
  x: number
  y: number
}

/**
 * Where the lines of a figure cross along a numeric sweep, for each two techniques at most once between two positions.
 * Between positions nothing was measured: the crossing is interpolated, on logarithmic axes where the positions and
 * values are above 0, which is what a chart with such axes draws.
 */
export function crossoversOf(measured: MeasuredScenario, figure: FigureName): Crossover[] {
  const lines = byTechnique(measured.cells.filter(isCandidate)).map((cells) =>
    cells.filter((cell) => badgeOf(checkCell(cell), kindOf(figure)) !== 'not valid'),
  )
  return lines.flatMap((one, i) => lines.slice(i + 1).flatMap((other) => crossings(one, other, figure)))
}

function crossings(one: readonly Cell[], other: readonly Cell[], figure: FigureName): Crossover[] {
  const xs = one.map(positionOf).filter((x) => other.some((cell) => positionOf(cell) === x))
  const at = (cells: readonly Cell[], x: number) => cells.find((cell) => positionOf(cell) === x) as Cell
  return xs.slice(1).flatMap((to, i): Crossover[] => {
    const from = xs[i] as number
    const [a0, a1, b0, b1] = [at(one, from), at(one, to), at(other, from), at(other, to)].map((cell) =>
      Math.log(figureOf(cell, figure).value),
    ) as [number, number, number, number]
    const [before, after] = [a0 - b0, a1 - b1]
    const isApart = [from, to].every((x) => apart(at(one, x), at(other, x), figure))
    if (!(before * after < 0) || !(from > 0) || !isApart) return []
    const share = before / (before - after)
    const isOneAfter = after < 0
    return [
      {
        after: at(isOneAfter ? one : other, to),
        before: at(isOneAfter ? other : one, to),
        x: Math.exp(Math.log(from) + share * (Math.log(to) - Math.log(from))),
        y: Math.exp(a0 + share * (a1 - a0)),
      },
    ]
  })
}

/** Where the ranges of the trials overlap two techniques are the same, as a ranking has it. */
function apart(a: Cell, b: Cell, figure: FigureName): boolean {
  const [one, other] = [figureOf(a, figure), figureOf(b, figure)]
  return one.high < other.low || other.high < one.low
}

function positionOf({ point }: Cell): number {
  return Number(point.at?.value)
}
