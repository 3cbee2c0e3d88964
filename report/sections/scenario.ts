import type { Run } from '../../results/record.ts'
import type { Search } from '../../results/scenario.ts'
import { pollOf } from '../../server/registry.ts'
import type { Schedule } from '../../server/schedule.ts'
import { completeVariant } from '../../server/variant.ts'
import { figureOf, type MeasuredScenario } from '../analysis/cells.ts'
import { isTimed } from '../analysis/rules.ts'
import { axisTitles, isNumeric, networkTexts, positionText, variantTexts } from '../axis.ts'
import { chartFigure } from '../charts/figure.ts'
import type { ChartSpec } from '../charts/spec.ts'
import { sweepCharts } from '../charts/sweep.ts'
import {
  bytesChart,
  idleBytesChart,
  percentileChart,
  requestsChart,
  serverCpuChart,
} from '../charts/techniques.ts'
import { tradeOffCharts } from '../charts/trade-off.ts'
import { type Html, html } from '../html.ts'
import { scenarioSentences } from '../sentences/scenario.ts'
import { clauses, parts as inParts, said, say, sentences, type Text } from '../words/say.ts'
import { capacityOf } from './capacity.ts'
import { WITH_SCRIPTS } from './later.ts'

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
    ...(isTimed(measured.scenario) ? [percentileChart(`${name}-delay`, measured)] : []),
    bytesChart(`${name}-bytes`, measured),
    ...(cells.some((cell) => figureOf(cell, 'requestsPerEvent').value > 0)
      ? [requestsChart(`${name}-requests`, measured)]
      : []),
    ...(isTimed(measured.scenario) ? [serverCpuChart(`${name}-cpu`, measured)] : []),
  ]
}

/**
 * One scenario, folded: its question and what it found are in sight, and behind them what was expected, what was run,
 * and its charts.
 */
export function scenarioDetails(measured: MeasuredScenario, run: Run): Html {
  const { scenario } = measured
  return html`<details class="scenario" id="${scenario.name}"><summary><b>${scenario.question}</b> <span>${sentences(scenarioSentences(measured, run))}</span></summary>
${scenario.expectation !== undefined && html`<p class="expectation"><b>Expected:</b> <span>${scenario.expectation}</span></p>\n`}<p class="setting">${settingOf(measured)}</p>
${capacityOf(measured, run)}<div class="charts">${chartsOf(measured).map((spec) => chartFigure(spec, measured.isUndrawn !== true))}</div>
${allFigures(measured)}</details>
`
}

/** Every figure of every cell, made from the records when somebody opens it. */
export function allFigures({ scenario }: MeasuredScenario): Html {
  return html`<details class="later" data-show="figures" data-scenario="${scenario.name}"><summary>All figures, with their intervals and badges</summary><p class="note">${WITH_SCRIPTS}</p></details>`
}

/** What was run, in one sentence: `Scenario steady-feed: 100 subscribers, 10 events per second (constant), …` */
export function settingOf({ scenario, cells }: MeasuredScenario): Text {
  const { name, sweep, search, feed, load, trials, variant = {} } = scenario
  const { schedule, payloadBytes, source } = feed
  const events = scheduleText(schedule)
  const settings = [
    search?.axis === 'subscribers' ? searchText(search) : positionText('subscribers', load.subscribers),
    source === 'subscribers'
      ? say`who publish ${events} in turn`
      : search?.axis === 'ratePerSecond'
        ? searchText(search)
        : events,
    say`${payloadBytes.toLocaleString('en-US')} bytes of payload`,
    ...(cells.some(({ technique }) => pollOf(technique) === 'timer') && sweep?.axis !== 'pollIntervalMs'
      ? [say`short polls every ${load.pollIntervalMs} ms`]
      : []),
    ...networkTexts(scenario.network, sweep?.axis),
    ...variantTexts(completeVariant(variant), sweep?.axis),
    trialsText(trials, load.measureMs / 1e3, search !== undefined),
  ]
  return sentences([say`Scenario ${name}: ${clauses(settings)}.`, variedText(sweep)])
}

function trialsText(trials: number, seconds: number, isMost: boolean): Text {
  if (isMost) return say`up to ${trials} trials of ${seconds} s each`
  return trials === 1 ? say`${trials} trial of ${seconds} s` : say`${trials} trials of ${seconds} s each`
}

function searchText({ axis, ...ends }: Search): Text {
  const [from, to] = [ends.from.toLocaleString('en-US'), ends.to.toLocaleString('en-US')]
  return axis === 'subscribers' ? say`${from} to ${to} subscribers` : say`${from} to ${to} events per second`
}

function scheduleText(schedule: Schedule): Text {
  switch (schedule.kind) {
    case 'bursts':
      return say`bursts of ${schedule.burstEvents} events every ${schedule.everyMs} ms`
    case 'poisson':
      return say`${positionText('ratePerSecond', schedule.ratePerSecond)} (Poisson, seed ${schedule.seed})`
    case 'constant':
      return say`${positionText('ratePerSecond', schedule.ratePerSecond)} (constant)`
    case 'silent':
      return said('no event at all')
  }
}

function variedText(sweep: MeasuredScenario['scenario']['sweep']): Text {
  if (!sweep) return ''
  const { axis, values } = sweep
  return isNumeric(axis)
    ? say`Varied: ${said(axisTitles[axis])}: ${values.map((value) => value.toLocaleString('en-US')).join(', ')}.`
    : say`Varied: ${inParts(values.map((value) => positionText(axis, value)))}.`
}
