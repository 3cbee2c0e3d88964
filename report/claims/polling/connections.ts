import type { ResultRecord } from '../../../results/record.ts'
import { format } from '../../format.ts'
import { say } from '../../words/say.ts'
import type { Cell, Claim } from '../claim.ts'
import { byScenario, cellAt, fromRecords, notValid } from '../evidence.ts'
import { everyTrial, positionOf } from '../trials.ts'

const connectionsPer100Polls = ({ traffic: { window } }: ResultRecord) =>
  (100 * window.connections) / window.requests

/** Of 100 polls: polls that the window's edges cut off belong to connections on the other side. */
const NEARLY_ALL = 95
const HARDLY_ANY = 5

export const pollNewConnection: Claim = {
  id: 'poll-new-connection',
  from: 'notes',
  claim: 'Each poll sets up a new connection.',
  source: 'Lecture notes on push techniques',
  prediction:
    'Connections of HTTP/1.1 persist unless somebody closes them (RFC 9112, section 9.3): none for 100 ' +
    'polls while they are kept, 100 where each poll says Connection: close.',
  scenarios: ['keep-alive'],
  techniques: ['short-poll'],
  metric: 'TCP connections opened for 100 short polls, with keep-alive on and off.',
  rule:
    'Nearly all is 95 of 100 and more, hardly any 5 and less, in every trial. Held where nearly all ' +
    'polls open a connection with keep-alive on, too; did not hold where hardly any do even with ' +
    'keep-alive off; depends on keep-alive where nearly all do without it and hardly any with it; else ' +
    'inconclusive, and so where polls with or without keep-alive are missing.',
  judge: byScenario('keep-alive', ['short-poll'], (measured) => {
    const [kept, closed] = [true, false].map((value) => cellAt(measured, 'short-poll', value)) as [Cell, Cell]
    const numbers = [kept, closed].map((cell) =>
      fromRecords(cell, connectionsPer100Polls, {
        what: say`Connections opened for 100 short polls${positionOf(cell)}`,
        unit: 'count',
        kind: 'counted',
        expected: cell === kept ? 0 : 100,
      }),
    )
    const invalid = notValid(numbers)
    if (invalid) return invalid
    const [on = '', off = ''] = numbers.map(({ value }) => format.count(value))
    const because = say`For 100 polls ${on} connections were opened with keep-alive, which HTTP/1.1 has from the start, and ${off} without.`
    const nearlyAll = (cell: Cell) =>
      everyTrial(cell, (record) => connectionsPer100Polls(record) >= NEARLY_ALL) === 'yes'
    const hardlyAny = (cell: Cell) =>
      everyTrial(cell, (record) => connectionsPer100Polls(record) <= HARDLY_ANY) === 'yes'
    if (nearlyAll(kept)) return { verdict: 'held', because, numbers }
    if (hardlyAny(closed)) return { verdict: 'did not hold', because, numbers }
    if (nearlyAll(closed) && hardlyAny(kept)) return { verdict: 'depends', because, numbers }
    return { verdict: 'inconclusive', because, numbers }
  }),
}
