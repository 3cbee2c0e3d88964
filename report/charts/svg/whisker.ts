import type { Path } from './path.ts'

/** Half the length of the strokes across the ends of a whisker. */
export const CAP = 3
/** What ends so near to the middle of a marker is behind it. */
const HIDDEN = 4

/** A whisker through a point of a line, from the smallest to the largest trial; none where its marker hides it. */
export function uprightWhisker(
  path: Path,
  { x, y, low, high }: { x: number; y: number; low: number; high: number },
  cap: number,
): void {
  if (Math.abs(low - y) <= HIDDEN && Math.abs(high - y) <= HIDDEN) return
  if (cap > 0) path.segment(x - cap, low, x + cap, low)
  path.segment(x, low, x, high)
  if (cap > 0) path.segment(x - cap, high, x + cap, high)
}

/**
 * A whisker along a bar; none where both ends stand at one place.
 * @param halo a light line under it, for a dark one on a dark bar is not seen.
 */
export function levelWhisker(path: Path, halo: Path, y: number, low: number, high: number): void {
  if (Math.round(low) === Math.round(high)) return
  halo.segment(low - 1, y, high + 1, y)
  path
    .segment(low, y - CAP, low, y + CAP)
    .segment(low, y, high, y)
    .segment(high, y - CAP, high, y + CAP)
}
