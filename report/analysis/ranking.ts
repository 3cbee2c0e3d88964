import { type Cell, figureOf, isCandidate, isFloor, type MeasuredScenario } from './cells.ts'
import { areReadAlike, type Comparison, compareCells } from './comparison.ts'
import type { FigureName } from './figures.ts'
import { hasValidFigure } from './gate.ts'

/** A cell beside the lowest of its scenario. */
export interface Compared extends Comparison {
  cell: Cell
  /** Whether it stands with the lowest: neither it nor any between them is told apart from that. */
  isTied: boolean
}

/** The cells of a scenario by one figure. */
export interface Ranking {
  /** Or the one that a reader has chosen. */
  lowest: Cell
  /** All others that may be ranked, lowest first. */
  others: Compared[]
}

/**
 * Ranks the techniques by a figure, those that the gate lets pass; undefined where fewer than two do. One family: see compareCells. Where one is told apart from the lowest, no higher one is tied with it: its trials
 * scatter too much to tell.
 * @param among only these are candidates.
 */
export function rank(
  { unranked, cells, pair }: MeasuredScenario,
  figure: FigureName,
  among: (cell: Cell) => boolean = () => true,
): Ranking | undefined {
  if (unranked !== undefined) return undefined
  const value = (cell: Cell) => figureOf(cell, figure).value
  const candidates = cells.filter(
    (cell) => isCandidate(cell) && among(cell) && hasValidFigure(cell, figure, 'compared'),
  )
  // Of different kinds of readers those that read most.
  const [alike = []] = candidates
    .map((cell) => candidates.filter((other) => areReadAlike(cell, other, figure)))
    .sort((a, b) => b.length - a.length)
  const [lowest, ...rest] = alike.toSorted((a, b) => value(a) - value(b))
  if (!lowest || rest.length === 0) return undefined
  const compared = compareCells(
    rest.map((cell) => [cell, lowest] as const),
    figure,
    pair,
  )
  const firstApart = compared.findIndex(({ told }) => told === 'apart')
  const ties = firstApart < 0 ? rest.length : firstApart
  return {
    lowest,
    others: compared.map((one, i) => ({ ...one, cell: rest[i] as Cell, isTied: i < ties })),
  }
}

/**
 * Every other cell over one that a reader has chosen; undefined where the gate does not let that one pass. Candidates are one
 * family, the floor another; of the lowest and the chosen one the ranking has told already, and nothing else is told here.
 */
export function rankAgainst(
  measured: MeasuredScenario,
  figure: FigureName,
  chosen: Cell,
): Ranking | undefined {
  const { unranked, cells, pair } = measured
  const passing = (cell: Cell) =>
    cell.copy === 1 && hasValidFigure(cell, figure, 'compared') && areReadAlike(cell, chosen, figure)
  if (unranked !== undefined || !passing(chosen)) return undefined
  const ranking = rank(measured, figure)
  const told = ranking?.others.find(({ cell }) => cell === chosen)?.told
  const rest = cells.filter((cell) => cell !== chosen && passing(cell))
  const families = Map.groupBy(rest, (cell) => (told && cell === ranking?.lowest ? 'told' : isFloor(cell)))
  const others = [...families].flatMap(([family, of]) =>
    compareCells(
      of.map((cell) => [cell, chosen] as const),
      figure,
      pair,
    ).map((one, i) => ({ ...one, cell: of[i] as Cell, ...(family === 'told' && told && { told }) })),
  )
  return { lowest: chosen, others: others.map((one) => ({ ...one, isTied: one.told !== 'apart' })) }
}
