import { type Cell, figureOf, isCandidate, type MeasuredScenario } from '../analysis/cells.ts'
import { type FigureName, kindOf } from '../analysis/figures.ts'
import { badgeOf, checkCell, checkNoise } from '../analysis/gate.ts'
import { rank } from '../analysis/ranking.ts'
import { type Format, format, times } from '../format.ts'
import { list, type Said, said, say, sentences, type Text } from '../words/say.ts'

/** What the ranking by bytes found. */
export function bytesRanking(scenario: MeasuredScenario): Said {
  const what = said('The number of bytes per delivered event')
  return rankingSentence(what, scenario, 'bytesPerEvent', format.bytes)
}

/** The same where no event is due: what it costs to wait. */
export function waitingRanking(scenario: MeasuredScenario): Said {
  const what = said('The number of bytes per second and subscriber')
  return rankingSentence(what, scenario, 'bytesPerSecond', format.bytes)
}

/**
 * What a ranking found, in one sentence. Names no winner among cells that the trials do not tell apart, and says so
 * where the gate leaves fewer than two to compare.
 * @param text a value of the figure in words, with its unit.
 */
export function rankingSentence(
  what: Text,
  scenario: MeasuredScenario,
  figure: FigureName,
  text: Format,
): Said {
  if (scenario.unranked !== undefined) return say`${what}: not ranked. ${scenario.unranked}`
  const noise = checkNoise(scenario)
  if (kindOf(figure) === 'timed' && noise?.badge === 'not valid')
    return say`${what}: not ranked, for one technique measured twice differed too much from itself.`
  const ranking = rank(scenario, figure)
  if (!ranking) return say`${what}: not ranked, for fewer than two techniques have valid figures.`
  const told = (cell: Cell) => say`${cell.title} (${text(figureOf(cell, figure).value)})`
  const ties = ranking.others.filter(({ same }) => same).map(({ cell }) => cell)
  const lead =
    ties.length === 0
      ? say`${what} is lowest with ${told(ranking.lowest)}`
      : say`${what} is lowest, and the same within noise, with ${list([ranking.lowest, ...ties].map(told))}`
  const last = ranking.others.findLast(({ same }) => !same)
  const found = last
    ? say`${lead}, and highest with ${told(last.cell)}, ${times(last.times)} the lowest.`
    : say`${lead}.`
  const voided = scenario.cells.filter(
    (cell) => isCandidate(cell) && badgeOf(checkCell(cell), kindOf(figure)) === 'not valid',
  )
  return voided.length === 0
    ? found
    : sentences([found, say`Not ranked, for not valid: ${list(voided.map(({ title }) => title))}.`])
}
