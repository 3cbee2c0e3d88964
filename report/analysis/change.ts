import type { Scenario } from '../../scenarios/scenario.ts'
import { atPosition, isNumeric, positionText } from '../axis.ts'
import type { Format } from '../format.ts'
import { parts as inParts, sentences as inSentences, list, type Said, say, type Text } from '../words/say.ts'
import { type Cell, figureOf, type MeasuredScenario, pairsOf } from './cells.ts'
import { times } from './conclusions.ts'
import { type FigureName, kindOf } from './figures.ts'
import { badgeOf, checkCell } from './gate.ts'
import { holm } from './holm.ts'
import { pairedRatio, type Ratio } from './ratio.ts'

type Sweep = NonNullable<Scenario['sweep']>

/** More techniques than these are told in one sentence of ratios. */
const ONE_BY_ONE = 3
const LEVEL = 0.05

/** The cells of each technique, in the order of the sweep. */
export function byTechnique(cells: readonly Cell[]): Cell[][] {
  return [...Map.groupBy(cells, ({ technique }) => technique).values()]
}

/**
 * How a figure changes along a scenario's sweep, in words, from what the gate lets pass. A few techniques are told one
 * by one; of many, how far they change from the sweep's first position to its last.
 * @param remark what else is to be said of the valid cells of a technique.
 */
export function changeText(
  { scenario: { sweep }, cells }: MeasuredScenario,
  figure: FigureName,
  text: Format,
  remark: (valid: readonly Cell[]) => Text = () => '',
): Text {
  if (!sweep) return ''
  const techniques = byTechnique(cells)
  if (techniques.length > ONE_BY_ONE) return ratiosText(sweep, techniques, figure)
  const sentences = techniques.map((ofTechnique) => {
    const title = ofTechnique[0]?.title ?? ''
    const valid = ofTechnique.filter((cell) => isValid(cell, figure))
    if (valid.length === 0) return say`${title}: no figure here is valid.`
    const told = isNumeric(sweep.axis) ? ends(valid) : valid
    const values = told.map((cell) => say`${text(figureOf(cell, figure).value)} ${placeOf(cell)}`)
    return say`${title}: ${list(values)}${remark(valid)}.`
  })
  return inSentences(sentences)
}

function ratiosText(sweep: Sweep, techniques: readonly Cell[][], figure: FigureName): Text {
  const [first, last] = [sweep.values[0], sweep.values.at(-1)]
  if (first === undefined || last === undefined) return ''
  const ratios = techniques.flatMap((cells) => {
    const [before, after] = [first, last].map((value) =>
      cells.find((cell) => cell.point.at?.value === value && isValid(cell, figure)),
    )
    if (!before || !after) return []
    const ratio = pairedRatio(pairsOf(after, before, figure))
    return Number.isFinite(ratio.value) && ratio.value > 0 ? [{ title: before.title, ratio }] : []
  })
  const adjusted = holm(ratios.map(({ ratio }) => ratio.p))
  const isSame = ({ value, p }: Ratio, i: number) =>
    // One trial of what is counted needs no test to be another.
    Number.isNaN(p) && kindOf(figure) === 'counted' ? value === 1 : !((adjusted[i] as number) < LEVEL)
  const same = ratios.filter(({ ratio }, i) => isSame(ratio, i)).map(({ title }) => title)
  const other = ratios
    .filter(({ ratio }, i) => !isSame(ratio, i))
    .sort((a, b) => a.ratio.value - b.ratio.value)
    .map(({ title, ratio }) => say`${times(ratio.value)} with ${title}`)
  const parts = [
    ...(other.length > 0 ? [rangeOf(ends(other))] : []),
    ...(same.length > 0
      ? [
          other.length > 0
            ? say`the same within noise with ${list(same)}`
            : say`the same within noise with all`,
        ]
      : []),
  ]
  if (parts.length === 0) return say`No technique has valid figures at both ends.`
  return say`From ${positionText(sweep.axis, first)} to ${positionText(sweep.axis, last)}: ${inParts(parts)}.`
}

/** The first and the last, which may be the same. */
function ends<T>(values: readonly T[]): T[] {
  return [...new Set([...values.slice(0, 1), ...values.slice(-1)])]
}

function isValid(cell: Cell, figure: FigureName): boolean {
  return badgeOf(checkCell(cell), kindOf(figure)) !== 'not valid'
}

function rangeOf([first, last]: readonly Said[]): Text {
  if (!first) return ''
  return last ? say`${first} to ${last}` : first
}

function placeOf({ point }: Cell): Text {
  return point.at ? atPosition(point.at) : ''
}
