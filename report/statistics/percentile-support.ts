import { SAMPLES_BEYOND } from '../analysis/rules.ts'

/** Whether n samples tell a quantile: at least ten must lie beyond it, so p99 needs 1,000 and p99.9 needs 10,000. */
export function supportsPercentile(quantile: number, n: number): boolean {
  return n >= Math.round(SAMPLES_BEYOND / (1 - quantile))
}
