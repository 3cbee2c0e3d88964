import type { MeasuredScenario } from './analysis/cells.ts'
import { type Residual, residualsOf } from './analysis/residuals.ts'
import { atPosition } from './axis.ts'
import { type Format, format, withRange } from './format.ts'
import { type Html, html } from './html.ts'
import { badgeMarks } from './trust.ts'

const FIGURES: Record<string, { name: string; text: Format }> = {
  bytesPerEvent: { name: 'Bytes per event', text: format.bytes },
  meanUs: { name: 'Mean delay', text: format.us },
  maxUs: { name: 'Longest delay', text: format.us },
}

/** Does measurement agree with theory? Every figure that a model predicts beside it, those that disagree first. */
export function modelSection(scenarios: readonly MeasuredScenario[]): Html {
  const residuals = residualsOf(scenarios)
  if (residuals.length === 0) return html``
  const beyond = residuals.filter(({ isWithin, badge }) => !isWithin && badge !== 'not valid')
  const within = residuals.filter(({ isWithin, badge }) => isWithin && badge !== 'not valid')
  const invalid = residuals.filter(({ badge }) => badge === 'not valid')
  return html`<section id="model"><h2>Does measurement agree with theory?</h2>
<p>Of ${residuals.length} figures that a model predicts ${within.length} are within their tolerance, ${beyond.length} beyond it${invalid.length > 0 && `, and ${invalid.length} not valid`}.</p>
${beyond.length > 0 && html`<h3>Beyond the tolerance</h3>${table('Beyond the tolerance', beyond)}`}
${within.length > 0 && html`<details><summary>${within.length} figures within the tolerance</summary>${table('Within the tolerance', within)}</details>`}
</section>`
}

function table(label: string, residuals: readonly Residual[]): Html {
  const headings = ['Where', 'Figure', 'Model', 'Measured', 'Off by', 'Tolerance', 'Badge']
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table class="figures">
<thead><tr>${headings.map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead>
<tbody>${residuals.map(row)}</tbody></table></div>`
}

function row({ scenario, cell, figure, predicted, measured, allowance, badge }: Residual): Html {
  const { name, text } = FIGURES[figure] ?? { name: figure, text: format.count }
  const off = measured.value / predicted - 1
  const sign = off < 0 ? '-' : '+'
  const at = cell.point.at ? ` ${atPosition(cell.point.at)}` : ''
  return html`<tr><th scope="row"><a href="#${scenario}">${scenario}</a>, ${cell.title}${at}</th><td>${name}</td><td>${text(predicted)}</td><td>${withRange(measured, text)}</td><td>${Math.abs(off) < 5e-5 ? 'exactly' : `${sign}${format.percent(Math.abs(off))}`}</td><td>${allowance}</td><td>${badgeMarks[badge].text}</td></tr>
`
}
