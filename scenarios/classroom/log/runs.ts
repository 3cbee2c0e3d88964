import type { Runs } from './entries.ts'

/**
 * Numbers of events that a tab has, in runs that ascend and are apart from each other: mostly one, and so small however
 * many there are.
 */
export function hasNumber(runs: Runs, value: number): boolean {
  return (runs[before(runs, value)]?.[1] ?? Number.NEGATIVE_INFINITY) >= value
}

/** Adds one in its place; false where it is there already. */
export function addNumber(runs: Runs, value: number): boolean {
  const at = before(runs, value)
  const [run, next] = [runs[at], runs[at + 1]]
  if (run && run[1] >= value) return false
  const joins = run?.[1] === value - 1
  const meets = next?.[0] === value + 1
  if (joins && meets) {
    run[1] = next[1]
    runs.splice(at + 1, 1)
  } else if (joins) run[1] = value
  else if (meets) next[0] = value
  else runs.splice(at + 1, 0, [value, value])
  return true
}

/** How many numbers there are in runs. */
export function countOf(runs: Runs): number {
  return runs.reduce((sum, [from, to]) => sum + to - from + 1, 0)
}

/** The last run that begins at a value or before it; -1 for none. */
function before(runs: Runs, value: number): number {
  let [low, high] = [0, runs.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((runs[middle]?.[0] as number) <= value) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** A list in runs, in its order; `listOf` gives it back. */
export function runsOf(list: readonly number[]): Runs {
  const runs: Runs = []
  for (const value of list) {
    const last = runs.at(-1)
    if (last?.[1] === value - 1) last[1] = value
    else runs.push([value, value])
  }
  return runs
}

export function listOf(runs: Runs): number[] {
  return runs.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => from + i))
}
