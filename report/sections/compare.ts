import type { Run } from '../../results/record.ts'
import { type Cell, failedDeliveries, figureOf, type MeasuredScenario } from '../analysis/cells.ts'
import { kindOf } from '../analysis/figures.ts'
import { badgeOf } from '../analysis/gate.ts'
import { memoryOf } from '../analysis/memory.ts'
import { mainScenario } from '../analysis/needs.ts'
import { rank } from '../analysis/ranking.ts'
import { resumedOf } from '../analysis/recovery.ts'
import { chartFigure } from '../charts/figure.ts'
import { requestsChart } from '../charts/techniques.ts'
import type { Evidence } from '../claims/claim.ts'
import { columnsOf } from '../columns.ts'
import { format, rangeText, times, timesRange } from '../format.ts'
import { type Html, html } from '../html.ts'
import { say, type Text } from '../words/say.ts'
import { badgeColumns } from './badges.ts'
import { figuresNote, figureText, small, toldText } from './figures-tables.ts'
import { allFigures, scenarioDetails, settingOf } from './scenario.ts'
import { section, table } from './section.ts'

const COLUMNS = [
  ...columnsOf('p50Us', 'p99Us', 'bytesPerEvent', 'overheadBytesPerEvent'),
  ...columnsOf('requestsPerEvent', 'serverCpuUsPer1000Events'),
]

/** Section 3: every technique by every measure, each with its interval, times the lowest, and the gate's badges. */
export function compareSection(
  scenarios: readonly MeasuredScenario[],
  others: readonly MeasuredScenario[],
  evidence: Evidence,
  run: Run,
): Html {
  const main = mainScenario(scenarios)
  return section(
    'compare',
    main &&
      html`<p class="setting">${settingOf(main)}</p>
<p class="note">${figuresNote(main)}</p>
${matrix(main, evidence)}
<div class="charts">${chartFigure(requestsChart(`${main.scenario.name}-requests`, main))}</div>
${allFigures(main)}`,
    others.length > 0 &&
      html`<h3>In other situations</h3>${others.map((measured) => scenarioDetails(measured, run))}`,
    scenarios.length === 0 && html`<p>Nothing was measured.</p>`,
  )
}

function matrix(measured: MeasuredScenario, evidence: Evidence): Html {
  const rankings = new Map(COLUMNS.map(({ figure }) => [figure, rank(measured, figure)]))
  const own = badgeColumns(
    measured.cells,
    COLUMNS.map(({ figure }) => kindOf(figure)),
  )
  const headings = [
    'Technique',
    ...COLUMNS.map(({ heading }) => heading),
    'Payload share',
    'Memory per subscriber',
    'Lost / duplicated / reordered',
    'After cuts',
    ...own.map(({ heading }) => heading),
  ]
  const row = (cell: Cell): Html => {
    const badges = own.map(({ of }) => of(cell))
    const values = COLUMNS.map((column) => {
      const text = figureText(cell, column)
      if (badgeOf(cell, column.figure) === 'not valid') return html`<td><s>${text}</s></td>`
      const ranking = rankings.get(column.figure)
      const compared = ranking ? html` <small class="times">${timesOf(cell, ranking)}</small>` : ''
      return html`<td>${text}${compared}</td>`
    })
    const { lost, duplicated, reordered } = failedDeliveries(cell)
    return html`<tr data-technique="${cell.technique}"><th scope="row">${cell.title}</th>${values}<td>${badgeOf(cell, 'payloadShare') === 'not valid' ? html`<s>${payloadShare(cell)}</s>` : payloadShare(cell)}</td><td>${memoryText(cell.technique, evidence)}</td><td>${lost} / ${duplicated} / ${reordered}</td><td>${recoveryText(cell.technique, evidence)}</td>${badges}</tr>
`
  }
  return table('Comparison', 'figures matrix', headings, measured.cells.map(row))
}

function timesOf(cell: Cell, ranking: NonNullable<ReturnType<typeof rank>>): Text {
  if (cell === ranking.lowest) return 'lowest'
  const compared = ranking.others.find((other) => other.cell === cell)
  if (!compared) return ''
  const { ratio } = compared
  return (
    toldText(compared) ||
    (Number.isFinite(ratio.value) ? say`${times(ratio.value)}${timesRange(ratio)} the lowest` : 'more')
  )
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
