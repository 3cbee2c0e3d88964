import { type Cell, figureOf, isCandidate, type MeasuredScenario } from '../analysis/cells.ts'
import { seenFromText } from '../analysis/comparison.ts'
import type { FigureName } from '../analysis/figures.ts'
import { badgeOf } from '../analysis/gate.ts'
import { type Compared, rank } from '../analysis/ranking.ts'
import { textOf } from '../columns.ts'
import { times } from '../format.ts'
import { list, type Said, said, say, sentences, type Text } from '../words/say.ts'

/** What the ranking by bytes found. */
export function bytesRanking(scenario: MeasuredScenario): Said {
  const what = said('The number of bytes per delivered event')
  return rankingSentence(what, scenario, 'bytesPerEvent')
}

/** The same where no event is due: what it costs to wait. */
export function waitingRanking(scenario: MeasuredScenario): Said {
  const what = said('The number of bytes per second and subscriber')
  return rankingSentence(what, scenario, 'bytesPerSecond')
}

/**
 * What a ranking found. Names no winner among cells that the trials do not tell apart, and says so where the gate leaves
 * fewer than two to compare. Values are geometric means of trials: they divide to the ratio.
 */
export function rankingSentence(what: Text, scenario: MeasuredScenario, figure: FigureName): Said {
  if (scenario.unranked !== undefined) return say`${what}: not ranked. ${scenario.unranked}`
  const candidates = scenario.cells.filter(isCandidate)
  const voided = candidates.filter((cell) => badgeOf(cell, figure, 'compared') === 'not valid')
  const ranking = rank(scenario, figure)
  if (!ranking) {
    if (candidates.every((cell) => badgeOf(cell, figure, 'compared') === 'not measured'))
      return say`${what}: not measured, for the trials count, and time nothing.`
    if (voided[0]?.ofRun.some(({ touches }) => touches.compared === 'not valid'))
      return say`${what}: not ranked, for one technique measured twice differed too much from itself.`
    return say`${what}: not ranked, for fewer than two techniques have valid figures.`
  }
  const told = (cell: Cell) => say`${cell.title} (${textOf(figure)(figureOf(cell, figure).value)})`
  const ties = ranking.others.filter(({ isTied }) => isTied)
  const last = ranking.others.findLast((one) => one.told === 'apart')
  const names = ties.map(({ cell }) => told(cell))
  const lead = leadOf(what, told(ranking.lowest), ties, names)
  const highest = last && { name: told(last.cell), by: times(last.ratio.value) }
  // With many names the highest is a sentence of its own.
  const found = !highest
    ? [say`${lead}.`, ...whyTied(ties)]
    : ties.length === 0
      ? [say`${lead}, and highest with ${highest.name}, ${highest.by} the lowest.`]
      : [say`${lead}.`, ...whyTied(ties), say`Highest is ${highest.name}, ${highest.by} the lowest.`]
  const untold = ranking.others.filter((one) => !one.isTied && one.told !== 'apart')
  return sentences([
    ...found,
    ...(untold.length > 0
      ? [
          say`Not told from the lowest, for their trials scatter too much: ${list(untold.map(({ cell }) => told(cell)))}.`,
        ]
      : []),
    ...(voided.length > 0
      ? [say`Not ranked, for not valid: ${list(voided.map(({ title }) => title))}.`]
      : []),
  ])
}

/** What is lowest, and with whom it is tied. */
function leadOf(what: Text, lowest: Said, ties: readonly Compared[], names: readonly Said[]): Said {
  if (ties.length === 0) return say`${what} is lowest with ${lowest}`
  return ties.every(({ told }) => told === 'same')
    ? say`${what} is lowest, and the same within noise, with ${list([lowest, ...names])}`
    : say`${what} is lowest with ${lowest}, not told apart from ${list(names)}`
}

/** Why ties are not told apart: nothing where they are the same. */
function whyTied(ties: readonly Compared[]): Text[] {
  const untold = ties.filter(({ told }) => told === 'untold')
  if (untold.length === 0) return []
  if (untold.some(({ badge }) => badge === 'not valid'))
    return [said('The load agent may have made the difference.')]
  const seen = seenFromText(Math.max(...untold.map(({ seenFrom }) => seenFrom)))
  const trials = Math.min(...untold.map(({ ratio }) => ratio.n))
  return [
    seen === ''
      ? said('One trial tells no difference.')
      : say`${trials} trials see differences from about ${seen} on.`,
  ]
}
