import type { Run } from '../../results/record.ts'
import type { MeasuredScenario } from '../analysis/cells.ts'
import { timedScenario } from '../analysis/needs.ts'
import { chartFigure } from '../charts/figure.ts'
import { distributionChart, percentileChart } from '../charts/techniques.ts'
import { type Html, html } from '../html.ts'
import { scenarioDetails } from './scenario.ts'
import { missing, section } from './section.ts'

/** Section 4: how late events arrive, as percentiles and as shares, and what changes it. */
export function delaySection(
  scenarios: readonly MeasuredScenario[],
  others: readonly MeasuredScenario[],
  run: Run,
): Html {
  const main = timedScenario(scenarios)
  const charts = main
    ? [
        percentileChart(`${main.scenario.name}-delay`, main),
        distributionChart(`${main.scenario.name}-distribution`, main),
      ]
    : []
  return section(
    'delay',
    charts.length > 0 &&
      html`<p class="note">From when the schedule asked for an event to when its last byte arrived. Each point is read from the delays of all trials together, p50 is the geometric mean of the trials’ medians. A percentile is shown only where at least ten events lie beyond it, and at least one of the moments at which they were due.</p>
<div class="charts">${charts.map((spec) => chartFigure(spec))}</div>`,
    others.length > 0 &&
      html`<h3>What changes it?</h3>${others.map((measured) => scenarioDetails(measured, run))}`,
    charts.length === 0 && others.length === 0 && missing('No delays were measured.', '-s steady-feed'),
  )
}
