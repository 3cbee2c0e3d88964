import type { ResultRecord } from '../results/record.ts'
import { type FigureName, figures, isRecorded, valueIn } from './analysis/figures.ts'

/** Rows as CSV (RFC 4180): fields with commas, quotes or line breaks in quotes, lines that end with CR LF. */
export function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(field).join(',')}\r\n`).join('')
}

/** A spreadsheet takes a text that begins like this for a formula. */
const FORMULA = /^[=+@\t\r]|^-(?!\d+(\.\d+)?$)[\s\S]/

function field(value: string | number): string {
  const text = typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Every figure of every trial, one trial a row; a figure that a trial does not have is left empty, one that was not recorded in its time is called so. */
export function figuresCsv(records: readonly ResultRecord[]): string {
  const names = Object.keys(figures) as FigureName[]
  const heading = [
    'scenario',
    'axis',
    'position',
    'technique',
    'copy',
    'trial',
    'expectedEvents',
    'deliveredEvents',
    'lostEvents',
    'duplicatedEvents',
    'reorderedEvents',
    ...names,
  ]
  const rows = records.map((record) => {
    const { scenario, point, technique, copy, trial, account } = record
    return [
      ...[scenario.name, point.at?.axis ?? '', String(point.at?.value ?? ''), technique, copy, trial],
      ...[account.expected, account.delivered, account.lost, account.duplicated, account.reordered],
      ...names.map((name) => {
        if (!isRecorded(record, name)) return 'not recorded'
        const value = valueIn(record, name)
        return Number.isFinite(value) ? value : ''
      }),
    ]
  })
  return csvOf([heading, ...rows])
}
