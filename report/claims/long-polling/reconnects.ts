import type { ResultRecord } from '../../../results/record.ts'
import { format } from '../../format.ts'
import { said, say } from '../../words/say.ts'
import type { Claim } from '../claim.ts'
import { cellAt, fromRecords, notTested, notValid } from '../evidence.ts'
import { everyTrial } from '../trials.ts'

const FEWEST_CYCLES = 100
/** Of the requests: the share with a connection of their own that makes it "each time". */
const EACH_TIME = 0.95

const connections = ({ traffic: { total }, point: { load } }: ResultRecord) =>
  total.connections / load.subscribers
const requests = ({ traffic: { total }, point: { load } }: ResultRecord) => total.requests / load.subscribers

export const longPollReconnects: Claim = {
  id: 'longpoll-reconnects',
  from: 'notes',
  claim: 'Long polling closes its connection after each answer and builds up a new one.',
  source: 'Lecture notes on push techniques',
  prediction:
    'What ends with an answer is the request. The connection persists (RFC 9112, section 9.3): one for ' +
    'all cycles.',
  scenarios: ['event-rate'],
  techniques: ['long-poll'],
  metric:
    'TCP connections and requests of one long-polling subscriber, from its first byte to its last, at ' +
    '100 events per second.',
  rule:
    'Did not hold where every subscriber had exactly 1 connection for at least 100 requests, in every ' +
    'trial. Held where there was a connection for each request, 95 % of them and more, in every trial. ' +
    'Inconclusive otherwise, below 100 requests, or where the gate voids the cell.',
  judge(evidence) {
    const cell = cellAt(evidence.scenario('event-rate'), 'long-poll', 100)
    if (!cell) return notTested(said('It takes long polling at 100 events per second.'))
    const [ofConnections, ofRequests] = [
      fromRecords(cell, connections, {
        what: said('Connections of one subscriber with long polling'),
        unit: 'count',
        kind: 'counted',
        expected: 1,
      }),
      fromRecords(cell, requests, {
        what: said('Requests of one subscriber with long polling'),
        unit: 'count',
        kind: 'counted',
      }),
    ]
    const numbers = [ofConnections, ofRequests]
    const invalid = notValid(numbers)
    if (invalid) return invalid
    const because =
      ofConnections.value === 1
        ? say`Each subscriber sent ${format.count(ofRequests.value)} requests over ${format.count(ofConnections.value)} connection.`
        : say`Each subscriber sent ${format.count(ofRequests.value)} requests over ${format.count(ofConnections.value)} connections.`
    const many = everyTrial(cell, (record) => requests(record) >= FEWEST_CYCLES)
    if (many !== 'yes') return { verdict: 'inconclusive', because, numbers }
    if (everyTrial(cell, (record) => connections(record) === 1) === 'yes')
      return { verdict: 'did not hold', because, numbers }
    const isEachTime = everyTrial(cell, (record) => connections(record) >= EACH_TIME * requests(record))
    return { verdict: isEachTime === 'yes' ? 'held' : 'inconclusive', because, numbers }
  },
}
