import type { ResultRecord } from '../../../results/record.ts'
import { figures } from '../../analysis/figures.ts'
import { noiseFloorUs } from '../../analysis/noise-floor.ts'
import { format } from '../../format.ts'
import type { Cell, Claim } from '../claim.ts'
import { cellsOf, fromCell, fromRecords, notTested, notValid } from '../evidence.ts'
import { allOf, everyTrial, positionOf, verdictOf } from '../trials.ts'

/** Of the mean delay. */
const MEAN_TOLERANCE = 0.05
/** For polls that the window's edges cut off. */
const PRODUCT_TOLERANCE = 0.02

const halfRoundTripUs = ({ point }: Cell | ResultRecord) => ((point.network?.roundTripMs ?? 0) * 1e3) / 2
const intervalUs = ({ point }: Cell | ResultRecord) => point.load.pollIntervalMs * 1e3
const meanModelUs = (of: Cell | ResultRecord) => intervalUs(of) / 2 + halfRoundTripUs(of)
const maxModelUs = (of: Cell | ResultRecord) => intervalUs(of) + halfRoundTripUs(of)

export const pollLatency: Claim = {
  id: 'poll-latency',
  from: 'notes',
  claim: {
    en: "A short poll's delay is bounded by its interval, and half of it on average.",
    zh: '短轮询的延迟不超过轮询间隔，平均为间隔的一半。',
  },
  source: 'Lecture notes on push techniques',
  prediction:
    'With the interval T and the round trip R a mean of T/2 + R/2, for events come at any time of an ' +
    'interval and their answer still has to travel, and at most T + R/2.',
  scenarios: ['poll-interval', 'round-trip'],
  techniques: ['short-poll'],
  experiments: [],
  metric: 'Mean and longest delay of short polling, at every interval and every round trip.',
  rule:
    'Held where at every point, in every trial, the mean delay is within 5 % of T/2 + R/2, and the ' +
    "longest delay at most T + R/2 + the noise floor of the trial: the feed's longest lag, and the " +
    'longest that the event loops of server and load agent were late. Did not hold where a point breaks ' +
    'one of the two in every trial; inconclusive where it does in some, or where the gate voids a delay.',
  judge(evidence) {
    const intervals = cellsOf(evidence.scenario('poll-interval'), 'short-poll')
    const roundTrips = cellsOf(evidence.scenario('round-trip'), 'short-poll')
    if (intervals.length === 0 || roundTrips.length === 0)
      return notTested('It takes a sweep of intervals and one of round trips.')
    const cells = [...intervals, ...roundTrips]
    const numbers = cells.flatMap((cell) => [
      fromCell(cell, 'meanUs', {
        what: `Mean delay of short polling${positionOf(cell)}`,
        unit: 'us',
        expected: meanModelUs(cell),
      }),
      fromCell(cell, 'maxUs', {
        what: `Longest delay of short polling${positionOf(cell)}`,
        unit: 'us',
        expected: maxModelUs(cell),
      }),
    ])
    const invalid = notValid(numbers)
    if (invalid) return invalid
    const offMean = (record: ResultRecord) => Math.abs(record.latency.meanUs / meanModelUs(record) - 1)
    const beyondUs = (record: ResultRecord) => record.latency.maxUs - maxModelUs(record)
    const records = cells.flatMap((cell) => cell.records)
    const broken = records.filter((record) => beyondUs(record) > noiseFloorUs(record))
    const answer = allOf(
      cells.flatMap((cell) => [
        everyTrial(cell, (record) => offMean(record) <= MEAN_TOLERANCE),
        everyTrial(cell, (record) => beyondUs(record) <= noiseFloorUs(record)),
      ]),
    )
    return {
      verdict: verdictOf[answer],
      because:
        `Mean delays are within ${format.percent(Math.max(...records.map(offMean)))} of T/2 + R/2; the ` +
        `longest exceeds T + R/2 by more than the noise floor in ${broken.length} of ${records.length} ` +
        'trials.',
      numbers,
    }
  },
}

/** Seconds x requests per second: how much later a poll is for each request that it saves. */
const product = (record: ResultRecord) => (record.latency.meanUs / 1e6) * figures.requestsPerSecond(record)

export const pollTradeoff: Claim = {
  id: 'poll-tradeoff',
  from: 'notes',
  claim: {
    en: 'Short polling cannot have low delay and a low load of the server at once.',
    zh: '短轮询无法同时做到低延迟和低服务器负载。',
  },
  source: 'Lecture notes on push techniques',
  prediction:
    'Half an interval of mean delay, one request an interval: their product is 1/2, whatever the interval.',
  scenarios: ['poll-interval'],
  techniques: ['short-poll'],
  experiments: [],
  metric: 'Mean delay in seconds times requests per second and subscriber, at every interval.',
  rule:
    'Held where the product is at least 1/2 at every interval in every trial, less 2 % for the polls ' +
    'that the edges of the window cut off. Did not hold where it is less at an interval in every trial; ' +
    'inconclusive where it is in some, with fewer than two intervals, or where the gate voids it.',
  judge(evidence) {
    const cells = cellsOf(evidence.scenario('poll-interval'), 'short-poll')
    if (cells.length === 0) return notTested('No interval was swept.')
    const numbers = cells.map((cell) =>
      fromRecords(cell, product, {
        what: `Mean delay x requests per second of short polling${positionOf(cell)}`,
        unit: 'ratio',
        kind: 'timed',
        expected: 0.5,
      }),
    )
    const invalid = notValid(numbers)
    if (invalid) return invalid
    const values = cells.flatMap((cell) => cell.records.map(product))
    const because =
      `Mean delay x requests per second is ${Math.min(...values).toFixed(3)} to ` +
      `${Math.max(...values).toFixed(3)} over ${cells.length} ` +
      `${cells.length === 1 ? 'interval' : 'intervals'}; 1/2 is the least.`
    if (cells.length < 2) return { verdict: 'inconclusive', because, numbers }
    const atLeast = 0.5 * (1 - PRODUCT_TOLERANCE)
    const answer = allOf(cells.map((cell) => everyTrial(cell, (record) => product(record) >= atLeast)))
    return { verdict: verdictOf[answer], because, numbers }
  },
}
