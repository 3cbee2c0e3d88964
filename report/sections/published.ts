import type { Evidence } from '../claims/claim.ts'
import { numberText, unitText } from '../claims/judge.ts'
import { type Html, html } from '../html.ts'
import { type SideBySide, sideBySide } from '../published/index.ts'
import { say } from '../words/say.ts'
import { badgeMarks } from './badges.ts'
import { table } from './section.ts'

/** What have others published? Their figures beside the models and what this run measured. */
export function publishedFigures(evidence: Evidence): Html {
  const figures = sideBySide(evidence)
  const measured = figures.filter(({ here }) => 'measured' in here)
  if (measured.length === 0) return html``
  const others = figures.filter((figure) => !measured.includes(figure))
  const headings = ['Figure', 'Published', 'Model', 'Here', 'What differs']
  const [only] = measured
  return html`<h3 id="published">What have others published, and what is it here?</h3>
${only && measured.length === 1 ? sentence(only) : table('Published figures', 'claims', headings, measured.map(row))}
${
  others.length > 0 &&
  html`<details><summary>${others.length === 1 ? say`${others.length} published figure was not measured in this run` : say`${others.length} published figures were not measured in this run`}</summary>
<ul class="compact">${others.map(({ source, what, published, here }) => html`<li><b>${source}</b> <span>${what}</span>: <span>${published.text}</span>. <span>${'notMeasured' in here && here.notMeasured}</span></li>`)}</ul></details>`
}`
}

/** A table of one row says less. */
function sentence({ source, what, published, unit, model, here, comment }: SideBySide): Html {
  const measured = 'measured' in here ? here.measured : undefined
  return html`<p><b>${source}</b> <span>${what}</span>: <span>${published.text}</span>. ${model && html`<span>${say`By the model ${unitText(model.value, unit)} (${model.by}).`}</span>`} ${measured && html`<span>${say`Here ${numberText(measured)} (${badgeMarks[measured.badge].text}).`}</span>`} <span>${comment}</span></p>`
}

function row({ source, what, published, unit, model, here, comment }: SideBySide): Html {
  const measured = 'measured' in here ? here.measured : undefined
  const badge = measured && badgeMarks[measured.badge]
  return html`<tr><th scope="row">${source}<br><small>${what}</small></th><td>${published.text}</td><td>${model ? html`${unitText(model.value, unit)}<br><small>${model.by}</small>` : 'none'}</td><td>${measured && numberText(measured)}<br><small>${badge?.text ?? ''}</small></td><td>${comment}</td></tr>
`
}
