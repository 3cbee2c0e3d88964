import { type Cell, failedDeliveries, figureOf, type MeasuredScenario } from './analysis/cells.ts'
import type { FigureName } from './analysis/figures.ts'
import { mayShow } from './analysis/percentiles.ts'
import { type ChartSpec, chartFigure } from './charts/spec.ts'
import { bytesOverSweep, delayOverSweep, requestsOverSweep } from './charts/sweep.ts'
import { bytesChart, percentileChart, requestsChart, serverCpuChart } from './charts/techniques.ts'
import { type Format, format, withRange } from './format.ts'
import { type Html, html } from './html.ts'

/** The charts of a scenario: techniques side by side, or over the axis of its sweep. */
export function chartsOf({ scenario: { name, sweep }, cells }: MeasuredScenario): ChartSpec[] {
  if (sweep) {
    return [delayOverSweep, requestsOverSweep, bytesOverSweep].map((chart) => chart(name, sweep.axis, cells))
  }
  return [
    percentileChart(`${name}-delay`, cells),
    bytesChart(`${name}-bytes`, cells),
    requestsChart(`${name}-requests`, cells),
    serverCpuChart(`${name}-cpu`, cells),
  ]
}

/** Section of one scenario: its question, what was run, all figures in one table, the charts. */
export function scenarioSection(measured: MeasuredScenario, charts: readonly ChartSpec[]): Html {
  const { scenario, cells } = measured
  return html`<section id="${scenario.name}"><h2>${scenario.question}</h2>
<p class="setting">${settingOf(measured)}</p>
${figuresTable(cells)}
<div class="charts">${charts.map(chartFigure)}</div>
</section>`
}

function settingOf({ scenario: { name, sweep, feed, load, trials }, cells }: MeasuredScenario): string {
  const { schedule, payloadBytes } = feed
  const events =
    schedule.kind === 'bursts'
      ? `bursts of ${schedule.burstEvents} events every ${schedule.everyMs} ms`
      : `${schedule.ratePerSecond} events per second (${schedule.kind === 'poisson' ? `Poisson, seed ${schedule.seed}` : 'constant'})`
  const parts = [
    `Scenario ${name}: ${load.subscribers.toLocaleString('en-US')} subscribers`,
    events,
    `${payloadBytes.toLocaleString('en-US')} bytes of payload`,
    ...(cells.some(({ technique }) => technique === 'short-poll') && sweep?.axis !== 'pollIntervalMs'
      ? [`short polls every ${load.pollIntervalMs} ms`]
      : []),
    `${trials} ${trials === 1 ? 'trial' : 'trials'} of ${load.measureMs / 1e3} s each`,
  ]
  return `${parts.join(', ')}.${sweep ? ` Varied: ${sweep.axis}, ${sweep.values.join(', ')}.` : ''}`
}

const COLUMNS: { heading: string; figure: FigureName; text: Format; quantile?: number }[] = [
  { heading: 'Delay, median', figure: 'p50Us', text: format.us },
  { heading: 'Delay, p99', figure: 'p99Us', text: format.us, quantile: 0.99 },
  { heading: 'Delay, mean', figure: 'meanUs', text: format.us },
  { heading: 'Delay, longest', figure: 'maxUs', text: format.us },
  { heading: 'Median delay from publication', figure: 'publishedP50Us', text: format.us },
  { heading: 'Bytes per event', figure: 'bytesPerEvent', text: format.bytes },
  { heading: 'Requests per event', figure: 'requestsPerEvent', text: format.count },
  { heading: 'Empty answers', figure: 'emptyAnswerShare', text: format.percent },
  { heading: 'Bytes/s per subscriber', figure: 'bytesPerSecond', text: format.bytes },
  { heading: 'Server CPU per 1,000 events', figure: 'serverCpuUsPer1000Events', text: format.us },
  { heading: 'Server memory (RSS)', figure: 'serverRssBytes', text: format.megabytes },
]

/** Every figure of every cell: the median over its trials, and their range. */
function figuresTable(cells: readonly Cell[]): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="All figures"><table class="figures">
<caption>Median over trials (smallest to largest trial). Lower is better in every column.</caption>
<thead><tr><th scope="col">Technique</th><th scope="col">Trials</th><th scope="col">Lost / duplicated / reordered</th>${COLUMNS.map(
    ({ heading }) => html`<th scope="col">${heading}</th>`,
  )}</tr></thead>
<tbody>${cells.map(figuresRow)}</tbody></table></div>`
}

function figuresRow(cell: Cell): Html {
  const { title, point, records } = cell
  const { lost, duplicated, reordered } = failedDeliveries(cell)
  const at = point.at ? `, ${point.at.axis} ${point.at.value.toLocaleString('en-US')}` : ''
  return html`<tr${lost + duplicated + reordered > 0 && html` class="failed"`}><th scope="row">${title}${at}</th><td>${records.length} of ${records[0]?.scenario.trials ?? 0}</td><td>${lost} / ${duplicated} / ${reordered}</td>${COLUMNS.map(
    (column) => html`<td>${cellText(cell, column)}</td>`,
  )}</tr>
`
}

function cellText(cell: Cell, { figure, text, quantile }: (typeof COLUMNS)[number]): string {
  const samples = Math.min(...cell.records.map(({ latency }) => latency.n))
  if (quantile !== undefined && !mayShow(quantile, samples))
    return `too few (n = ${samples.toLocaleString('en-US')})`
  return withRange(figureOf(cell, figure), text)
}
