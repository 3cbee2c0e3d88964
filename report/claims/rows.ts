import { say, type Text } from '../words/say.ts'
import type { EvidenceNumber, Judgement, Row } from './claim.ts'
import { fromValues } from './evidence.ts'
import { type Answer, answerOf } from './trials.ts'

/** The rows that a condition lets pass. */
export function rowsWhere(rows: readonly Row[], where: Row): Row[] {
  return rows.filter((row) => Object.entries(where).every(([key, value]) => row[key] === value))
}

/** Whether something holds in every row, in none, or in some; unclear where there is none. */
export function everyRow(rows: readonly Row[], holds: (row: Row) => boolean): Answer {
  return rows.length === 0 ? 'unclear' : answerOf(rows.map(holds))
}

/** The sum of a column of counts. */
export function total(rows: readonly Row[], name: string): number {
  return rows.reduce((sum, row) => sum + Number(row[name] ?? 0), 0)
}

/** A count as evidence. */
export function counted(what: Text, count: number, expected?: number): EvidenceNumber {
  return fromValues([count], {
    what,
    unit: 'count',
    kind: 'counted',
    ...(expected !== undefined && { expected }),
  })
}

/** What is timed as evidence; nothing where no row has it. */
export function timed(what: Text, valuesUs: readonly number[], expected?: number): EvidenceNumber[] {
  if (valuesUs.length === 0) return []
  return [
    fromValues(valuesUs, { what, unit: 'us', kind: 'timed', ...(expected !== undefined && { expected }) }),
  ]
}

/** The judgement that something had to be so for the rest to mean anything, and was not. */
export function without(control: Text, numbers: EvidenceNumber[]): Judgement {
  return {
    verdict: 'inconclusive',
    because: say`Not as it has to be for the rest to mean anything: ${control}.`,
    numbers,
  }
}
