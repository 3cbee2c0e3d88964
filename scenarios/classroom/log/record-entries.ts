import type { StageEntry } from './entries.ts'

/** Of each lane the bytes of so many units from its beginning, and of so many from its end, can be looked at. */
const FIRST_UNITS = 4
const LATEST_UNITS = 12

/**
 * A log as a recording of a busy lesson keeps it: of units between a lane's first and its latest only the numbers stay, as
 * in a long log of the stage itself (see StageBook). All counters and steps come out the same.
 */
export function withFewBytes(log: readonly StageEntry[]): StageEntry[] {
  const units = Map.groupBy(
    log.filter((entry) => entry.kind === 'unit'),
    ({ lane }) => lane,
  )
  const kept = new Set(
    [...units.values()].flatMap((all) => [...all.slice(0, FIRST_UNITS), ...all.slice(-LATEST_UNITS)]),
  )
  return log.map((entry) =>
    entry.kind !== 'unit' || kept.has(entry) ? entry : { ...entry, shown: '', spans: [] },
  )
}
