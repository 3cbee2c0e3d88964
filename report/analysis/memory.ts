import type { Evidence } from '../claims/claim.ts'
import { growth, kernelEnd, resident } from '../claims/memory/growth.ts'
import type { Slope } from '../statistics/slope.ts'

/**
 * Bytes that one more held connection takes of the server's process and of the kernel's end of its socket, by the
 * experiment with held connections; undefined where the run has none of it, or fewer than three numbers of them.
 * @param stage `idle`, `after the first event` or `after a burst`.
 */
export function memoryOf(evidence: Evidence, technique: string, stage: string): Slope | undefined {
  const rows = evidence.observation('memory-per-subscriber')?.rows ?? []
  return growth(rows, { technique, stage }, (row) => {
    const own = resident(row)
    return own === undefined ? undefined : own + (kernelEnd(row) ?? 0)
  })
}
