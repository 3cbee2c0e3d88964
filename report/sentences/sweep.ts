import type { Scenario } from '../../results/scenario.ts'
import { byTechnique, type Cell, figureOf, type MeasuredScenario } from '../analysis/cells.ts'
import { areReadAlike, type Comparison, compareCells } from '../analysis/comparison.ts'
import type { FigureName } from '../analysis/figures.ts'
import { hasValidFigure } from '../analysis/gate.ts'
import { atPosition, isNumeric, positionText } from '../axis.ts'
import { textOf } from '../columns.ts'
import { times, withRange } from '../format.ts'
import {
  parts as inParts,
  sentences as inSentences,
  list,
  type Said,
  said,
  say,
  type Text,
} from '../words/say.ts'

type Sweep = NonNullable<Scenario['sweep']>

/** More techniques than these are told in one sentence of ratios. */
const ONE_BY_ONE = 3

/** What else is to be said of a technique, a sentence: of all its valid cells, and of those whose values are told. */
export type Remark = (valid: readonly Cell[], told: readonly Cell[]) => Text

/**
 * How a figure changes along a scenario's sweep, in words, from what the gate lets pass. A few techniques are told one
 * by one; of many, how far they change from the sweep's first position to its last.
 */
export function changeText(measured: MeasuredScenario, figure: FigureName, remark?: Remark): Text {
  const { sweep } = measured.scenario
  if (!sweep) return ''
  if (measured.unranked !== undefined) return measured.unranked
  const techniques = byTechnique(measured.cells)
  const isTold = measured.cells.every((cell) => areReadAlike(cell, measured.cells[0] as Cell, figure))
  return techniques.length > ONE_BY_ONE && isTold
    ? ratiosText(sweep, techniques, figure, measured.pair)
    : eachText(measured, figure, remark)
}

/**
 * The same technique by technique, however many: the values with their ranges, at both ends where the positions are
 * numbers, and which of them the trials do not tell apart. Positions that are not valid are named.
 */
export function eachText(
  { scenario: { sweep }, cells, pair }: MeasuredScenario,
  figure: FigureName,
  remark: Remark = () => '',
): Text {
  if (!sweep) return ''
  const all = byTechnique(cells).map((ofTechnique) => {
    const valid = ofTechnique.filter((cell) => hasValidFigure(cell, figure))
    const told = isNumeric(sweep.axis) ? ends(valid) : valid
    return { title: ofTechnique[0]?.title ?? '', ofTechnique, valid, told, pairs: pairsIn(told, figure) }
  })
  // One family: the more is compared, the more differs by chance.
  const comparisons = compareCells(
    all.flatMap(({ pairs }) => pairs),
    figure,
    pair,
  )
  let compared = 0
  return inSentences(
    all.map(({ title, ofTechnique, valid, told, pairs }) => {
      const ofPairs = comparisons.slice(compared, compared + pairs.length)
      compared += pairs.length
      if (valid.length === 0) return say`${title}: no figure here is valid.`
      const same = pairs.filter((_, i) => ofPairs[i]?.told !== 'apart')
      const alike = likenessOf(ofPairs)
      const voided = ofTechnique.filter((cell) => !valid.includes(cell))
      const values = valuesText(told, figure)
      const found =
        same.length > 0 && same.length === pairs.length && !isAlike(told, figure)
          ? say`${title}: ${alike}, ${values}`
          : say`${title}: ${values}`
      const clauses = [
        found,
        ...(same.length > 0 && same.length < pairs.length
          ? same.map(
              (both) =>
                say`${likenessOf([comparisons[all.flatMap(({ pairs }) => pairs).indexOf(both)]])} ${list(both.map(placeOf))}`,
            )
          : []),
        ...(voided.length > 0 ? [say`not valid ${list(voided.map(placeOf))}`] : []),
      ]
      return inSentences([say`${inParts(clauses)}.`, remark(valid, told)])
    }),
  )
}

/** Each value with its range and its place; one that is written alike everywhere once, with all places. */
function valuesText(told: readonly Cell[], figure: FigureName): Text {
  const [first] = told
  if (first && told.length > 1 && isAlike(told, figure))
    return say`${withRange(figureOf(first, figure), textOf(figure))} ${list(told.map(placeOf))}`
  return list(told.map((cell) => say`${withRange(figureOf(cell, figure), textOf(figure))} ${placeOf(cell)}`))
}

/** Whether all values are written alike, their ranges too. */
function isAlike(cells: readonly Cell[], figure: FigureName): boolean {
  return new Set(cells.map((cell) => withRange(figureOf(cell, figure), textOf(figure)))).size === 1
}

/** What different kinds of readers read is told beside each other, and not compared. */
function pairsIn(cells: readonly Cell[], figure: FigureName): [Cell, Cell][] {
  const pairs = cells.flatMap((one, i) => cells.slice(i + 1).map((other): [Cell, Cell] => [one, other]))
  return pairs.filter(([one, other]) => areReadAlike(one, other, figure))
}

/** What is said of pairs that are not told apart: the same, or only not told where any is not. */
function likenessOf(pairs: readonly (Comparison | undefined)[]): Text {
  return pairs.some((one) => one?.told === 'untold') ? said('not told apart') : said('the same within noise')
}

function ratiosText(
  sweep: Sweep,
  techniques: readonly Cell[][],
  figure: FigureName,
  pair: MeasuredScenario['pair'],
): Text {
  const [first, last] = [sweep.values[0], sweep.values.at(-1)]
  if (first === undefined || last === undefined) return ''
  const both = techniques.flatMap((cells): [Cell, Cell][] => {
    const [before, after] = [first, last].map((value) =>
      cells.find((cell) => cell.point.at?.value === value && hasValidFigure(cell, figure)),
    )
    return before && after ? [[after, before]] : []
  })
  const ratios = compareCells(both, figure, pair)
    .map((comparison, i) => ({ ...comparison, title: both[i]?.[0].title ?? '' }))
    .filter(({ ratio: { value } }) => Number.isFinite(value) && value > 0)
  const untold = ratios.filter(({ told }) => told !== 'apart')
  const same = untold.map(({ title }) => title)
  const other = ratios
    .filter(({ told }) => told === 'apart')
    .sort((a, b) => a.ratio.value - b.ratio.value)
    .map(({ title, ratio }) => say`${times(ratio.value)} with ${title}`)
  if (ratios.length === 0) return say`No technique has valid figures at both ends.`
  const voided = techniques
    .filter((cells) =>
      [first, last].some((value) =>
        cells.some((cell) => cell.point.at?.value === value && !hasValidFigure(cell, figure)),
      ),
    )
    .map(([cell]) => cell?.title ?? '')
  const parts = [
    ...(other.length > 0 ? [rangeOf(ends(other))] : []),
    ...(same.length > 0
      ? [
          other.length + voided.length > 0
            ? say`${likenessOf(untold)} with ${list(same)}`
            : say`${likenessOf(untold)} with all`,
        ]
      : []),
    ...(voided.length > 0 ? [say`not valid at one of them with ${list(voided)}`] : []),
  ]
  return say`From ${positionText(sweep.axis, first)} to ${positionText(sweep.axis, last)}: ${inParts(parts)}.`
}

/** The first and the last, which may be the same. */
function ends<T>(values: readonly T[]): T[] {
  return [...new Set([...values.slice(0, 1), ...values.slice(-1)])]
}

function rangeOf([first, last]: readonly Said[]): Text {
  if (!first) return ''
  return last ? say`${first} to ${last}` : first
}

function placeOf({ point }: Cell): Text {
  return point.at ? atPosition(point.at) : ''
}
