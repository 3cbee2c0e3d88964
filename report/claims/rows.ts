import { say, type Text } from '../words/say.ts'
import type { EvidenceNumber, Judgement } from './claim.ts'
import { fromValues, inconclusive } from './evidence.ts'
import { type Answer, answerOf } from './trials.ts'

/** The rows that a condition lets pass. */
export function rowsWhere<Row>(rows: readonly Row[], where: Partial<NoInfer<Row>>): Row[] {
  const wanted = Object.entries(where) as [keyof Row, unknown][]
  return rows.filter((row) => wanted.every(([column, value]) => row[column] === value))
}

/** Whether something holds in every row, in none, or in some; unclear where there is none. */
export function everyRow<Row>(rows: readonly Row[], holds: (row: Row) => boolean): Answer {
  return rows.length === 0 ? 'unclear' : answerOf(rows.map(holds))
}

/** The columns of numbers, those among them that only some rows have. */
export type NumberColumn<Row> = {
  [Column in keyof Row]-?: Row[Column] extends number | undefined ? Column : never
}[keyof Row]

/** Numbers of a column in the rows that a condition lets pass; rows without it are left out. */
export function column<Row>(
  rows: readonly Row[],
  name: NumberColumn<Row>,
  where: Partial<NoInfer<Row>> = {},
): number[] {
  return rowsWhere(rows, where).flatMap((row) => (row[name] as number | undefined) ?? [])
}

/** The sum of a column of counts, in the rows that have it. */
export function total<Row>(rows: readonly Row[], name: NumberColumn<Row>): number {
  return column(rows, name).reduce((sum, count) => sum + count, 0)
}

/** A count as evidence. */
export function counted(what: Text, count: number, expected?: number): EvidenceNumber {
  return fromValues([count], { what, unit: 'count', kind: 'counted', expected })
}

/** What is timed as evidence; nothing where no row has it. */
export function timed(what: Text, valuesUs: readonly number[], expected?: number): EvidenceNumber[] {
  return valuesUs.length === 0 ? [] : [fromValues(valuesUs, { what, unit: 'us', kind: 'timed', expected })]
}

/** The judgement that something had to be so for the rest to mean anything, and was not. */
export function without(control: Text, numbers: EvidenceNumber[]): Judgement {
  return inconclusive(say`Not as it has to be for the rest to mean anything: ${control}.`, numbers)
}
