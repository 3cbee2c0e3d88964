import { TRIALS_FOR_INTERVAL } from '../../analysis/rules.ts'
import { type Slope, slopeOf } from '../../statistics/slope.ts'
import type { EvidenceNumber } from '../claim.ts'
import { asEvidence, type Meaning } from '../evidence.ts'
import { rowsWhere } from '../rows.ts'

/** Bytes of the process itself. */
export const resident = ({ rssBytes }: { rssBytes: number }) => rssBytes

/** Both ends of a connection are on one machine: the server's is half of what the kernel holds, where it was read. */
export const kernelEnd = ({ kernelBytes }: { kernelBytes?: number }) =>
  kernelBytes === undefined ? undefined : kernelBytes / 2

/** Bytes of the process and, where it was read, of the kernel's end. */
export const whole = (row: { rssBytes: number; kernelBytes?: number }) =>
  resident(row) + (kernelEnd(row) ?? 0)

/** What one more connection takes, by least squares over the rows of a condition; those without a reading are left out. */
export function growth<Row extends { subscribers: number }>(
  rows: readonly Row[],
  where: Partial<NoInfer<Row>>,
  bytes: (row: Row) => number | undefined,
): Slope | undefined {
  const points = rowsWhere(rows, where).flatMap((row) => {
    const y = bytes(row)
    return y === undefined ? [] : [[row.subscribers, y] as const]
  })
  return slopeOf(points)
}

/** A slope as evidence; of fewer than 6 readings the interval hangs on 3 degrees of freedom or less. */
export function fromSlope({ value, low, high, n }: Slope, meaning: Omit<Meaning, 'unit'>): EvidenceNumber {
  const badge = n < TRIALS_FOR_INTERVAL ? 'use with care' : 'valid'
  return asEvidence({ value, low, high, interval: '95 %', n }, badge, { ...meaning, unit: 'bytes' })
}

/** Where a slope's interval lies of a bound: at most it, above it, or across. */
export function sideOf({ low, high }: Slope, bound: number): 'below' | 'above' | 'across' {
  return high <= bound ? 'below' : low > bound ? 'above' : 'across'
}
