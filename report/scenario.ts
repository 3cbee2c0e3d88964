import type { Run } from '../results/record.ts'
import type { Search } from '../scenarios/scenario.ts'
import type { Schedule } from '../server/schedule.ts'
import { completeVariant } from '../server/variant.ts'
import type { MeasuredScenario } from './analysis/cells.ts'
import { axisTitles, isNumeric, networkTexts, positionText, variantTexts } from './axis.ts'
import { capacityOf } from './capacity-section.ts'
import { type ChartSpec, chartFigure } from './charts/spec.ts'
import { sweepCharts } from './charts/sweep.ts'
import {
  bytesChart,
  idleBytesChart,
  percentileChart,
  requestsChart,
  serverCpuChart,
} from './charts/techniques.ts'
import { tradeOffCharts } from './charts/trade-off.ts'
import { figuresTables } from './figures-tables.ts'
import { type Html, html } from './html.ts'

/** The charts of a scenario: techniques side by side, or over the axis of its sweep. */
export function chartsOf(measured: MeasuredScenario): ChartSpec[] {
  const {
    scenario: { name, sweep, search, feed },
    cells,
  } = measured
  // A search has other values for each technique: its table says it all.
  if (search) return []
  if (sweep) return [...sweepCharts(measured), ...tradeOffCharts(name, sweep.axis, cells)]
  if (feed.schedule.kind === 'silent') return [idleBytesChart(`${name}-bytes`, measured)]
  return [
    percentileChart(`${name}-delay`, measured),
    bytesChart(`${name}-bytes`, measured),
    requestsChart(`${name}-requests`, measured),
    serverCpuChart(`${name}-cpu`, measured),
  ]
}

/** Section of one scenario: its question, what was run, all figures in tables, the charts. */
export function scenarioSection(measured: MeasuredScenario, charts: readonly ChartSpec[], run: Run): Html {
  const { scenario } = measured
  return html`<section id="${scenario.name}"><h2>${scenario.question}</h2>
${scenario.expectation ? html`<p class="expectation"><b>Expected:</b> ${scenario.expectation}</p>\n` : ''}<p class="setting">${settingOf(measured)}</p>
${capacityOf(measured, run)}
${scenario.search ? html`<details><summary>All figures of every value that was tried</summary>${figuresTables(measured)}</details>` : figuresTables(measured)}
<div class="charts">${charts.map(chartFigure)}</div>
</section>`
}

function settingOf({ scenario, cells }: MeasuredScenario): string {
  const { name, sweep, search, feed, load, trials, variant = {} } = scenario
  const { schedule, payloadBytes, source } = feed
  const events = scheduleText(schedule)
  const parts = [
    `Scenario ${name}: ${search?.axis === 'subscribers' ? searchText(search) : positionText('subscribers', load.subscribers)}`,
    source === 'subscribers'
      ? `who publish ${events} in turn`
      : search?.axis === 'ratePerSecond'
        ? searchText(search)
        : events,
    `${payloadBytes.toLocaleString('en-US')} bytes of payload`,
    ...(cells.some(({ technique }) => technique === 'short-poll') && sweep?.axis !== 'pollIntervalMs'
      ? [`short polls every ${load.pollIntervalMs} ms`]
      : []),
    ...networkTexts(scenario.network, sweep?.axis),
    ...variantTexts(completeVariant(variant), sweep?.axis),
    `${search ? 'up to ' : ''}${trials} ${trials === 1 ? 'trial' : 'trials'} of ${load.measureMs / 1e3} s each`,
  ]
  return `${parts.join(', ')}.${variedText(sweep)}`
}

function searchText({ axis, from, to }: Search): string {
  return `${from.toLocaleString('en-US')} to ${positionText(axis, to)}`
}

function scheduleText(schedule: Schedule): string {
  switch (schedule.kind) {
    case 'bursts':
      return `bursts of ${schedule.burstEvents} events every ${schedule.everyMs} ms`
    case 'poisson':
      return `${schedule.ratePerSecond} events per second (Poisson, seed ${schedule.seed})`
    case 'constant':
      return `${schedule.ratePerSecond} events per second (constant)`
    case 'silent':
      return 'no event at all'
  }
}

function variedText(sweep: MeasuredScenario['scenario']['sweep']): string {
  if (!sweep) return ''
  const { axis, values } = sweep
  return isNumeric(axis)
    ? ` Varied: ${axisTitles[axis]}: ${values.map((value) => value.toLocaleString('en-US')).join(', ')}.`
    : ` Varied: ${values.map((value) => positionText(axis, value)).join('; ')}.`
}
