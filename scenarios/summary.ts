import { median } from '../report/analysis/median.ts'
import type { ResultRecord } from '../results/record.ts'
import { milliseconds } from './words.ts'

const HEADINGS = ['', 'trials', 'p50', 'p99', 'bytes/event', 'requests/event', 'CPU/1000 events', 'lost']

/**
 * The run in a table of plain text: one row per cell, medians over trials, in the order of the scenarios' points and
 * of latency within. The report says how far each may be trusted.
 */
export function summaryTable(records: readonly ResultRecord[]): string {
  const cells = new Map<string, ResultRecord[]>()
  for (const record of records) {
    const { scenario, point, technique } = record
    const key = JSON.stringify([scenario.name, point.at?.axis, point.at?.value, technique])
    cells.set(key, [...(cells.get(key) ?? []), record])
  }
  const groups = Map.groupBy(cells.values(), ([record]) => title(record as ResultRecord))
  return [...groups]
    .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
    .map(([heading, rows]) => {
      const sorted = rows.sort((a, b) => median(a.map(p50)) - median(b.map(p50)))
      return table([[heading, ...HEADINGS.slice(1)], ...sorted.map(row)])
    })
    .join('\n\n')
}

function title({ scenario, point }: ResultRecord): string {
  return point.at ? `${scenario.name}, ${point.at.axis} ${point.at.value}` : scenario.name
}

const p50 = ({ latency }: ResultRecord) => latency.p50Us

function row(records: ResultRecord[]): string[] {
  const over = (figure: (record: ResultRecord) => number) => median(records.map(figure))
  const perEvent = (figure: number, events: number) => (events > 0 ? figure / events : 0)
  return [
    records[0]?.technique ?? '',
    String(records.length),
    milliseconds(over(p50)),
    // A 99th percentile needs 1,000 samples.
    records.every(({ latency }) => latency.n >= 1000)
      ? milliseconds(over(({ latency }) => latency.p99Us))
      : 'too few',
    over(({ traffic: { window } }) => perEvent(window.bytesUp + window.bytesDown, window.events)).toFixed(1),
    over(({ traffic: { window } }) => perEvent(window.requests, window.events)).toFixed(2),
    milliseconds(over(({ server, account }) => perEvent(server.cpuUs * 1000, account.delivered))),
    String(records.reduce((sum, { account }) => sum + account.lost, 0)),
  ]
}

function table(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) =>
      row
        .map((text, column) =>
          column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n')
}
