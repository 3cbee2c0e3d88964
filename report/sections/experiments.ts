import type { Observation, Row } from '../../results/observation.ts'
import type { Run } from '../../results/record.ts'
import { format } from '../format.ts'
import { type Html, html } from '../html.ts'
import { clauses, said, say } from '../words/say.ts'
import { badgeItem } from './badges.ts'
import { allRows } from './later.ts'
import { scrolling } from './section.ts'

/** Experiments under a heading, each with its rows; those that could not be made here with the reason. */
export function experimentsOf(
  heading: string,
  observations: readonly Observation[],
  failedExperiments: Run['failedExperiments'] = [],
): Html {
  if (observations.length + failedExperiments.length === 0) return html``
  const sorted = observations.toSorted((a, b) => a.experiment.localeCompare(b.experiment))
  const missing = [
    ...failedExperiments,
    ...sorted.flatMap(({ experiment, unavailable: reason }) =>
      reason === null ? [] : { experiment, reason },
    ),
  ].map(({ experiment, reason }) => badgeItem('not measured', say`${experiment}: ${said(reason)}`))
  const seen = sorted.filter(({ unavailable }) => unavailable === null)
  return html`<h3>${heading}</h3>
${missing.length > 0 && html`<ul class="notices">${missing}</ul>`}
${seen.map(experimentDetails)}`
}

/** More rows than these stand in the file as data alone, and are shown as a table when somebody opens them. */
const MOST_ROWS = 16

function experimentDetails(observation: Observation): Html {
  const { experiment, question, expectation, participants, rows } = observation
  const versions = Object.entries(participants).map(([name, version]) => say`${said(name)} ${said(version)}`)
  const table = rows.length <= MOST_ROWS ? rowsTable(observation) : allRows(observation)
  return html`<details class="scenario" id="experiment-${experiment}"><summary><b>${question}</b> <small translate="no">${experiment}</small></summary>
<p class="expectation"><b>Expected:</b> <span>${expectation}</span></p>
${versions.length > 0 && html`<p class="note">${say`With ${clauses(versions)}.`}</p>`}
${table}</details>
`
}

/** What an experiment saw, one row each. */
export function rowsTable({ experiment, rows }: Observation): Html {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return scrolling(
    experiment,
    html`<table class="figures experiment">
<thead><tr>${columns.map((column) => html`<th scope="col" translate="no">${column}</th>`)}</tr></thead>
<tbody>${rows.map(
      (row) => html`<tr>${columns.map((column) => html`<td>${valueText(column, row[column])}</td>`)}</tr>
`,
    )}</tbody></table>`,
  )
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
