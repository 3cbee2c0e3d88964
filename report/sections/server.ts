import type { Observation } from '../../results/observation.ts'
import type { Run } from '../../results/record.ts'
import {
  type MemoryPerSubscriberRow,
  memoryPerSubscriberRows,
} from '../../results/rows/memory-per-subscriber.ts'
import { type Cell, figureOf, isCandidate, type MeasuredScenario, titleOf } from '../analysis/cells.ts'
import { memoryOf } from '../analysis/memory.ts'
import { timedScenario } from '../analysis/needs.ts'
import { FULL_CORE } from '../analysis/rules.ts'
import { chartFigure } from '../charts/figure.ts'
import { marked, serverCpuChart } from '../charts/techniques.ts'
import type { Evidence } from '../claims/claim.ts'
import { rowsOf } from '../claims/evidence.ts'
import { format, rangeText } from '../format.ts'
import { type Html, html } from '../html.ts'
import { median } from '../statistics/median.ts'
import { list, say, type Text } from '../words/say.ts'
import { experimentsOf } from './experiments.ts'
import { scenarioDetails } from './scenario.ts'
import { missing, section, table } from './section.ts'

/** Section 8: CPU, memory and sockets of the server, and where it was the load agent that had nothing left. */
export function serverSection(
  scenarios: readonly MeasuredScenario[],
  others: readonly MeasuredScenario[],
  evidence: Evidence,
  seen: readonly Observation[],
  run: Run,
): Html {
  const main = timedScenario(scenarios)
  return section(
    'server',
    html`<p class="answer">${whoseLimit(scenarios)}</p>`,
    main &&
      html`<div class="charts one">${chartFigure(serverCpuChart(`${main.scenario.name}-cpu`, main))}</div>
${resources(main)}`,
    memoryTable(evidence),
    others.length > 0 &&
      html`<h3>How far does it go?</h3>${others.map((measured) => scenarioDetails(measured, run))}`,
    experimentsOf('What memory and saturation were seen to be', seen),
  )
}

/** Where a load agent had nothing left, no figure is the server's: that has to be said before any of them. */
function whoseLimit(scenarios: readonly MeasuredScenario[]): Text {
  const isFull = (cell: Cell) =>
    median(cell.records.map(({ agent }) => agent.cpuUs / agent.elapsedUs)) > FULL_CORE
  const full = scenarios
    .filter(({ scenario }) => !scenario.search)
    .filter(({ cells }) => cells.some(isFull))
    .map(({ scenario }) => scenario.name)
  return full.length === 0
    ? say`In no scenario did the load agent use more than ${format.percent(FULL_CORE)} of a core: what is slow is not the generator of the load.`
    : say`In ${list(full)} the load agent used more than ${format.percent(FULL_CORE)} of a core: there its delays are not the server’s, and the gate does not let them pass.`
}

function resources({ cells, scenario }: MeasuredScenario): Html {
  const headings = [
    'Technique',
    'Server CPU, of one core',
    'Load agent CPU, of one core',
    'Server memory (RSS)',
    'Connections held',
    'Subscribers',
  ]
  const share = (cell: Cell, of: 'server' | 'agent') =>
    format.percent(median(cell.records.map((record) => record[of].cpuUs / record[of].elapsedUs)))
  const held = ({ records }: Cell) =>
    median(records.map(({ traffic }) => traffic.setup.connections + traffic.window.connections))
  const rows = cells.filter(isCandidate).map(
    (cell) =>
      html`<tr data-technique="${cell.technique}"><th scope="row">${marked(cell, 'serverCpuUsPer1000Events')}</th><td>${share(cell, 'server')}</td><td>${share(cell, 'agent')}</td><td>${format.megabytes(figureOf(cell, 'serverRssBytes').value)}</td><td>${format.count(held(cell))}</td><td>${format.count(cell.point.load.subscribers)}</td></tr>
`,
  )
  return table(scenario.name, 'figures', headings, rows)
}

const STAGES = memoryPerSubscriberRows.columns.stage

/** What one more subscriber costs, by the slope over numbers of them; nothing where the run has no such experiment. */
function memoryTable(evidence: Evidence): Html {
  const found = rowsOf(evidence, memoryPerSubscriberRows)
  if ('none' in found && found.isOutdated) return html`<p class="note">${found.none.because}</p>`
  const rows = 'none' in found ? [] : found.rows
  const techniques = [...new Set(rows.map(({ technique }) => technique))]
  if (techniques.length === 0)
    return missing(
      'Memory per subscriber was not measured in this run.',
      '--experiment memory-per-subscriber',
    )
  const cell = (technique: string, stage: MemoryPerSubscriberRow['stage']) => {
    const slope = memoryOf(evidence, technique, stage)
    return slope
      ? html`<td>${format.kilobytes(slope.value)} <small>${rangeText({ ...slope, interval: '95 %' }, format.kilobytes)}</small></td>`
      : html`<td>-</td>`
  }
  const row = (technique: string) =>
    html`<tr data-technique="${technique}"><th scope="row">${titleOf(technique)}</th>${STAGES.map((stage) => cell(technique, stage))}</tr>
`
  return html`<h3>What does one more subscriber cost in memory?</h3>
<p class="note">Bytes of the server’s process and of the kernel’s end of the socket, by least squares over three numbers of held connections, with the 95 % interval of the slope.</p>
${table('Memory per subscriber', 'figures', ['Technique', ...STAGES], techniques.map(row))}`
}
