import type { Scenario } from '../../results/scenario.ts'
import { TRIALS_FOR_RANGE } from './rules.ts'

/** Whether a scenario has trials enough and so is meant to measure delays and CPU time, and not bytes and requests alone. */
export function isTimed({ trials }: Scenario): boolean {
  return trials >= TRIALS_FOR_RANGE
}
