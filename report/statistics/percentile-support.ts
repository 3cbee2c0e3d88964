import { SAMPLES_BEYOND } from '../analysis/rules.ts'

/** What a percentile rests on. */
export interface Support {
  /** Events that were delivered, over all subscribers. */
  events: number
  /** Moments at which they were due: what stops a server hits every subscriber of a moment at once. */
  moments: number
}

/** How much it takes for a percentile to be told: ten events beyond it, and of the moments one. */
export function supportFor(quantile: number): Support {
  return { events: Math.round(SAMPLES_BEYOND / (1 - quantile)), moments: Math.round(1 / (1 - quantile)) }
}

/** Which of the two is missing for a quantile to be told; undefined where neither is. */
export function lacks(quantile: number, { events, moments }: Support): keyof Support | undefined {
  const needed = supportFor(quantile)
  if (events < needed.events) return 'events'
  return moments < needed.moments ? 'moments' : undefined
}
