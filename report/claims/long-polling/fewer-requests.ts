import type { ResultRecord } from '../../../results/record.ts'
import { passes } from '../../analysis/gate.ts'
import { format } from '../../format.ts'
import { median } from '../../statistics/median.ts'
import { said, say, sentences } from '../../words/say.ts'
import type { Cell, Claim, EvidenceNumber } from '../claim.ts'
import { byScenario, cellAt, cellsOf, fromCell } from '../evidence.ts'
import { positionOf } from '../trials.ts'

const TECHNIQUES = ['short-poll', 'long-poll']
/** Far fewer: at most half. */
const FAR_FEWER = 0.5

/**
 * Events per second that a subscriber was due in the window: a short one may hold fewer than the rate
 * says.
 */
const duePerSecond = ({ account, point: { load } }: ResultRecord) =>
  account.expected / load.subscribers / (load.measureMs / 1e3)

/** Where a line through two points, straight on logarithmic axes, is at height y. */
export function crossing(a: [number, number], b: [number, number], y: number): number {
  const slope = Math.log(b[1] / a[1]) / Math.log(b[0] / a[0])
  return a[0] * (y / a[1]) ** (1 / slope)
}

/** Requests per second of one subscriber at one rate of events. */
interface AtRate {
  short: Cell
  ratePerSecond: number
  longRequests: EvidenceNumber
  shortRequests: EvidenceNumber
}

/**
 * The rate from which on a long poll sends more requests than a short poll; undefined where there is
 * none.
 */
function crossoverOf(atRates: readonly AtRate[]): number | undefined {
  // Relative to the short poll's, which is 1 at the crossover.
  const relative = atRates.map(({ ratePerSecond, longRequests, shortRequests }): [number, number] => [
    ratePerSecond,
    longRequests.value / shortRequests.value,
  ])
  const above = relative.findIndex(([, ratio]) => ratio > 1)
  const [before, after] = [relative[above - 1], relative[above]]
  return before && after && crossing(before, after, 1)
}

export const longPollFewerRequests: Claim = {
  id: 'longpoll-fewer-requests',
  from: 'notes',
  claim: 'Long polling needs far fewer requests than short polling.',
  source: 'Lecture notes on push techniques',
  prediction:
    'One request for every event against one for every interval T: fewer below 1/T events per second, ' +
    'more above.',
  scenarios: ['event-rate'],
  techniques: TECHNIQUES,
  metric: 'Requests per second and subscriber of long polling and short polling, over the rate of events.',
  rule:
    'Far fewer means at most half as many, in the medians over trials. Held where long polling needs far ' +
    'fewer at every rate, did not hold where it does at none; depends on the rate where it does at some. ' +
    'The crossover, where both need the same, is named. It is interpolated on logarithmic axes between ' +
    'the neighbouring rates of events that were due in the window. A rate at which the gate voids a ' +
    'count is left out; inconclusive with fewer than two left, and where the records of a rate are ' +
    'missing.',
  judge: byScenario('event-rate', TECHNIQUES, (measured) => {
    const pairs = cellsOf(measured, 'long-poll').flatMap((long) => {
      const short = cellAt(measured, 'short-poll', long.point.at?.value)
      return short ? [{ long, short }] : []
    })
    const all = pairs.map(({ long, short }): AtRate => ({ ...countsOf(long, short), short }))
    const numbers = all.flatMap(({ longRequests, shortRequests }) => [longRequests, shortRequests])
    const atRates = all.filter(
      ({ longRequests, shortRequests }) => passes(longRequests.badge) && passes(shortRequests.badge),
    )
    const [first] = atRates
    if (!first || atRates.length < 2) {
      const because = say`At ${atRates.length} of ${all.length} rates the gate lets both counts pass.`
      return { verdict: 'inconclusive', because, numbers }
    }
    const fewer = atRates.filter(
      ({ longRequests, shortRequests }) => longRequests.value <= FAR_FEWER * shortRequests.value,
    )
    const crossover = crossoverOf(atRates)
    const intervalMs = first.short.point.load.pollIntervalMs
    const expected = 1e3 / intervalMs
    const crossed =
      crossover === undefined
        ? said('The two do not cross within the sweep.')
        : say`They cross at ${format.count(crossover)} events per second; 1/T is ${format.count(expected)}.`
    const because = sentences([
      say`At ${fewer.length} of ${atRates.length} rates long polling sent at most half the requests of short polling every ${intervalMs} ms.`,
      crossed,
    ])
    const what = said('Events per second at which long and short polling send as many requests')
    const found = crossover === undefined ? [] : [{ ...first.longRequests, ...at(crossover), what, expected }]
    const verdict = fewer.length === 0 ? 'did not hold' : fewer.length < atRates.length ? 'depends' : 'held'
    return { verdict, because, numbers: [...numbers, ...found] }
  }),
}

function at(value: number): Pick<EvidenceNumber, 'value' | 'low' | 'high'> {
  return { value, low: value, high: value }
}

function countsOf(long: Cell, short: Cell): Omit<AtRate, 'short'> {
  const number = (cell: Cell) =>
    fromCell(cell, 'requestsPerSecond', {
      what: say`Requests per second of ${cell.title}${positionOf(cell)}`,
      unit: 'perSecond',
      ...(cell === short && { expected: 1e3 / cell.point.load.pollIntervalMs }),
    })
  return {
    ratePerSecond: median(long.records.map(duePerSecond)),
    longRequests: number(long),
    shortRequests: number(short),
  }
}
