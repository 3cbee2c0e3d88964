import { type Slope, slopeOf } from '../../statistics/slope.ts'
import type { Text } from '../../words/say.ts'
import type { EvidenceNumber, Row } from '../claim.ts'
import { rowsWhere } from '../rows.ts'

/** What a reading of a server process gives, in bytes; undefined where it was not read. */
export type Bytes = (row: Row) => number | undefined

/** Bytes of the process itself. */
export const resident: Bytes = ({ rssBytes }) => (typeof rssBytes === 'number' ? rssBytes : undefined)

/** Both ends of a connection are on one machine: the server's is half of what the kernel holds. */
export const kernelEnd: Bytes = ({ kernelBytes }) =>
  typeof kernelBytes === 'number' ? kernelBytes / 2 : undefined

/** What one more connection takes, by least squares over the rows of a condition. */
export function growth(rows: readonly Row[], where: Row, bytes: Bytes): Slope | undefined {
  const points = rowsWhere(rows, where).flatMap((row) => {
    const [x, y] = [row.subscribers, bytes(row)]
    return typeof x === 'number' && y !== undefined ? [[x, y] as const] : []
  })
  return slopeOf(points)
}

/** A slope as evidence; of fewer than 6 readings the interval hangs on 3 degrees of freedom or less. */
export function fromSlope(
  { value, low, high, n }: Slope,
  { what, expected }: { what: Text; expected?: number },
): EvidenceNumber {
  const badge = n < 6 ? 'use with care' : 'valid'
  return {
    ...{ what, value, low, high, interval: '95 %', n, unit: 'bytes', badge },
    ...(expected !== undefined && { expected }),
  }
}

/** Where a slope's interval lies of a bound: at most it, above it, or across. */
export function sideOf({ low, high }: Slope, bound: number): 'below' | 'above' | 'across' {
  return high <= bound ? 'below' : low > bound ? 'above' : 'across'
}
