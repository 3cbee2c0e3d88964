import { type Cell, failedDeliveries, figureOf, type MeasuredScenario } from './analysis/cells.ts'
import { isFloor, type Ranking, rank, times } from './analysis/conclusions.ts'
import { type FigureName, kindOf } from './analysis/figures.ts'
import { badgeOf, checkCell } from './analysis/gate.ts'
import { mayShow } from './analysis/percentiles.ts'
import { axisTitles, positionText } from './axis.ts'
import { type ChartSpec, chartFigure } from './charts/spec.ts'
import { bytesOverSweep, delayOverSweep, requestsOverSweep } from './charts/sweep.ts'
import { bytesChart, percentileChart, requestsChart, serverCpuChart } from './charts/techniques.ts'
import { tradeOffCharts } from './charts/trade-off.ts'
import { type Format, format, withRange } from './format.ts'
import { type Html, html } from './html.ts'
import { badgeMarks } from './trust.ts'

/** The charts of a scenario: techniques side by side, or over the axis of its sweep. */
export function chartsOf(measured: MeasuredScenario): ChartSpec[] {
  const {
    scenario: { name, sweep },
    cells,
  } = measured
  if (sweep) {
    const overAxis = [delayOverSweep, requestsOverSweep, bytesOverSweep]
    return [
      ...overAxis.map((chart) => chart(name, sweep.axis, cells)),
      ...tradeOffCharts(name, sweep.axis, cells),
    ]
  }
  return [
    percentileChart(`${name}-delay`, measured),
    bytesChart(`${name}-bytes`, measured),
    requestsChart(`${name}-requests`, measured),
    serverCpuChart(`${name}-cpu`, measured),
  ]
}

/** Section of one scenario: its question, what was run, all figures in one table, the charts. */
export function scenarioSection(measured: MeasuredScenario, charts: readonly ChartSpec[]): Html {
  const { scenario } = measured
  return html`<section id="${scenario.name}"><h2>${scenario.question}</h2>
<p class="setting">${settingOf(measured)}</p>
${figuresTable(measured)}
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
  const varied = sweep?.values.map((value) => value.toLocaleString('en-US')).join(', ')
  return `${parts.join(', ')}.${sweep ? ` Varied: ${axisTitles[sweep.axis]}: ${varied}.` : ''}`
}

interface Column {
  heading: string
  figure: FigureName
  text: Format
  /** A percentile that needs so many samples. */
  quantile?: number
}

const COLUMNS: Column[] = [
  { heading: 'Delay, median', figure: 'p50Us', text: format.us },
  { heading: 'Delay, p99', figure: 'p99Us', text: format.us, quantile: 0.99 },
  { heading: 'Delay, mean', figure: 'meanUs', text: format.us },
  { heading: 'Delay, longest', figure: 'maxUs', text: format.us },
  { heading: 'Delay from publication, median', figure: 'publishedP50Us', text: format.us },
  { heading: 'Delay from publication, p99', figure: 'publishedP99Us', text: format.us, quantile: 0.99 },
  { heading: 'Bytes per event', figure: 'bytesPerEvent', text: format.bytes },
  { heading: 'Bytes per event with TCP/IP headers', figure: 'wireBytesPerEvent', text: format.bytes },
  { heading: 'Packets per event', figure: 'packetsPerEvent', text: format.count },
  { heading: 'Requests per event', figure: 'requestsPerEvent', text: format.count },
  { heading: 'Empty answers', figure: 'emptyAnswerShare', text: format.percent },
  { heading: 'Bytes/s per subscriber', figure: 'bytesPerSecond', text: format.bytes },
  { heading: 'Server CPU per 1,000 events', figure: 'serverCpuUsPer1000Events', text: format.us },
  { heading: 'Server memory (RSS)', figure: 'serverRssBytes', text: format.megabytes },
]

/** Every figure of every cell: the median over its trials, and how far it can be trusted. */
function figuresTable(measured: MeasuredScenario): Html {
  const { cells } = measured
  const interval = cells.some((cell) => figureOf(cell, 'p50Us').interval === '95 %')
    ? '95 % interval for the median, where there are six trials or more; else min-max'
    : 'min-max'
  const ranking = rank(measured, 'p50Us')
  return html`<div class="scroll" tabindex="0" role="region" aria-label="All figures"><table class="figures">
<caption>Median over trials (${interval}). Lower is better in every column. Struck through: not valid.</caption>
<thead><tr><th scope="col">Technique</th><th scope="col">Delays</th><th scope="col">Bytes</th><th scope="col">Trials</th><th scope="col">Lost / duplicated / reordered</th><th scope="col">Median delay, times the lowest</th><th scope="col">Times the floor</th>${COLUMNS.map(
    ({ heading }) => html`<th scope="col">${heading}</th>`,
  )}</tr></thead>
<tbody>${cells.map((cell) => figuresRow(cell, ranking, cells.find(isFloor)))}</tbody></table></div>`
}

function figuresRow(cell: Cell, ranking: Ranking | undefined, floor: Cell | undefined): Html {
  const { title, point, records } = cell
  const { lost, duplicated, reordered } = failedDeliveries(cell)
  const findings = checkCell(cell)
  const badges = { timed: badgeOf(findings, 'timed'), counted: badgeOf(findings, 'counted') }
  const at = point.at ? ` at ${positionText(point.at.axis, point.at.value)}` : ''
  const badge = (kind: 'timed' | 'counted') => {
    const { className, text } = badgeMarks[badges[kind]]
    return html`<td class="badge ${className}">${text}</td>`
  }
  const value = (of: Cell) => figureOf(of, 'p50Us').value
  return html`<tr><th scope="row">${title}${at}</th>${badge('timed')}${badge('counted')}<td>${records.length} of ${records[0]?.scenario.trials ?? 0}</td><td>${lost} / ${duplicated} / ${reordered}</td><td>${timesTheLowest(cell, ranking)}</td><td>${floor && badges.timed !== 'not valid' ? times(value(cell) / value(floor)) : '-'}</td>${COLUMNS.map(
    (column) => {
      const text = cellText(cell, column)
      return badges[kindOf(column.figure)] === 'not valid'
        ? html`<td><s>${text}</s></td>`
        : html`<td>${text}</td>`
    },
  )}</tr>
`
}

function timesTheLowest(cell: Cell, ranking: Ranking | undefined): string {
  if (cell === ranking?.lowest) return 'lowest'
  const compared = ranking?.others.find((other) => other.cell === cell)
  if (!compared) return '-'
  const { ratio, same } = compared
  const interval = Number.isNaN(ratio.low) ? '' : ` (${times(ratio.low)} to ${times(ratio.high)})`
  return `${times(ratio.value)}${interval}${same ? ', same within noise' : ''}`
}

function cellText(cell: Cell, { figure, text, quantile }: Column): string {
  const samples = Math.min(...cell.records.map(({ latency }) => latency.n))
  if (quantile !== undefined && !mayShow(quantile, samples))
    return `too few (n = ${samples.toLocaleString('en-US')})`
  return withRange(figureOf(cell, figure), text) + modelText(cell, figure)
}

/** What the model says, where there is one, and how far the measurement is from it. */
function modelText(cell: Cell, figure: FigureName): string {
  const { bytesPerEvent, wireBytesPerEvent, meanLatencyUs } = cell.records[0]?.prediction ?? {}
  const [predicted, text] =
    figure === 'bytesPerEvent'
      ? [bytesPerEvent, format.bytes]
      : figure === 'wireBytesPerEvent'
        ? [wireBytesPerEvent, format.bytes]
        : figure === 'meanUs'
          ? [meanLatencyUs, format.us]
          : []
  if (predicted === undefined || predicted === null || !text) return ''
  const { value } = figureOf(cell, figure)
  // Where the kernel could not count, the model is all there is.
  if (Number.isNaN(value)) return `; modelled ${text(predicted)}`
  const residual = value / predicted - 1
  const off =
    Math.abs(residual) < 5e-5 ? 'exactly' : `${residual > 0 ? '+' : '-'}${format.percent(Math.abs(residual))}`
  return `; model ${text(predicted)}, ${off}`
}
