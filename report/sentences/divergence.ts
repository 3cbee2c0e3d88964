import { byTechnique, type Cell, figureOf, isCandidate, type MeasuredScenario } from '../analysis/cells.ts'
import { compareCells } from '../analysis/comparison.ts'
import type { FigureName } from '../analysis/figures.ts'
import { hasValidFigure } from '../analysis/gate.ts'
import { atPosition, isNumeric, positionText } from '../axis.ts'
import { textOf } from '../columns.ts'
import { withRange } from '../format.ts'
import { list, parts, type Said, say, type Text } from '../words/say.ts'

/** Two techniques at one position of a sweep. */
interface Position {
  one: Cell
  other: Cell
  isApart: boolean
}

/**
 * From where on two techniques of a numeric sweep differ by a figure, in words: the first position from which on they
 * are told apart, always the same way round, and the last at which they are not. Undefined for other sweeps, and where
 * fewer than two positions are valid for both.
 * @param what the figure behind an article: `mean delay`.
 */
export function divergenceText(
  { scenario: { sweep }, cells, unranked, pair }: MeasuredScenario,
  figure: FigureName,
  what: Text,
): Said | undefined {
  const [ones, others, ...more] = byTechnique(cells.filter(isCandidate))
  if (!sweep || !isNumeric(sweep.axis) || unranked !== undefined) return undefined
  if (!ones || !others || more.length > 0) return undefined
  const pairs = ones
    .flatMap((one): [Cell, Cell][] => {
      const other = others.find(({ point }) => point.at?.value === one.point.at?.value)
      return other && [one, other].every((cell) => hasValidFigure(cell, figure, 'compared'))
        ? [[one, other]]
        : []
    })
    .sort(([a], [b]) => Number(a.point.at?.value) - Number(b.point.at?.value))
  if (pairs.length < 2) return undefined
  const compared = compareCells(pairs, figure, pair)
  const all = pairs.map(
    ([one, other], i): Position => ({ one, other, isApart: compared[i]?.told === 'apart' }),
  )
  const ordered = ({ one, other }: Position): [low: Cell, high: Cell] =>
    figureOf(one, figure).value < figureOf(other, figure).value ? [one, other] : [other, one]
  const against = (position: Position) => {
    const [low, high] = ordered(position).map((cell) => withRange(figureOf(cell, figure), textOf(figure)))
    return say`${high ?? ''} against ${low ?? ''}`
  }
  const place = ({ one: { point } }: Position) => (point.at ? atPosition(point.at) : '')
  const name = ({ one: { point } }: Position) => (point.at ? positionText(sweep.axis, point.at.value) : '')

  const [low, high] = ordered(all.at(-1) as Position)
  if (all.every(({ isApart }) => !isApart))
    return say`By their ${what} ${list(all.slice(0, 1).flatMap(({ one, other }) => [one.title, other.title]))} are told apart nowhere.`
  const isLikeLast = (at: Position) => at.isApart && ordered(at)[1].technique === high.technique
  const from = all.findLastIndex((at) => !isLikeLast(at)) + 1
  if (from === 0) return say`The ${what} of ${high.title} is above that of ${low.title} everywhere.`
  const [unlike, alike] = [all[from], all[from - 1]]
  if (unlike && alike && all.slice(0, from).every(({ isApart }) => !isApart))
    return say`From ${name(unlike)} on the ${what} of ${high.title} is above that of ${low.title}, ${against(unlike)}; up to ${name(alike)} they are not told apart.`
  // Neither the one nor the other: each position for itself.
  const each = all.map((at) => {
    const [lower, higher] = ordered(at)
    return at.isApart
      ? say`${higher.title} above ${lower.title} ${place(at)}`
      : say`not told apart ${place(at)}`
  })
  return say`The ${what}: ${parts(each)}.`
}
