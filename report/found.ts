import { type Cell, figureOf, type MeasuredScenario } from './analysis/cells.ts'
import { rankingSentence } from './analysis/conclusions.ts'
import { badgeOf, checkCell } from './analysis/gate.ts'
import { format } from './format.ts'
import { type Html, html } from './html.ts'

/** Section 1: what was found, as sentences made from the numbers. */
export function foundSection(scenarios: readonly MeasuredScenario[]): Html {
  const findings = scenarios.map(
    (measured) =>
      html`<li><a href="#${measured.scenario.name}">${measured.scenario.question}</a> ${sentences(measured).join(' ')}</li>`,
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

function sentences(measured: MeasuredScenario): string[] {
  if (measured.scenario.sweep) return sweepSentences(measured.cells)
  const wasteful = measured.cells.filter(
    (cell) => cell.copy === 1 && isValid(cell) && figureOf(cell, 'emptyAnswerShare').value > 0.05,
  )
  return [
    // A scenario that counts bytes has too few trials for delays, on purpose.
    ...(measured.scenario.trials < 3 ? [] : [rankingSentence('Median delay', measured, 'p50Us', format.us)]),
    rankingSentence('The number of bytes per delivered event', measured, 'bytesPerEvent', format.bytes),
    ...wasteful.map(
      (cell) =>
        `Of the requests of ${cell.title}, ${format.percent(figureOf(cell, 'emptyAnswerShare').value)} brought nothing.`,
    ),
  ]
}

function sweepSentences(cells: readonly Cell[]): string[] {
  const byTechnique = Map.groupBy(cells.filter(isValid), ({ technique }) => technique)
  return [...byTechnique.values()].map((ofTechnique) => {
    const [first, last] = [ofTechnique[0] as Cell, ofTechnique.at(-1) as Cell]
    const at = ({ point }: Cell) => `${point.at?.axis} ${point.at?.value.toLocaleString('en-US')}`
    const delay = (cell: Cell) => format.us(figureOf(cell, 'meanUs').value)
    const requests = (cell: Cell) => format.count(figureOf(cell, 'requestsPerSecond').value)
    return `${first.title}: a mean delay of ${delay(first)} at ${at(first)} and ${delay(last)} at ${at(last)}, for ${requests(first)} and ${requests(last)} requests per second and subscriber.`
  })
}

function isValid(cell: Cell): boolean {
  return badgeOf(checkCell(cell), 'counted') !== 'not valid'
}
