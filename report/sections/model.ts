import type { MeasuredScenario } from '../analysis/cells.ts'
import { type Residual, residualsOf } from '../analysis/residuals.ts'
import { atPosition } from '../axis.ts'
import { type Format, format, withRange } from '../format.ts'
import { type Html, html } from '../html.ts'
import { capital, say } from '../words/say.ts'
import { badgeMarks } from './badges.ts'
import { WITH_SCRIPTS } from './later.ts'
import { table } from './section.ts'

const FIGURES: Record<string, { name: string; text: Format }> = {
  bytesPerEvent: { name: 'Bytes per event', text: format.bytes },
  meanUs: { name: 'Mean delay', text: format.us },
  maxUs: { name: 'Longest delay', text: format.us },
}

/** Does measurement agree with theory? How many of the figures that a model predicts do, and all that do not. */
export function modelAgreement(scenarios: readonly MeasuredScenario[]): Html {
  const residuals = residualsOf(scenarios)
  if (residuals.length === 0) return html``
  const beyond = residuals.filter(({ isWithin, badge }) => !isWithin && badge !== 'not valid')
  const within = residuals.filter(({ isWithin, badge }) => isWithin && badge !== 'not valid')
  const invalid = residuals.filter(({ badge }) => badge === 'not valid')
  const voided = invalid.length > 0 ? say` A further ${invalid.length} are not valid.` : ''
  return html`<h3 id="model">Does measurement agree with theory?</h3>
<p>${say`Of ${within.length + beyond.length} figures that a model predicts ${within.length} are within their tolerance, ${beyond.length} beyond it.`}${voided}</p>
${beyond.length > 0 && modelTable('Beyond the tolerance', beyond)}
${within.length > 0 && html`<details class="later" data-show="model"><summary>${say`${within.length} figures within the tolerance`}</summary><p class="note">${WITH_SCRIPTS}</p></details>`}`
}

/** Figures beside what their models say, one a row. */
export function modelTable(label: string, residuals: readonly Residual[]): Html {
  const headings = ['Where', 'Figure', 'Model', 'Measured', 'Off by', 'Tolerance', 'Badge']
  return table(label, 'figures', headings, residuals.map(row))
}

function row({ scenario, cell, figure, predicted, measured, allowance, badge }: Residual): Html {
  const { name, text } = FIGURES[figure] ?? { name: figure, text: format.count }
  const off = measured.value / predicted - 1
  const sign = off < 0 ? '-' : '+'
  return html`<tr><th scope="row"><a href="#${scenario}">${scenario}</a> <span>${cell.title}</span> ${cell.point.at && html`<small>${capital(atPosition(cell.point.at))}</small>`}</th><td>${name}</td><td>${text(predicted)}</td><td>${withRange(measured, text)}</td><td>${Math.abs(off) < 5e-5 ? 'exactly' : `${sign}${format.percent(Math.abs(off))}`}</td><td>${allowance}</td><td>${badgeMarks[badge].text}</td></tr>
`
}
