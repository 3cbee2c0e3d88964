import type { ResultRecord } from '../results/record.ts'
import { type Cell, failedDeliveries, figureOf, measuredScenarios } from './analysis/cells.ts'
import type { FigureName } from './analysis/figures.ts'
import { badgeOf, checkCell } from './analysis/gate.ts'
import { mayShow } from './analysis/percentiles.ts'
import { format } from './format.ts'

const HEADINGS = ['delays', 'p50', 'p99', 'bytes/event', 'requests/event', 'CPU/1,000 events', 'lost']

/**
 * The run as tables of plain text, one a scenario, one row a cell: medians over trials, with the honesty gate's
 * badge for what is timed. The report has the intervals and the reasons.
 */
export function summaryTables(records: readonly ResultRecord[]): string {
  return measuredScenarios(records)
    .map(({ scenario, cells }) => textTable([[scenario.name, ...HEADINGS], ...cells.map(row)]))
    .join('\n\n')
}

function row(cell: Cell): string[] {
  const { technique, copy, point, records } = cell
  const name = copy === 2 ? `${technique} again` : technique
  const value = (figure: FigureName) => figureOf(cell, figure).value
  return [
    point.at ? `${name}, ${point.at.axis} ${point.at.value}` : name,
    badgeOf(checkCell(cell), 'timed'),
    format.us(value('p50Us')),
    records.every(({ latency }) => mayShow(0.99, latency.n)) ? format.us(value('p99Us')) : 'too few',
    format.bytes(value('bytesPerEvent')),
    format.count(value('requestsPerEvent')),
    format.us(value('serverCpuUsPer1000Events')),
    String(failedDeliveries(cell).lost),
  ]
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
