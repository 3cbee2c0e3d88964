import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { mersenne } from 'pure-rand/generator/mersenne'

/** How many resamples an interval takes, and how many of them a standard error. */
const RESAMPLES = 1_000
export const RESAMPLES_FOR_ERROR = 200
const SEED = 1

const known = new Map<number, Uint8Array[]>()

/**
 * Resamples of n trials (Efron and Tibshirani, An Introduction to the Bootstrap): of each, how often it has every trial.
 * The same every time, so that what was measured in the same rounds is drawn together.
 */
export function resamplesOf(n: number): readonly Uint8Array[] {
  const found = known.get(n)
  if (found) return found
  const random = mersenne(SEED)
  const drawn = Array.from({ length: RESAMPLES }, () => {
    const times = new Uint8Array(n)
    for (let i = 0; i < n; i++) {
      const drawn = uniformInt(random, 0, n - 1)
      times[drawn] = (times[drawn] as number) + 1
    }
    return times
  })
  known.set(n, drawn)
  return drawn
}
