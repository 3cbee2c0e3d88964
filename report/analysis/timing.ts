import type { Scenario } from '../../results/scenario.ts'

/** A scenario that counts bytes has too few trials for delays, on purpose. */
const ENOUGH_TRIALS = 3

/** Whether a scenario is meant to measure delays and CPU time, and not bytes and requests alone. */
export function isTimed({ trials }: Scenario): boolean {
  return trials >= ENOUGH_TRIALS
}
