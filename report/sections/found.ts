import type { Run } from '../../results/record.ts'
import { capacitiesOf } from '../analysis/capacity.ts'
import { type Cell, failedDeliveries, figureOf, type MeasuredScenario } from '../analysis/cells.ts'
import { byTechnique, changeText } from '../analysis/change.ts'
import { isCandidate, rankingSentence } from '../analysis/conclusions.ts'
import { atPosition, isChoice } from '../axis.ts'
import { isValid } from '../charts/techniques.ts'
import { format } from '../format.ts'
import { list, said, say, type Text } from '../words/say.ts'
import { capacitySentence } from './capacity.ts'

/** A scenario that counts bytes has too few trials for delays, on purpose. */
const ENOUGH_TRIALS = 3

/** What a scenario found, as sentences made from its numbers. */
export function findingsOf(measured: MeasuredScenario, run: Run): Text[] {
  const { search } = measured.scenario
  if (search) return [capacitySentence(capacitiesOf(measured, run.failures), search)]
  if (measured.scenario.stall) return stallSentences(measured)
  if (measured.scenario.breaks) return brokenSentences(measured)
  if (measured.scenario.sweep) return sweepSentences(measured)
  const { schedule, source } = measured.scenario.feed
  if (schedule.kind === 'silent')
    return [
      rankingSentence(
        said('The number of bytes per second and subscriber'),
        measured,
        'bytesPerSecond',
        format.bytes,
      ),
    ]
  const publishes = source === 'subscribers'
  const wasteful = measured.cells.filter(
    (cell) => cell.copy === 1 && isValid(cell, 'counted') && figureOf(cell, 'emptyAnswerShare').value > 0.05,
  )
  return [
    ...(measured.scenario.trials < ENOUGH_TRIALS
      ? []
      : [
          rankingSentence(said('Median delay'), measured, 'p50Us', format.us),
          ...(publishes
            ? [rankingSentence(said('Median round trip'), measured, 'roundTripP50Us', format.us)]
            : []),
        ]),
    rankingSentence(said('The number of bytes per delivered event'), measured, 'bytesPerEvent', format.bytes),
    ...wasteful.map(
      (cell) =>
        say`Of the requests of ${cell.title}, ${format.percent(figureOf(cell, 'emptyAnswerShare').value)} brought nothing.`,
    ),
  ]
}

/** A server that stands still is seen in the longest delay from the schedule; from publication hardly. */
function stallSentences({ cells }: MeasuredScenario): Text[] {
  return cells
    .filter((cell) => isCandidate(cell) && isValid(cell, 'timed'))
    .map((cell) => {
      const [scheduled, published] = (['maxUs', 'publishedP99Us'] as const).map((figure) =>
        format.us(figureOf(cell, figure).value),
      )
      return say`${cell.title}: the longest delay is ${scheduled ?? ''} from the schedule; from publication 99 % are within ${published ?? ''}.`
    })
}

/** What deliveries came to where a scenario means to break them. */
function brokenSentences({ cells }: MeasuredScenario): Text[] {
  return cells.filter(isCandidate).map((cell) => {
    const { lost, duplicated, reordered } = failedDeliveries(cell)
    const at = cell.point.at ? say`${cell.title} ${atPosition(cell.point.at)}` : cell.title
    const delivered = cell.records.reduce((sum, { account }) => sum + account.delivered, 0)
    return say`${at}: of ${format.count(delivered)} events ${format.count(lost)} lost, ${format.count(duplicated)} duplicated, ${format.count(reordered)} reordered.`
  })
}

function sweepSentences(measured: MeasuredScenario): Text[] {
  const { scenario, cells, unranked } = measured
  const { sweep, trials } = scenario
  if (!sweep) return []
  if (unranked !== undefined) return [unranked]
  if (isChoice(sweep.axis)) {
    const isTimed = trials >= ENOUGH_TRIALS
    return [
      say`Bytes per delivered event. ${changeText(measured, 'bytesPerEvent', format.bytes)}`,
      ...(isTimed ? [say`Mean delay. ${changeText(measured, 'meanUs', format.us)}`] : []),
    ]
  }
  return byTechnique(cells).map((ofTechnique) => {
    const valid = ofTechnique.filter((cell) => isValid(cell, 'timed'))
    const [first, last] = [valid[0], valid.at(-1)]
    if (!first || !last) return say`${ofTechnique[0]?.title ?? ''}: no delay is valid.`
    const at = (cell: Cell): Text => {
      const delay = format.us(figureOf(cell, 'meanUs').value)
      return cell.point.at ? say`${delay} ${atPosition(cell.point.at)}` : delay
    }
    const told = first === last ? [first] : [first, last]
    const requests = told.map((cell) => figureOf(cell, 'requestsPerSecond').value)
    return requests.some((value) => value > 0)
      ? say`${first.title}: a mean delay of ${list(told.map(at))}, for ${list(requests.map(format.count))} requests per second and subscriber.`
      : say`${first.title}: a mean delay of ${list(told.map(at))}.`
  })
}
