import type { Observation } from '../../results/observation.ts'
import type { Run } from '../../results/record.ts'
import { type Cell, failedDeliveries, figureOf, type MeasuredScenario } from '../analysis/cells.ts'
import { kindOf } from '../analysis/figures.ts'
import { badgeOf } from '../analysis/gate.ts'
import { memoryOf } from '../analysis/memory.ts'
import { mainScenario } from '../analysis/needs.ts'
import { resumedOf } from '../analysis/recovery.ts'
import { isTimed } from '../analysis/rules.ts'
import { chartFigure } from '../charts/figure.ts'
import { sharesChart } from '../charts/shares.ts'
import { markSvg } from '../charts/svg/marks.ts'
import type { Evidence } from '../claims/claim.ts'
import { format, rangeText } from '../format.ts'
import { type Html, html } from '../html.ts'
import { identityOf } from '../palette.ts'
import { scenarioSentences } from '../sentences/scenario.ts'
import { say, sentences, type Text } from '../words/say.ts'
import { badgeColumns } from './badges.ts'
import { small } from './figures-tables.ts'
import { baselineText, compared, factorRows, measures, techniqueCell } from './heat-map.ts'
import { allFigures, scenarioDetails } from './scenario.ts'
import { scrolling, section } from './section.ts'
import { firstSecondsInSmall } from './time.ts'

/** Section 3: every technique by every measure, times the lowest, and the gate's badges. */
export function compareSection(
  scenarios: readonly MeasuredScenario[],
  others: readonly MeasuredScenario[],
  evidence: Evidence,
  first: Observation | undefined,
  run: Run,
): Html {
  const main = mainScenario(scenarios)
  return section(
    'compare',
    main &&
      html`<p class="answer">${sentences(scenarioSentences(main, run))}</p>
<p class="note" id="baseline">${baselineText(main)}</p>
${heatMap(main, evidence)}
<p class="note">Values are geometric means of trials, which divide to the factors; p99 is that of all trials together. Lower is better, but of the payload share. Struck through: not valid.</p>
${
  isTimed(main.scenario) &&
  html`<div class="charts">${chartFigure(sharesChart(`${main.scenario.name}-shares`, main))}${firstSecondsInSmall(first)}</div>
`
}${allFigures(main)}`,
    others.length > 0 &&
      html`<h3>In other situations</h3>${others.map((measured) => scenarioDetails(measured, run))}`,
    scenarios.length === 0 && html`<p>Nothing was measured.</p>`,
  )
}

/** Measures down, techniques across; where scripts run a heading is a button that makes its column the baseline. */
function heatMap(measured: MeasuredScenario, evidence: Evidence): Html {
  const cells = compared(measured)
  const row = (heading: string, of: (cell: Cell) => Html) =>
    html`<tr><th scope="row">${heading}</th>${cells.map(of)}</tr>
`
  /** Nothing where no technique has it. */
  const plain = (heading: string, of: (cell: Cell) => Html | Text) =>
    cells.some((cell) => of(cell) !== '-') && row(heading, (cell) => techniqueCell(cell, of(cell)))
  const badges = badgeColumns(
    cells,
    measures.map(({ figure }) => kindOf(figure)),
  )
  const headings = cells.map(
    ({ technique, title }) =>
      html`<th scope="col" data-technique="${technique}">${markSvg(identityOf(technique))}<span>${title}</span></th>`,
  )
  return scrolling(
    'Comparison',
    html`<table class="matrix">
<thead><tr><th scope="col">Measure</th>${headings}</tr></thead>
<tbody id="factors">${factorRows(measured)}</tbody>
<tbody>${[
      plain('Payload share', (cell) =>
        badgeOf(cell, 'payloadShare') === 'not valid'
          ? html`<s>${payloadShare(cell)}</s>`
          : payloadShare(cell),
      ),
      plain('Memory per subscriber', ({ technique }) => memoryText(technique, evidence)),
      plain('Lost / duplicated / reordered', deliveryText),
      plain('After cuts', ({ technique }) => recoveryText(technique, evidence)),
      ...badges.map(({ heading, of }) => row(heading, of)),
    ].filter((one) => one !== false)}</tbody></table>`,
  )
}

function deliveryText(cell: Cell): string {
  const { lost, duplicated, reordered } = failedDeliveries(cell)
  return `${lost} / ${duplicated} / ${reordered}`
}

/** Of all bytes in both directions. */
function payloadShare(cell: Cell): string {
  const { value } = figureOf(cell, 'payloadShare')
  return Number.isFinite(value) ? format.percent(value) : '-'
}

/** From the experiment with held connections, where the run has it: after a burst, the kernel's part included. */
function memoryText(technique: string, evidence: Evidence): Text | Html {
  const slope = memoryOf(evidence, technique, 'after a burst')
  if (!slope) return '-'
  return html`${format.kilobytes(slope.value)}${small(rangeText({ ...slope, interval: '95 %' }, format.kilobytes))}`
}

/** From the experiment that cuts connections, where the run has it. */
function recoveryText(technique: string, evidence: Evidence): Text {
  const resumed = resumedOf(evidence).find((one) => one.technique === technique)
  if (!resumed) return '-'
  return resumed.isUnharmed
    ? say`all of ${resumed.published} there`
    : say`${resumed.lost} of ${resumed.published} lost, ${resumed.twice} twice, ${resumed.outOfOrder} out of order`
}
