import type { Row } from '../../results/observation.ts'
import type { Evidence } from '../claims/claim.ts'
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

/** One entry a technique; none where the run has no such experiment. */
export function resumedOf(evidence: Evidence): Resumed[] {
  const rows = evidence.observation('resume')?.rows ?? []
  const sum = (of: readonly Row[], column: string) =>
    of.reduce((total, row) => total + Number(row[column] ?? 0), 0)
  const orNull = (of: readonly Row[], column: string) => (of.length === 0 ? null : sum(of, column))
  const byTechnique = Map.groupBy(rows, ({ technique }) => String(technique))
  return [...byTechnique].flatMap(([technique, all]) => {
    const where = (resume: boolean, history: string) =>
      all.filter((row) => row.resume === resume && row.history === history)
    const [resumed, forgot, short] = [where(true, 'long'), where(false, 'long'), where(true, 'short')]
    if (resumed.length === 0) return []
    const [lost, twice, outOfOrder] = ['eventsLost', 'eventsTwice', 'eventsOutOfOrder'].map((column) =>
      sum(resumed, column),
    ) as [number, number, number]
    return [
      {
        ...{ technique, title: titleOf(technique), lost, twice, outOfOrder },
        cuts: sum(resumed, 'cuts'),
        published: sum(resumed, 'eventsPublished'),
        isUnharmed: lost + twice + outOfOrder === 0,
        lostWithoutCursor: orNull(forgot, 'eventsLost'),
        lostBeyondHistory: orNull(short, 'eventsLost'),
        toldLost: orNull(short, 'eventsToldLost'),
      },
    ]
  })
}
