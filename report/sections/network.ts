import type { Observation } from '../../results/observation.ts'
import type { Run } from '../../results/record.ts'
import { resumeRows } from '../../results/rows/resume.ts'
import type { MeasuredScenario } from '../analysis/cells.ts'
import { type Resumed, resumedOf } from '../analysis/recovery.ts'
import type { Evidence } from '../claims/claim.ts'
import { rowsOf } from '../claims/evidence.ts'
import { format } from '../format.ts'
import { type Html, html } from '../html.ts'
import { list, say, type Text } from '../words/say.ts'
import { experimentsOf } from './experiments.ts'
import { scenarioDetails } from './scenario.ts'
import { missing, section, table } from './section.ts'

/** Section 9: slow networks, proxies, cuts. */
export function networkSection(
  others: readonly MeasuredScenario[],
  evidence: Evidence,
  seen: readonly Observation[],
  run: Run,
): Html {
  const resumed = resumedOf(evidence)
  return section(
    'network',
    resumed.length > 0
      ? html`<h3>What is lost by connections that are cut?</h3><p class="answer">${conclusionOf(resumed)}</p>${cutsTable(resumed)}`
      : nothingCut(evidence),
    others.length > 0 &&
      html`<h3>What do delay, proxies and stalls do?</h3>${others.map((measured) => scenarioDetails(measured, run))}`,
    experimentsOf('What networks and proxies were seen to do', seen, run.failedExperiments),
  )
}

function nothingCut(evidence: Evidence): Html {
  const found = rowsOf(evidence, resumeRows)
  return 'none' in found && found.isOutdated
    ? html`<p>${found.none.because}</p>`
    : missing('No connection was cut in this run.', '--experiment resume')
}

function conclusionOf(resumed: readonly Resumed[]): Text {
  const cuts = resumed.reduce((sum, one) => sum + one.cuts, 0)
  const harmed = resumed.filter(({ isUnharmed }) => !isUnharmed)
  return harmed.length === 0
    ? say`Over ${cuts} cuts no technique lost, doubled or reordered an event when it came back with its cursor.`
    : say`Over ${cuts} cuts events were lost, doubled or reordered with ${list(harmed.map(({ title }) => title))}.`
}

function cutsTable(resumed: readonly Resumed[]): Html {
  const headings = [
    'Technique',
    'Cuts',
    'Events published',
    'Lost with the cursor',
    'Twice',
    'Out of order',
    'Lost without the cursor',
    'Lost beyond the server’s history',
    'Of those, told of',
  ]
  const text = (count: number | null) => (count === null ? '-' : format.count(count))
  const rows = resumed.map(
    (one) =>
      html`<tr data-technique="${one.technique}"><th scope="row">${one.title}</th>${[one.cuts, one.published, one.lost, one.twice, one.outOfOrder, one.lostWithoutCursor, one.lostBeyondHistory, one.toldLost].map((count) => html`<td>${text(count)}</td>`)}</tr>
`,
  )
  return table('What is lost by cuts', 'figures', headings, rows)
}
