import { resumeRows } from '../../results/rows/resume.ts'
import type { Evidence } from '../claims/claim.ts'
import { rowsOf } from '../claims/evidence.ts'
import { rowsWhere, total } from '../claims/rows.ts'
import type { Text } from '../words/say.ts'
import { titleOf } from './cells.ts'

/** What became of a technique's events while its connections were cut, as the experiment `resume` saw it. */
export interface Resumed {
  technique: string
  title: Text
  /** How often it was cut, in all. */
  cuts: number
  published: number
  /** Coming back with its cursor, the server's history being long enough. */
  lost: number
  twice: number
  outOfOrder: number
  isUnharmed: boolean
  /** Coming back without a cursor; null where that was not tried. */
  lostWithoutCursor: number | null
  /** Coming back with its cursor when the history was too short, and how many of those it was told of; null as above. */
  lostBeyondHistory: number | null
  toldLost: number | null
}

/** One entry a technique; none where the run has no such experiment, or an older one with fewer columns. */
export function resumedOf(evidence: Evidence): Resumed[] {
  const found = rowsOf(evidence, resumeRows)
  if ('none' in found) return []
  return [...Map.groupBy(found.rows, ({ technique }) => technique)].flatMap(([technique, all]) => {
    const resumed = rowsWhere(all, { resume: true, history: 'long' })
    const forgot = rowsWhere(all, { resume: false, history: 'long' })
    const short = rowsWhere(all, { resume: true, history: 'short' })
    if (resumed.length === 0) return []
    const [lost, twice] = [total(resumed, 'eventsLost'), total(resumed, 'eventsTwice')]
    const outOfOrder = total(resumed, 'eventsOutOfOrder')
    return [
      {
        ...{ technique, title: titleOf(technique), lost, twice, outOfOrder },
        cuts: total(resumed, 'cuts'),
        published: total(resumed, 'eventsPublished'),
        isUnharmed: lost + twice + outOfOrder === 0,
        lostWithoutCursor: forgot.length === 0 ? null : total(forgot, 'eventsLost'),
        lostBeyondHistory: short.length === 0 ? null : total(short, 'eventsLost'),
        toldLost: short.length === 0 ? null : total(short, 'eventsToldLost'),
      },
    ]
  })
}
