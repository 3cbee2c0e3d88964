import type { Observation, Row } from '../results/observation.ts'
import type { Run } from '../results/record.ts'
import { format } from './format.ts'
import { type Html, html } from './html.ts'
import { badgeMarks } from './trust.ts'

/** What else was seen? Each experiment with its rows; those that could not be made here with the reason. */
export function experimentsSection({ failedExperiments }: Run, observations: readonly Observation[]): Html {
  if (observations.length + failedExperiments.length === 0) return html``
  const sorted = observations.toSorted((a, b) => a.experiment.localeCompare(b.experiment))
  const { className, text } = badgeMarks['not measured']
  const failed = failedExperiments.map(
    ({ experiment, reason }) => html`<li class="${className}"><b>${text}</b> ${experiment}: ${reason}</li>`,
  )
  const missing = sorted.filter(({ unavailable }) => unavailable !== null)
  const seen = sorted.filter(({ unavailable }) => unavailable === null)
  return html`<section id="experiments"><h2>What else was seen, of browsers, proxies and memory?</h2>
<p>${seen.length} experiments beside the load scenarios. The claims that rest on them are judged above.</p>
${(failed.length > 0 || missing.length > 0) && html`<ul class="notices">${failed}${missing.map(({ experiment, unavailable }) => html`<li class="${className}"><b>${text}</b> ${experiment}: ${unavailable ?? ''}</li>`)}</ul>`}
${seen.map(experimentDetails)}
</section>`
}

function experimentDetails({ experiment, question, expectation, participants, rows }: Observation): Html {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const versions = Object.entries(participants).map(([name, version]) => `${name} ${version}`)
  return html`<details id="experiment-${experiment}"><summary><b>${experiment}</b>: ${question}</summary>
<p class="expectation"><b>Expected:</b> ${expectation}</p>
${versions.length > 0 && html`<p class="note">With ${versions.join(', ')}.</p>`}
<div class="scroll" tabindex="0" role="region" aria-label="${experiment}"><table class="figures experiment">
<thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${rows.map(
    (row) => html`<tr>${columns.map((column) => html`<td>${valueText(column, row[column])}</td>`)}</tr>
`,
  )}</tbody></table></div></details>
`
}

/** A figure as its column's unit asks. */
function valueText(column: string, value: Row[string] | undefined): string {
  if (value === undefined) return '-'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string') return value
  if (column.endsWith('Us')) return format.us(value)
  if (column.endsWith('Bytes') || column === 'bytes') return format.bytes(value)
  return format.count(value)
}
