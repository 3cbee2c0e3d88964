import type { ResultRecord } from '../../../results/record.ts'
import { said, say } from '../../words/say.ts'
import type { Cell, Claim } from '../claim.ts'
import { cellAt, fromRecords, inconclusive, notTested, notValid } from '../evidence.ts'

const RATES_PER_SECOND = [100, 1_000]
const FEWEST_EVENTS = 100

export const sseOneRequest: Claim = {
  id: 'sse-one-request',
  from: 'notes',
  claim: 'Server-Sent Events need no further requests: one connection carries any number of messages.',
  source: 'Lecture notes on push techniques; WHATWG HTML, section 9.2',
  prediction: 'One request a subscriber, whatever the number of events.',
  scenarios: ['event-rate'],
  techniques: ['sse'],
  metric: 'Requests of one subscriber from its first byte to its last',
  rule:
    'At 100 and at 1,000 events per second, in every trial: exactly 1 request for at least 100 events ' +
    'held, any other number did not hold; fewer events, or figures that the gate does not let pass, are ' +
    'inconclusive.',
  judge(evidence) {
    const measured = evidence.scenario('event-rate')
    const cells = RATES_PER_SECOND.flatMap((rate) => cellAt(measured, 'sse', rate) ?? [])
    const missing = said('The run has no records of Server-Sent Events at 100 and 1,000 events per second.')
    if (cells.length < RATES_PER_SECOND.length) return notTested(missing)
    const meaning = { unit: 'count', kind: 'counted' } as const
    const numbers = cells.flatMap((cell) => {
      const requests = say`Requests of one subscriber at ${rateOf(cell)} events per second`
      const events = say`Events of one subscriber at ${rateOf(cell)} events per second`
      return [
        fromRecords(cell, requestsOf, { ...meaning, what: requests, expected: 1 }),
        fromRecords(cell, eventsOf, { ...meaning, what: events }),
      ]
    })
    const records = cells.flatMap((cell) => cell.records)
    const requests = records.map(requestsOf)
    const fewest = Math.min(...records.map(eventsOf))
    const invalid = notValid(numbers)
    if (invalid) return invalid
    const tooFew = say`Only ${fewest} events for a subscriber: ${FEWEST_EVENTS} are needed to tell.`
    if (fewest < FEWEST_EVENTS) return inconclusive(tooFew, numbers)
    if (requests.every((count) => count === 1))
      return { verdict: 'held', because: say`One request for ${fewest} events and more.`, numbers }
    const [least, most] = [Math.min(...requests), Math.max(...requests)].map((count) => +count.toFixed(2))
    const because = say`${least ?? ''} to ${most ?? ''} requests a subscriber, and not 1.`
    return { verdict: 'did not hold', because, numbers }
  },
}

function requestsOf({ traffic, point }: ResultRecord): number {
  return traffic.total.requests / point.load.subscribers
}

function eventsOf({ traffic, point }: ResultRecord): number {
  return traffic.total.events / point.load.subscribers
}

function rateOf({ point }: Cell): string {
  return Number(point.at?.value).toLocaleString('en')
}
