import type { ResultRecord, Run } from '../../results/record.ts'
import { say } from '../words/say.ts'
import { type MeasuredScenario, measuredScenarios } from './cells.ts'
import type { Finding } from './finding.ts'
import { checkNoise, checkRun } from './gate.ts'

/**
 * A run's scenarios, on each of whose cells stands what the gate says of its whole scenario and of the whole run: an A/A
 * pair that differs from itself, an interruption, cores that are shared. Whoever ranks, compares or shows cells takes
 * these, so that a cell has one badge everywhere.
 */
export function measuredOf(run: Run, records: readonly ResultRecord[]): MeasuredScenario[] {
  return measuredScenarios(records).map((measured) => {
    const shared = withShared(measured, checkRun(run))
    return run.partial
      ? { ...shared, unranked: say`The run was interrupted: what is missing could change it.` }
      : shared
  })
}

/** A scenario on whose cells stands what the gate says of all of it. */
export function withShared(measured: MeasuredScenario, more: readonly Finding[] = []): MeasuredScenario {
  const noise = checkNoise(measured)
  const shared = [...more, ...(noise ? [noise] : [])]
  if (shared.length === 0) return measured
  return { ...measured, cells: measured.cells.map((cell) => ({ ...cell, shared })) }
}
