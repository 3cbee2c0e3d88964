import type { ResultRecord } from '../../../results/record.ts'
import { format } from '../../format.ts'
import { said, say, sentences } from '../../words/say.ts'
import type { Cell, Claim } from '../claim.ts'
import { byScenario, cellAt, fromRecords, inconclusive, notValid } from '../evidence.ts'
import { everyTrial, positionOf } from '../trials.ts'

const reordered = ({ account }: ResultRecord) => account.reordered
const duplicated = ({ account }: ResultRecord) => account.duplicated

export const pollOrder: Claim = {
  id: 'poll-order',
  from: 'notes',
  claim: 'setTimeout in the answer’s handler keeps polls in order; setInterval does not.',
  source: 'Lecture notes on push techniques',
  prediction:
    'A poll that leaves after the answer before has nothing to overtake. By setInterval several are ' +
    'under way and overtake each other: they ask with the same cursor and bring the same events again, ' +
    'older after newer. Only a page that keeps no cursor, and drops nothing that it has, shows them so.',
  scenarios: ['poll-order'],
  techniques: ['short-poll'],
  metric:
    'Events that first arrived after a later one (reordered), and events that arrived again ' +
    '(duplicated), where the network takes 20 to 220 ms for a poll every 20 ms.',
  rule:
    'Held where polls by setTimeout reorder and duplicate nothing in any trial, and polls by setInterval ' +
    'reorder in every trial. Did not hold where polls by setTimeout reorder or duplicate in every trial, ' +
    'or polls by setInterval do neither in any. Depends on what the page makes of its cursor where two ' +
    'things are so: polls by setTimeout do neither, and polls by setInterval reorder in no trial but ' +
    'duplicate in every one. Else inconclusive, and so where polls by one of the two are missing.',
  judge: byScenario('poll-order', ['short-poll'], (measured) => {
    const [timeout, interval] = ['timeout', 'interval'].map((value) =>
      cellAt(measured, 'short-poll', value),
    ) as [Cell, Cell]
    const numbers = [timeout, interval].flatMap((cell) => {
      const meaning = { unit: 'count', kind: 'counted', expected: cell === timeout ? 0 : undefined } as const
      const late = say`Events that first arrived after a later one${positionOf(cell)}`
      const again = say`Events that arrived again${positionOf(cell)}`
      return [
        fromRecords(cell, reordered, { ...meaning, what: late }),
        fromRecords(cell, duplicated, { ...meaning, what: again }),
      ]
    })
    const invalid = notValid(numbers)
    if (invalid) return invalid
    const told = (cell: Cell) => {
      const { expected } = cell.records[0]?.account ?? { expected: 0 }
      const [late = '', again = ''] = [reordered, duplicated].map((of) =>
        format.count(cell.records.reduce((sum, record) => sum + of(record), 0)),
      )
      const all = format.count(expected * cell.records.length)
      return say`${late} events reordered and ${again} duplicated of ${all}`
    }
    const because = say`By setTimeout ${told(timeout)}; by setInterval ${told(interval)}.`
    const clean = everyTrial(timeout, (record) => reordered(record) + duplicated(record) === 0)
    const reorders = everyTrial(interval, (record) => reordered(record) > 0)
    const duplicates = everyTrial(interval, (record) => duplicated(record) > 0)
    if (clean === 'no' || (clean === 'yes' && reorders === 'no' && duplicates === 'no'))
      return { verdict: 'did not hold', because, numbers }
    if (clean === 'yes' && reorders === 'yes') return { verdict: 'held', because, numbers }
    if (clean !== 'yes' || reorders !== 'no' || duplicates !== 'yes') return inconclusive(because, numbers)
    const condition = said(
      'With a cursor every event first arrives in order: it depends on whether the page drops what it has had.',
    )
    return { verdict: 'depends', because: sentences([because, condition]), numbers }
  }),
}
