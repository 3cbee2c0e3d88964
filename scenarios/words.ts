/** Numbers as people read them on a terminal. */

/** Microseconds as milliseconds with three significant figures: `0.41 ms`, `12.3 ms`, `497 ms`. */
export function milliseconds(us: number): string {
  const ms = us / 1e3
  return `${ms >= 100 ? ms.toFixed(0) : ms >= 10 ? ms.toFixed(1) : ms.toFixed(2)} ms`
}

/** A duration in ms as `45 s` or `3 min 05 s`. */
export function durationText(ms: number): string {
  const seconds = Math.round(ms / 1e3)
  if (seconds < 60) return `${seconds} s`
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`
}
