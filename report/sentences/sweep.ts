import type { Scenario } from '../../results/scenario.ts'
import { byTechnique, type Cell, figureOf, type MeasuredScenario } from '../analysis/cells.ts'
import { differ, hasValidFigure } from '../analysis/difference.ts'
import type { FigureName } from '../analysis/figures.ts'
import { atPosition, isNumeric, positionText } from '../axis.ts'
import { type Format, times, withRange } from '../format.ts'
import {
  parts as inParts,
  sentences as inSentences,
  list,
  type Said,
  say,
  type Text,
  together,
} from '../words/say.ts'

type Sweep = NonNullable<Scenario['sweep']>

/** More techniques than these are told in one sentence of ratios. */
const ONE_BY_ONE = 3

/** What else is to be said of a technique: of all its valid cells, and of those whose values are told. */
export type Remark = (valid: readonly Cell[], told: readonly Cell[]) => Text

/**
 * How a figure changes along a scenario's sweep, in words, from what the gate lets pass. A few techniques are told one
 * by one; of many, how far they change from the sweep's first position to its last.
 */
export function changeText(
  measured: MeasuredScenario,
  figure: FigureName,
  text: Format,
  remark?: Remark,
): Text {
  const { sweep } = measured.scenario
  if (!sweep) return ''
  const techniques = byTechnique(measured.cells)
  return techniques.length > ONE_BY_ONE
    ? ratiosText(sweep, techniques, figure)
    : eachText(measured, figure, text, remark)
}

/**
 * The same technique by technique, however many: the values with their ranges, at both ends where the positions are
 * numbers, and which of them the trials do not tell apart. Positions that are not valid are named.
 */
export function eachText(
  { scenario: { sweep }, cells }: MeasuredScenario,
  figure: FigureName,
  text: Format,
  remark: Remark = () => '',
): Text {
  if (!sweep) return ''
  const all = byTechnique(cells).map((ofTechnique) => {
    const valid = ofTechnique.filter((cell) => hasValidFigure(cell, figure))
    const told = isNumeric(sweep.axis) ? ends(valid) : valid
    return { title: ofTechnique[0]?.title ?? '', ofTechnique, valid, told, pairs: pairsIn(told) }
  })
  // One family: the more is compared, the more differs by chance.
  const apart = differ(
    all.flatMap(({ pairs }) => pairs),
    figure,
  )
  let compared = 0
  return inSentences(
    all.map(({ title, ofTechnique, valid, told, pairs }) => {
      const isApart = apart.slice(compared, compared + pairs.length)
      compared += pairs.length
      if (valid.length === 0) return say`${title}: no figure here is valid.`
      const same = pairs.filter((_, i) => !isApart[i])
      const voided = ofTechnique.filter((cell) => !valid.includes(cell))
      const values = valuesText(told, figure, text)
      const found =
        same.length > 0 && same.length === pairs.length && !isAlike(told, figure, text)
          ? say`${title}: the same within noise, ${values}`
          : say`${title}: ${values}`
      const clauses = [
        together(found, remark(valid, told)),
        ...(same.length > 0 && same.length < pairs.length
          ? same.map((pair) => say`the same within noise ${list(pair.map(placeOf))}`)
          : []),
        ...(voided.length > 0 ? [say`not valid ${list(voided.map(placeOf))}`] : []),
      ]
      return say`${inParts(clauses)}.`
    }),
  )
}

/** Each value with its range and its place; one that is written alike everywhere once, with all places. */
function valuesText(told: readonly Cell[], figure: FigureName, text: Format): Text {
  const [first] = told
  if (first && told.length > 1 && isAlike(told, figure, text))
    return say`${withRange(figureOf(first, figure), text)} ${list(told.map(placeOf))}`
  return list(told.map((cell) => say`${withRange(figureOf(cell, figure), text)} ${placeOf(cell)}`))
}

/** Whether all values are written alike, their ranges too. */
function isAlike(cells: readonly Cell[], figure: FigureName, text: Format): boolean {
  return new Set(cells.map((cell) => withRange(figureOf(cell, figure), text))).size === 1
}

function pairsIn(cells: readonly Cell[]): [Cell, Cell][] {
  return cells.flatMap((one, i) => cells.slice(i + 1).map((other): [Cell, Cell] => [one, other]))
}

function ratiosText(sweep: Sweep, techniques: readonly Cell[][], figure: FigureName): Text {
  const [first, last] = [sweep.values[0], sweep.values.at(-1)]
  if (first === undefined || last === undefined) return ''
  const ratios = techniques.flatMap((cells) => {
    const [before, after] = [first, last].map((value) =>
      cells.find((cell) => cell.point.at?.value === value && hasValidFigure(cell, figure)),
    )
    if (!before || !after) return []
    const ratio = figureOf(after, figure).value / figureOf(before, figure).value
    return Number.isFinite(ratio) && ratio > 0 ? [{ title: before.title, before, after, ratio }] : []
  })
  const apart = differ(
    ratios.map(({ before, after }) => [before, after] as const),
    figure,
  )
  const same = ratios.filter((_, i) => !apart[i]).map(({ title }) => title)
  const other = ratios
    .filter((_, i) => apart[i])
    .sort((a, b) => a.ratio - b.ratio)
    .map(({ title, ratio }) => say`${times(ratio)} with ${title}`)
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
            ? say`the same within noise with ${list(same)}`
            : say`the same within noise with all`,
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
