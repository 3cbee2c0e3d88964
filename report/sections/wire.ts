import type { Observation } from '../../results/observation.ts'
import type { Run } from '../../results/record.ts'
import type { MeasuredScenario } from '../analysis/cells.ts'
import { mainScenario } from '../analysis/needs.ts'
import { classChart } from '../charts/classes.ts'
import { chartFigure } from '../charts/spec.ts'
import { type Html, html } from '../html.ts'
import { bytesOf } from '../wire/bytes.ts'
import { scenarioDetails } from './scenario.ts'
import { section } from './section.ts'

/** Section 6: what one event costs on the wire, by what its bytes are there for, down to the bytes themselves. */
export function wireSection(
  scenarios: readonly MeasuredScenario[],
  others: readonly MeasuredScenario[],
  captured: Observation | undefined,
  run: Run,
): Html {
  const main = mainScenario(scenarios)
  return section(
    'wire',
    main &&
      html`<div class="charts one">${chartFigure(classChart(`${main.scenario.name}-classes`, main))}</div>`,
    html`<h3>The very bytes of one event</h3>${captured && html`<p class="note">The event that was captured is number 1: numbers with more digits, and lengths with more digits, take a byte or two more, which is what the averages above show.</p>`}${bytesOf(captured)}`,
    others.length > 0 &&
      html`<h3>What changes it?</h3>${others.map((measured) => scenarioDetails(measured, run))}`,
  )
}
