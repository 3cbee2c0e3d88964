/** The subscribers of one load agent among all of a point, which are numbered from 0: `first`, `first + step`, and so on. */
export interface Share {
  first: number
  step: number
}

/** All of them. */
export const WHOLE: Share = { first: 0, step: 1 }

/** How many of so many subscribers it has. */
export function sizeOf({ first, step }: Share, subscribers: number): number {
  return Math.ceil((subscribers - first) / step)
}
