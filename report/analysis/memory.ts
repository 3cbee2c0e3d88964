import {
  type MemoryPerSubscriberRow,
  memoryPerSubscriberRows,
} from '../../results/rows/memory-per-subscriber.ts'
import type { Evidence } from '../claims/claim.ts'
import { rowsOf } from '../claims/evidence.ts'
import { growth, whole } from '../claims/memory/growth.ts'
import type { Slope } from '../statistics/slope.ts'

/**
 * Bytes that one more held connection takes of the server's process and of the kernel's end of its socket, by the
 * experiment with held connections; undefined where the run has none of it, or fewer than three numbers of them.
 */
export function memoryOf(
  evidence: Evidence,
  technique: string,
  stage: MemoryPerSubscriberRow['stage'],
): Slope | undefined {
  const found = rowsOf(evidence, memoryPerSubscriberRows)
  return 'none' in found ? undefined : growth(found.rows, { technique, stage }, whole)
}
