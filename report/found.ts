import type { Run } from '../results/record.ts'
import { capacitiesOf } from './analysis/capacity.ts'
import { type Cell, figureOf, type MeasuredScenario } from './analysis/cells.ts'
import { byTechnique, changeText } from './analysis/change.ts'
import { rankingSentence } from './analysis/conclusions.ts'
import { badgeOf, checkCell } from './analysis/gate.ts'
import { atPosition, isChoice } from './axis.ts'
import { capacitySentence } from './capacity-section.ts'
import { format } from './format.ts'
import { type Html, html } from './html.ts'

/** Section 1: what was found, as sentences made from the numbers. */
export function foundSection(scenarios: readonly MeasuredScenario[], run: Run): Html {
  const findings = scenarios.map(
    (measured) =>
      html`<li><a href="#${measured.scenario.name}">${measured.scenario.question}</a> ${sentences(measured, run).join(' ')}</li>`,
  )
  return html`<section id="found"><h2>What was found?</h2>
${
  scenarios.length === 0
    ? html`<p>Nothing was measured.</p>`
    : html`<ul class="found">${findings}</ul>
<p class="note">Figures are medians over trials. Two techniques are the same within noise when the paired difference of their trials is not significant (t-test on the logarithms, Holm's correction, 5 %), or smaller than that of one technique measured twice. There is no total score: what matters depends on what you build.</p>`
}
</section>`
}

/** A scenario that counts bytes has too few trials for delays, on purpose. */
const ENOUGH_TRIALS = 3

function sentences(measured: MeasuredScenario, run: Run): string[] {
  const { search } = measured.scenario
  if (search) return [capacitySentence(capacitiesOf(measured, run.failures), search)]
  if (measured.scenario.sweep) return sweepSentences(measured)
  const { schedule, source } = measured.scenario.feed
  if (schedule.kind === 'silent')
    return [
      rankingSentence(
        'The number of bytes per second and subscriber',
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
          rankingSentence('Median delay', measured, 'p50Us', format.us),
          ...(publishes ? [rankingSentence('Median round trip', measured, 'roundTripP50Us', format.us)] : []),
        ]),
    rankingSentence('The number of bytes per delivered event', measured, 'bytesPerEvent', format.bytes),
    ...wasteful.map(
      (cell) =>
        `Of the requests of ${cell.title}, ${format.percent(figureOf(cell, 'emptyAnswerShare').value)} brought nothing.`,
    ),
  ]
}

function sweepSentences(measured: MeasuredScenario): string[] {
  const { scenario, cells } = measured
  const { sweep, trials } = scenario
  if (!sweep) return []
  if (isChoice(sweep.axis)) {
    const isTimed = trials >= ENOUGH_TRIALS
    return [
      `Bytes per delivered event. ${changeText(measured, 'bytesPerEvent', format.bytes)}`,
      ...(isTimed ? [`Mean delay. ${changeText(measured, 'meanUs', format.us)}`] : []),
    ]
  }
  return byTechnique(cells).map((ofTechnique) => {
    const valid = ofTechnique.filter((cell) => isValid(cell, 'timed'))
    const [first, last] = [valid[0], valid.at(-1)]
    if (!first || !last) return `${ofTechnique[0]?.title}: no delay is valid.`
    const at = (cell: Cell) =>
      `${format.us(figureOf(cell, 'meanUs').value)}${cell.point.at ? ` ${atPosition(cell.point.at)}` : ''}`
    const told = first === last ? [first] : [first, last]
    const requests = told.map((cell) => figureOf(cell, 'requestsPerSecond').value)
    const price = requests.some((value) => value > 0)
      ? `, for ${requests.map(format.count).join(' and ')} requests per second and subscriber`
      : ''
    return `${first.title}: a mean delay of ${told.map(at).join(' and ')}${price}.`
  })
}

function isValid(cell: Cell, kind: 'timed' | 'counted'): boolean {
  return badgeOf(checkCell(cell), kind) !== 'not valid'
}
