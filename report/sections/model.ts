import type { MeasuredScenario } from '../analysis/cells.ts'
import { type Residual, residualsOf } from '../analysis/residuals.ts'
import { atPosition } from '../axis.ts'
import { type Format, format, withRange } from '../format.ts'
import { type Html, html } from '../html.ts'
import { capital, said, say } from '../words/say.ts'
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
${beyond.length === 1 ? beyond.map(sentence) : beyond.length > 1 && modelTable('Beyond the tolerance', beyond)}
${within.length > 0 && html`<details class="later" data-show="model"><summary>${say`${within.length} figures within the tolerance`}</summary><p class="note">${WITH_SCRIPTS}</p></details>`}`
}

/** Figures beside what their models say, one a row. */
export function modelTable(label: string, residuals: readonly Residual[]): Html {
  const headings = ['Where', 'Figure', 'Model', 'Measured', 'Off by', 'Tolerance', 'Badge']
  return table(label, 'figures', headings, residuals.map(row))
}

/** A table of one row says less. */
function sentence(residual: Residual): Html {
  const { name, predicted, measured, off } = textsOf(residual)
  return html`<p><b>${whereOf(residual)}</b>: <span>${say`${said(name)} ${measured}, by the model ${predicted} (${off}).`}</span> <span>${say`The tolerance is ${residual.allowance}.`}</span></p>`
}

function row(residual: Residual): Html {
  const { name, predicted, measured, off } = textsOf(residual)
  return html`<tr><th scope="row">${whereOf(residual)}</th><td>${name}</td><td>${predicted}</td><td>${measured}</td><td>${off}</td><td>${residual.allowance}</td><td>${badgeMarks[residual.badge].text}</td></tr>
`
}

function whereOf({ scenario, cell }: Residual): Html {
  return html`<a href="#${scenario}">${scenario}</a> <span>${cell.title}</span>${cell.point.at && html` <small>${capital(atPosition(cell.point.at))}</small>`}`
}

function textsOf({ figure, predicted, measured }: Residual) {
  const { name, text } = FIGURES[figure] ?? { name: figure, text: format.count }
  const off = measured.value / predicted - 1
  const offText = `${off < 0 ? '-' : '+'}${format.percent(Math.abs(off))}`
  return {
    ...{ name, predicted: text(predicted), measured: withRange(measured, text) },
    off: Math.abs(off) < 5e-5 ? said('exactly') : offText,
  }
}
