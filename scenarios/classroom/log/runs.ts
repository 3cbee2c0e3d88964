import type { Runs } from './entries.ts'

/** Numbers of events that a tab has: mostly one run without a gap, and so small however many there are. */
export class NumberSet {
  /** Ascending, and apart from each other. */
  #runs: Runs = []
  #size = 0

  static of(runs: Runs): NumberSet {
    const set = new NumberSet()
    set.#runs = runs.map(([from, to]) => [from, to])
    for (const [from, to] of runs) set.#size += to - from + 1
    return set
  }

  get size(): number {
    return this.#size
  }

  get runs(): Runs {
    return this.#runs.map(([from, to]) => [from, to])
  }

  has(value: number): boolean {
    return (this.#runs[this.#before(value)]?.[1] ?? Number.NEGATIVE_INFINITY) >= value
  }

  /** False where it is there already. */
  add(value: number): boolean {
    const at = this.#before(value)
    const [run, next] = [this.#runs[at], this.#runs[at + 1]]
    if (run && run[1] >= value) return false
    this.#size++
    const joins = run?.[1] === value - 1
    const meets = next?.[0] === value + 1
    if (joins && meets) {
      run[1] = next[1]
      this.#runs.splice(at + 1, 1)
    } else if (joins) run[1] = value
    else if (meets) next[0] = value
    else this.#runs.splice(at + 1, 0, [value, value])
    return true
  }

  /** The last run that begins at a value or before it; -1 for none. */
  #before(value: number): number {
    let [low, high] = [0, this.#runs.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#runs[middle]?.[0] as number) <= value) low = middle + 1
      else high = middle
    }
    return low - 1
  }
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
