import { type Cell, figureOf, isComparable } from './cells.ts'
import { sameWithinNoise } from './estimate.ts'
import type { FigureName } from './figures.ts'

/** Which cells have the lowest value of a figure, and which come next. */
export interface Ranking {
  /** The lowest, and every other that its trials do not tell apart from it. */
  lowest: Cell[]
  /** All others, lowest first. */
  others: Cell[]
}

/** Ranks the cells that may be compared; undefined where there are fewer than two. */
export function rank(cells: readonly Cell[], figure: FigureName): Ranking | undefined {
  const value = (cell: Cell) => figureOf(cell, figure).value
  const sorted = cells
    .filter((cell) => isComparable(cell) && Number.isFinite(value(cell)))
    .sort((a, b) => value(a) - value(b))
  const [best] = sorted
  if (!best || sorted.length < 2) return undefined
  const lowest = sorted.filter((cell) => sameWithinNoise(figureOf(best, figure), figureOf(cell, figure)))
  return { lowest, others: sorted.filter((cell) => !lowest.includes(cell)) }
}

/**
 * What a ranking found, in one sentence. Names no winner among cells that the trials do not tell apart.
 * @param format a value of the figure in words, with its unit.
 */
export function rankingSentence(
  what: string,
  cells: readonly Cell[],
  figure: FigureName,
  format: (value: number) => string,
): string {
  const ranking = rank(cells, figure)
  if (!ranking) return `${what}: fewer than two techniques can be compared.`
  const { lowest, others } = ranking
  const text = (cell: Cell) => `${cell.title} (${format(figureOf(cell, figure).value)})`
  const first = list(lowest.map((cell) => text(cell)))
  const lead =
    lowest.length === 1
      ? `${what} is lowest with ${first}`
      : `${what} is lowest, and the same within noise, with ${first}`
  const last = others.at(-1)
  return last ? `${lead}, and highest with ${text(last)}.` : `${lead}.`
}

/** `a, b and c` */
export function list(items: readonly string[]): string {
  if (items.length < 2) return items.join('')
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}
