import type { Run } from '../../results/record.ts'
import { figureOf, type MeasuredScenario } from '../analysis/cells.ts'
import { isTimed } from '../analysis/rules.ts'
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
import { sentences } from '../words/say.ts'
import { capacityOf } from './capacity.ts'
import { WITH_SCRIPTS } from './later.ts'
import { settingOf } from './setting.ts'

/** The charts of a scenario: techniques side by side, or over the axis of its sweep. */
function chartsOf(measured: MeasuredScenario): ChartSpec[] {
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
