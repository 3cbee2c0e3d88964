import type { ResultRecord } from '../results/record.ts'
import {
  type Cell,
  failedDeliveries,
  figureOf,
  type MeasuredScenario,
  measuredScenarios,
} from './analysis/cells.ts'
import type { FigureName } from './analysis/figures.ts'
import { badgeOf, checkCell } from './analysis/gate.ts'
import { mayShow } from './analysis/percentiles.ts'
import { atPosition } from './axis.ts'
import { format } from './format.ts'

const LEGEND = 'Medians over trials; bytes and requests are per event, CPU is the server’s per 1,000 events.'

/**
 * The run as tables of plain text, one a scenario, one row a cell: medians over trials, with the honesty gate's
 * badge for what is timed. The report has the intervals and the reasons. Fits into 100 columns.
 */
export function summaryTables(records: readonly ResultRecord[]): string {
  if (records.length === 0) return ''
  return [...measuredScenarios(records).map(scenarioTable), LEGEND].join('\n\n')
}

/** The positions of a sweep stand above their rows. */
function scenarioTable({ scenario, cells }: MeasuredScenario): string {
  const publishes = scenario.feed.source === 'subscribers'
  const headings = ['delays', 'p50', 'p99', ...(publishes ? ['round trip'] : []), 'bytes', 'requests', 'CPU']
  const rows = cells.map((cell) => row(cell, publishes))
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

function row(cell: Cell, publishes: boolean): string[] {
  const { technique, copy, point, records } = cell
  const name = copy === 2 ? `${technique} again` : technique
  const value = (figure: FigureName) => figureOf(cell, figure).value
  return [
    point.at ? `  ${name}` : name,
    badgeOf(checkCell(cell), 'timed'),
    format.us(value('p50Us')),
    records.every(({ latency }) => mayShow(0.99, latency.n)) ? format.us(value('p99Us')) : 'too few',
    ...(publishes ? [roundTrip(value('roundTripP50Us'))] : []),
    format.bytes(value('bytesPerEvent')),
    format.count(value('requestsPerEvent')),
    format.us(value('serverCpuUsPer1000Events')),
    String(failedDeliveries(cell).lost),
  ]
}

function roundTrip(us: number): string {
  return Number.isNaN(us) ? '-' : format.us(us)
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
