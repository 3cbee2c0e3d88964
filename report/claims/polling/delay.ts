import type { ResultRecord } from '../../../results/record.ts'
import { figures } from '../../analysis/figures.ts'
import { loopFloorUs } from '../../analysis/noise-floor.ts'
import { format } from '../../format.ts'
import { said, say } from '../../words/say.ts'
import type { Cell, Claim } from '../claim.ts'
import { byScenario, cellsOf, fromCell, fromRecords, incomplete, notTested, notValid } from '../evidence.ts'
import { allOf, everyTrial, positionOf, verdictOf } from '../trials.ts'

const LATENCY_SCENARIOS = ['poll-interval', 'round-trip']
const TECHNIQUES = ['short-poll']

/** Of the mean delay. */
const MEAN_TOLERANCE = 0.05
/** For polls that the window's edges cut off. */
const PRODUCT_TOLERANCE = 0.02

const halfRoundTripUs = ({ point }: Cell | ResultRecord) => ((point.network?.roundTripMs ?? 0) * 1e3) / 2
const intervalUs = ({ point }: Cell | ResultRecord) => point.load.pollIntervalMs * 1e3
const meanModelUs = (of: Cell | ResultRecord) => intervalUs(of) / 2 + halfRoundTripUs(of)
const maxModelUs = (of: Cell | ResultRecord) => intervalUs(of) + halfRoundTripUs(of)
/** From when events were published: what the feed itself was late by is none of polling's doing. */
const longestUs = ({ latencyFromPublished }: ResultRecord) => latencyFromPublished.maxUs

export const pollLatency: Claim = {
  id: 'poll-latency',
  from: 'notes',
  claim: "A short poll's delay is bounded by its interval, and half of it on average.",
  source: 'Lecture notes on push techniques',
  prediction:
    'With the interval T and the round trip R a mean of T/2 + R/2, and at most T + R/2. Events come at ' +
    'any time of an interval, and their answer still has to travel.',
  scenarios: LATENCY_SCENARIOS,
  techniques: TECHNIQUES,
  metric:
    'At every interval and every round trip of short polling two delays: the mean from when events were ' +
    'due, and the longest from when they were published.',
  rule:
    'Held where two things are so at every point, in every trial. The mean delay is within 5 % of T/2 + ' +
    'R/2, and the longest delay at most T + R/2 + the noise floor of the trial: the longest that an ' +
    "event loop was late, server's or load agent's, whichever was later. The longest delay counts from " +
    "publication, so that the feed's own lag neither breaks the bound nor widens it. Did not hold where " +
    'a point breaks one of the two in every trial; inconclusive where it does in some, where a point is ' +
    'missing, or where the gate voids a delay.',
  judge(evidence) {
    const sweeps = LATENCY_SCENARIOS.map((name) => cellsOf(evidence.scenario(name), 'short-poll'))
    if (sweeps.some(({ length }) => length === 0))
      return notTested(said('It takes a sweep of intervals and one of round trips.'))
    const missing = incomplete(
      evidence,
      LATENCY_SCENARIOS.map((scenario) => ({ scenario, techniques: TECHNIQUES })),
    )
    if (missing) return missing
    const cells = sweeps.flat()
    const numbers = cells.flatMap((cell) => [
      fromCell(cell, 'meanUs', {
        what: say`Mean delay of short polling${positionOf(cell)}`,
        unit: 'us',
        expected: meanModelUs(cell),
      }),
      fromRecords(cell, longestUs, {
        what: say`Longest delay of short polling from publication${positionOf(cell)}`,
        unit: 'us',
        kind: 'delay',
        expected: maxModelUs(cell),
      }),
    ])
    const invalid = notValid(numbers)
    if (invalid) return invalid
    const offMean = (record: ResultRecord) => Math.abs(record.latency.meanUs / meanModelUs(record) - 1)
    const beyondUs = (record: ResultRecord) => longestUs(record) - maxModelUs(record)
    const records = cells.flatMap((cell) => cell.records)
    const broken = records.filter((record) => beyondUs(record) > loopFloorUs(record))
    const answer = allOf(
      cells.flatMap((cell) => [
        everyTrial(cell, (record) => offMean(record) <= MEAN_TOLERANCE),
        everyTrial(cell, (record) => beyondUs(record) <= loopFloorUs(record)),
      ]),
    )
    return {
      verdict: verdictOf[answer],
      because: say`Mean delays are within ${format.percent(Math.max(...records.map(offMean)))} of T/2 + R/2; the longest exceeds T + R/2 by more than an event loop was late in ${broken.length} of ${records.length} trials.`,
      numbers,
    }
  },
}

/** Seconds x requests per second: how much later a poll is for each request that it saves. */
const product = (record: ResultRecord) => (record.latency.meanUs / 1e6) * figures.requestsPerSecond(record)

export const pollTradeoff: Claim = {
  id: 'poll-tradeoff',
  from: 'notes',
  claim: 'Short polling cannot have low delay and a low load of the server at once.',
  source: 'Lecture notes on push techniques',
  prediction:
    'Half an interval of mean delay, one request an interval: their product is 1/2, whatever the interval.',
  scenarios: ['poll-interval'],
  techniques: TECHNIQUES,
  metric: 'Mean delay in seconds times requests per second and subscriber, at every interval.',
  rule:
    'Held where the product is at least 1/2 at every interval in every trial. An allowance of 2 % is ' +
    "made: 0.49 and more counts as 1/2, for the window's edges cut polls off whose requests or whose " +
    'events lie on the other side. Did not hold where it is less at an interval in every trial; ' +
    'inconclusive where it is in some, where an interval is missing, or where the gate voids it.',
  judge: byScenario('poll-interval', TECHNIQUES, (measured) => {
    const cells = cellsOf(measured, 'short-poll')
    const numbers = cells.map((cell) =>
      fromRecords(cell, product, {
        what: say`Mean delay x requests per second of short polling${positionOf(cell)}`,
        unit: 'ratio',
        kind: 'delay',
        expected: 0.5,
      }),
    )
    const invalid = notValid(numbers)
    if (invalid) return invalid
    const values = cells.flatMap((cell) => cell.records.map(product))
    const because = say`Mean delay x requests per second is ${Math.min(...values).toFixed(3)} to ${Math.max(...values).toFixed(3)} over ${cells.length} intervals; 1/2 is the least.`
    const atLeast = 0.5 * (1 - PRODUCT_TOLERANCE)
    const answer = allOf(cells.map((cell) => everyTrial(cell, (record) => product(record) >= atLeast)))
    return { verdict: verdictOf[answer], because, numbers }
  }),
}
