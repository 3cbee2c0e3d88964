import { type Said, say } from '../../../report/words/say.ts'

/** How far a step is, in the words that several lessons use. */

/** `7 of 20 events` */
export function eventsOf(count: number, wanted: number): Said {
  return say`${Math.min(count, wanted)} of ${wanted} events so far`
}

export const notYet = say`Not yet.`
