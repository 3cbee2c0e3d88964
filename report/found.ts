import { type Cell, figureOf, isComparable, type MeasuredScenario } from './analysis/cells.ts'
import { rankingSentence } from './analysis/conclusions.ts'
import { format } from './format.ts'
import { type Html, html } from './html.ts'

/** Section 1: what was found, as sentences made from the numbers. */
export function foundSection(scenarios: readonly MeasuredScenario[]): Html {
  const paragraphs = scenarios.map(
    ({ scenario, cells }) =>
      html`<li><a href="#${scenario.name}">${scenario.question}</a> ${findings(cells).join(' ')}</li>`,
  )
  return html`<section id="found"><h2>What was found?</h2>
${
  scenarios.length === 0
    ? html`<p>Nothing was measured.</p>`
    : html`<ul class="found">${paragraphs}</ul>
<p class="note">Figures are medians over trials. Techniques whose trials overlap are called the same within noise. There is no total score: what matters depends on what you build.</p>`
}
</section>`
}

function findings(cells: readonly Cell[]): string[] {
  if (cells[0]?.point.at) return sweepFindings(cells)
  return [
    rankingSentence('Median delay', cells, 'p50Us', format.us),
    rankingSentence('The number of bytes per delivered event', cells, 'bytesPerEvent', format.bytes),
    ...cells
      .filter((cell) => figureOf(cell, 'emptyAnswerShare').value > 0.05)
      .map(
        (cell) =>
          `Of the requests of ${cell.title}, ${format.percent(figureOf(cell, 'emptyAnswerShare').value)} brought nothing.`,
      ),
  ]
}

function sweepFindings(cells: readonly Cell[]): string[] {
  const byTechnique = Map.groupBy(cells.filter(isComparable), ({ technique }) => technique)
  return [...byTechnique.values()].map((ofTechnique) => {
    const [first, last] = [ofTechnique[0] as Cell, ofTechnique.at(-1) as Cell]
    const at = ({ point }: Cell) => `${point.at?.axis} ${point.at?.value.toLocaleString('en-US')}`
    const delay = (cell: Cell) => format.us(figureOf(cell, 'meanUs').value)
    const requests = (cell: Cell) => format.count(figureOf(cell, 'requestsPerSecond').value)
    return `${first.title}: a mean delay of ${delay(first)} at ${at(first)} and ${delay(last)} at ${at(last)}, for ${requests(first)} and ${requests(last)} requests per second and subscriber.`
  })
}
