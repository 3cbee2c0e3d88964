import type { Cell, MeasuredScenario } from './cells.ts'
import type { Kind } from './figures.ts'
import type { Badge } from './finding.ts'
import { badgeFor, worst } from './gate.ts'

/** The readings that have a badge of their own; what the interface counted goes with what is counted. */
export const readings = ['counted', 'compared', 'absolute'] as const
type Read = (typeof readings)[number]

/**
 * How a run stands in each reading: the worst badge of the cells that were planned for it, how many have that, and of how
 * many. Searches are left out: they go beyond a limit on purpose.
 */
export function runBadges(scenarios: readonly MeasuredScenario[]) {
  const cells = scenarios.filter(({ scenario }) => !scenario.search).flatMap((measured) => measured.cells)
  return readings.map((reading) => {
    const badges = cells.map((cell) => cellBadge(cell, reading)).filter((badge) => badge !== 'not measured')
    const badge = worst(badges)
    return { reading, badge, having: badges.filter((one) => one === badge).length, of: badges.length }
  })
}

/** The one badge of a run: the worst of what it planned to measure. */
export function runBadge(scenarios: readonly MeasuredScenario[]): Badge {
  return worst(runBadges(scenarios).map(({ badge }) => badge))
}

/** A cell's badge in a reading; of what is timed that of delays, or of another kind that is timed. */
function cellBadge(cell: Cell, reading: Read, timedKind: Kind = 'delay'): Badge {
  return reading === 'counted' ? badgeFor(cell, 'counted') : badgeFor(cell, timedKind, reading)
}

/** The badge that a cell shows: its own, where something was found of it and not of the whole run; else undefined. */
export function ownBadge(cell: Cell, reading: Read, timedKind?: Kind): Badge | undefined {
  const own = cellBadge(cell, reading, timedKind)
  const ofRun = cellBadge({ ...cell, findings: [] }, reading, timedKind)
  return own === ofRun ? undefined : own
}
