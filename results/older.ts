import { defaultVariant } from '../server/variant.ts'
import type { Distribution } from './record.ts'

/** The parts of what an older version wrote that have other names or more fields today. */
interface Older {
  point?: { variant?: object }
  latency?: Distribution
  latencyFromPublished?: Distribution
  roundTrip?: Distribution | null
  feedLag?: Distribution
  scenario?: OlderScenario
  scenarios?: OlderScenario[]
}
interface OlderScenario {
  search?: { p99BelowMs?: number; lateAfterMs?: number }
}

/** Brings what an older version wrote, of a run or as a scenario, to the names and fields of today, where it stands. */
export function bringUpToDate(value: unknown): void {
  const {
    point,
    scenario,
    scenarios = [],
    latency,
    latencyFromPublished,
    roundTrip,
    feedLag,
  } = (value ?? {}) as Older
  // A choice of a variant that came later was at its default then: of its time, for instrumentOf tells who read.
  if (point?.variant) point.variant = { ...defaultVariant, ...point.variant }
  for (const one of [scenario, ...scenarios, value as OlderScenario | null]) {
    if (one?.search?.p99BelowMs === undefined) continue
    const { p99BelowMs, ...search } = one.search
    one.search = { ...search, lateAfterMs: p99BelowMs }
  }
  for (const one of [latency, latencyFromPublished, roundTrip, feedLag]) if (one) keepWithin(one)
}

/** A percentile was the end of a histogram's bucket, which may lie beyond the longest sample or below the shortest: those are exact. */
function keepWithin(distribution: Distribution): void {
  const { n, minUs, maxUs } = distribution
  for (const name of ['p50Us', 'p90Us', 'p99Us', 'p999Us'] as const)
    if (n > 0) distribution[name] = Math.max(minUs, 0, Math.min(maxUs, distribution[name]))
}
