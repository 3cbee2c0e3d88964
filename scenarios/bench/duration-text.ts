/** A duration in ms as `45 s` or `3 min 05 s`. */
export function durationText(ms: number): string {
  const seconds = Math.round(ms / 1e3)
  if (seconds < 60) return `${seconds} s`
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`
}
