import type { Failure, ResultRecord, Run } from '../../results/record.ts'
import type { Search } from '../../results/scenario.ts'
import { capacitiesOf } from '../analysis/capacity.ts'
import { type Cell, failedDeliveries, figureOf, type MeasuredScenario } from '../analysis/cells.ts'
import type { FigureName } from '../analysis/figures.ts'
import { badgeOf, checkCell } from '../analysis/gate.ts'
import { measuredOf } from '../analysis/measured-scenarios.ts'
import { atPosition } from '../axis.ts'
import { type Format, format } from '../format.ts'
import { supportsPercentile } from '../statistics/percentile-support.ts'

const LEGEND = 'Medians over trials; bytes and requests are per event, CPU is the server’s per 1,000 events.'

/**
 * The run as tables of plain text, one a scenario, one row a cell: medians over trials, with the honesty gate's
 * badge for what is timed. The report has the intervals and the reasons. Fits into 100 columns.
 */
export function summaryTables(run: Run, records: readonly ResultRecord[]): string {
  if (records.length === 0) return ''
  return [...measuredOf(run, records).map((measured) => scenarioTable(measured, run.failures)), LEGEND].join(
    '\n\n',
  )
}

/** The positions of a sweep stand above their rows. */
function scenarioTable(measured: MeasuredScenario, failures: readonly Failure[]): string {
  const { scenario, cells } = measured
  const { search } = scenario
  if (search) return searchTable(measured, search, failures)
  const publishes = scenario.feed.source === 'subscribers'
  const isSilent = scenario.feed.schedule.kind === 'silent'
  const headings = isSilent
    ? ['counts', 'bytes/s', 'requests/s']
    : ['delays', 'p50', 'p99', ...(publishes ? ['round trip'] : []), 'bytes', 'requests', 'CPU']
  const rows = cells.map((cell) => (isSilent ? silentRow(cell) : row(cell, publishes)))
  const [heading = '', ...lines] = textTable([[scenario.name, ...headings, 'lost'], ...rows]).split('\n')
  return [
    heading,
    ...lines.flatMap((line, i) => {
      const { at } = (cells[i] as Cell).point
      const isFirst = at && at.value !== cells[i - 1]?.point.at?.value
      return isFirst ? [`${atPosition(at)}:`, line] : [line]
    }),
  ].join('\n')
}

/** How far each technique went. */
function searchTable(measured: MeasuredScenario, search: Search, failures: readonly Failure[]): string {
  const text = (value: number | null, none: string) => (value === null ? none : format.count(value))
  const rows = capacitiesOf(measured, failures).map(({ technique, value, low, high, limitedBy, trials }) => [
    technique,
    text(value, 'none'),
    text(low, 'none'),
    text(high, 'nowhere'),
    limitedBy,
    String(trials),
  ])
  const unit = search.axis === 'subscribers' ? 'subscribers' : 'events/s'
  return textTable([
    [measured.scenario.name, unit, 'all trials held', 'none held from', 'limited by', 'trials'],
    ...rows,
  ])
}

/** Where no event is due: what it costs to wait. */
function silentRow(cell: Cell): string[] {
  const value = (figure: FigureName) => figureOf(cell, figure).value
  return [
    nameOf(cell),
    badgeOf(checkCell(cell), 'counted'),
    format.bytes(value('bytesPerSecond')),
    format.count(value('requestsPerSecond')),
    String(failedDeliveries(cell).lost),
  ]
}

function nameOf({ technique, copy, point }: Cell): string {
  const name = copy === 2 ? `${technique} again` : technique
  return point.at ? `  ${name}` : name
}

function row(cell: Cell, publishes: boolean): string[] {
  const { records } = cell
  const value = (figure: FigureName) => figureOf(cell, figure).value
  return [
    nameOf(cell),
    badgeOf(checkCell(cell), 'timed'),
    textOf(value('p50Us'), format.us),
    records.every(({ latency }) => supportsPercentile(0.99, latency.n))
      ? format.us(value('p99Us'))
      : 'too few',
    ...(publishes ? [textOf(value('roundTripP50Us'), format.us)] : []),
    textOf(value('bytesPerEvent'), format.bytes),
    textOf(value('requestsPerEvent'), format.count),
    textOf(value('serverCpuUsPer1000Events'), format.us),
    String(failedDeliveries(cell).lost),
  ]
}

function textOf(value: number, text: Format): string {
  return Number.isNaN(value) ? '-' : text(value)
}

/** Rows of text as columns: the first to the left, all others to the right. */
export function textTable(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((cells) => cells[column]?.length ?? 0)),
  )
  const pad = (text: string, column: number) =>
    column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0)
  return rows.map((cells) => cells.map(pad).join('  ')).join('\n')
}
