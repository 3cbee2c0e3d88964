import { byTechnique, type Cell, figureOf, isCandidate, type MeasuredScenario } from './cells.ts'
import { rangesApart } from './comparison.ts'
import type { FigureName } from './figures.ts'
import { hasValidFigure } from './gate.ts'
import { windowShare } from './window-share.ts'

/** Where one technique begins to cost less than another. */
export interface Crossover {
  /** Lower from here on, and lower before. */
  after: Cell
  before: Cell
  /** On the sweep's axis, and in the figure's unit: where the straight lines of the chart between two positions cross. */
  x: number
  y: number
}

/** Which axes of the chart are logarithmic: its straight lines are straight there. */
export interface Axes {
  x: boolean
  y: boolean
}

/**
 * Where the lines of a counted figure cross along a numeric sweep, for each two techniques at most once between two
 * positions. At both of them the two differ by more than their trials scatter, and by more than the edges of a window
 * may cut off either. Between positions nothing was measured: the crossing is interpolated, as a chart draws it.
 */
export function crossoversOf(
  measured: MeasuredScenario,
  figure: FigureName,
  logarithmic: Axes = { x: true, y: true },
): Crossover[] {
  const lines = byTechnique(measured.cells.filter(isCandidate)).map((cells) =>
    cells.filter((cell) => hasValidFigure(cell, figure)),
  )
  return lines.flatMap((one, i) =>
    lines.slice(i + 1).flatMap((other) => crossings(one, other, figure, logarithmic)),
  )
}

function crossings(
  one: readonly Cell[],
  other: readonly Cell[],
  figure: FigureName,
  logarithmic: Axes,
): Crossover[] {
  const xs = one.map(positionOf).filter((x) => other.some((cell) => positionOf(cell) === x))
  const at = (cells: readonly Cell[], x: number) => cells.find((cell) => positionOf(cell) === x) as Cell
  const [acrossX, acrossY] = [logarithmic.x, logarithmic.y].map((isLog) => (isLog ? LOG : LINEAR)) as [
    Scale,
    Scale,
  ]
  return xs.slice(1).flatMap((to, i): Crossover[] => {
    const from = xs[i] as number
    const [a0, a1, b0, b1] = [at(one, from), at(one, to), at(other, from), at(other, to)].map((cell) =>
      acrossY.of(figureOf(cell, figure).value),
    ) as [number, number, number, number]
    const [before, after] = [a0 - b0, a1 - b1]
    const isApart = [from, to].every((x) => apart(at(one, x), at(other, x), figure))
    if (!(before * after < 0) || ![before, after, acrossX.of(from)].every(Number.isFinite) || !isApart)
      return []
    const share = before / (before - after)
    const isOneAfter = after < 0
    return [
      {
        after: at(isOneAfter ? one : other, to),
        before: at(isOneAfter ? other : one, to),
        x: acrossX.back(acrossX.of(from) + share * (acrossX.of(to) - acrossX.of(from))),
        y: acrossY.back(a0 + share * (a1 - a0)),
      },
    ]
  })
}

interface Scale {
  of(value: number): number
  back(place: number): number
}

const LOG: Scale = { of: Math.log, back: Math.exp }
const LINEAR: Scale = { of: (value) => value, back: (place) => place }

/** Of two techniques that differ by less than this page's own tolerance none is below the other. */
function apart(a: Cell, b: Cell, figure: FigureName): boolean {
  const [one, other] = [figureOf(a, figure).value, figureOf(b, figure).value]
  const off = Math.abs(one - other) / Math.min(one, other)
  return off > windowShare(a) + windowShare(b) && rangesApart(a, b, figure)
}

function positionOf({ point }: Cell): number {
  return Number(point.at?.value)
}
