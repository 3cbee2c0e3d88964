import { type Scenario, type Search, searchedPoint } from '../../results/scenario.ts'
import { expectedMs } from './plan.ts'

/** What a search found: the largest value tried that held, the smallest that did not; null where there is none. */
export interface SearchBounds {
  holds: number | null
  fails: number | null
}

/**
 * The largest value that holds, by doubling from the smallest until one fails, and then by bisection: of the values
 * between the largest that held and the smallest that did not, the geometric mean is tried next, until the two are
 * nearer than the resolution. Takes for granted that what fails at a value fails at larger ones, too.
 *
 * @param holds measures at a value.
 */
export async function findLargest(
  { axis, from, to, resolution }: Pick<Search, 'axis' | 'from' | 'to' | 'resolution'>,
  holds: (value: number) => Promise<boolean>,
): Promise<SearchBounds> {
  let found: SearchBounds = { holds: null, fails: null }
  const attempt = async (value: number) => {
    found = (await holds(value)) ? { ...found, holds: value } : { ...found, fails: value }
  }
  await attempt(from)
  while (found.fails === null && found.holds !== null && found.holds < to) {
    await attempt(Math.min(to, found.holds * 2))
  }
  while (found.holds !== null && found.fails !== null && found.fails / found.holds > resolution) {
    const middle = roundValue(Math.sqrt(found.holds * found.fails), axis)
    if (middle <= found.holds || middle >= found.fails) break
    await attempt(middle)
  }
  return found
}

/** About how many values a search tries: doublings, and halvings of the last doubling. */
export function expectedAttempts({ from, to, resolution }: Search): number {
  return Math.ceil(Math.log2(to / from)) + Math.ceil(Math.log2(Math.LN2 / Math.log(resolution)))
}

/** About how long a search takes, in ms: two trials decide most values. */
export function expectedSearchMs(planned: { scenario: Scenario; technique: string; search: Search }): number {
  const { scenario, technique, search } = planned
  const point = searchedPoint(scenario, search, search.from)
  return 2 * expectedAttempts(search) * expectedMs({ scenario, point, technique, copy: 1, trial: 1 })
}

/** Two significant digits are what people read; subscribers are whole anyway. */
function roundValue(value: number, axis: Search['axis']): number {
  const digits = axis === 'subscribers' ? 3 : 2
  return Math.round(Number(value.toPrecision(digits)))
}
