import type { Point } from '../../../results/scenario.ts'
import { dueTimesBefore } from '../../../server/schedule.ts'
import { format } from '../../format.ts'
import { type Said, said, say, sentences } from '../../words/say.ts'
import type { Claim, EvidenceNumber } from '../claim.ts'
import { byScenario, cellAt, fromCell, inconclusive, notTested, notValid } from '../evidence.ts'
import { everyTrial, verdictOf } from '../trials.ts'

/** Two points. */
const TOLERANCE = 0.02
/** Standard errors to either side that make a 95 % interval. */
const NORMAL_95 = 1.96

/** Share of polls every T into whose interval no event of a Poisson feed of rate r falls: e^(-rT). */
export function wastedShare(ratePerSecond: number, intervalMs: number): number {
  return Math.exp(-ratePerSecond * (intervalMs / 1e3))
}

/**
 * Standard error of that share over a window of length L. All subscribers see the same events, so that many
 * of them make it no smaller: what counts is the share of the window's instants that follow an interval T
 * without an event. Two instants s < T apart are empty together with e^(-r(T+s)), which, integrated, gives
 * the variance
 *
 *     (2T/L) ((1 - e^(-rT)) e^(-rT) / (rT) - e^(-2rT))
 */
export function wastedShareError(ratePerSecond: number, intervalMs: number, windowMs: number): number {
  const perInterval = ratePerSecond * (intervalMs / 1e3)
  const empty = Math.exp(-perInterval)
  return Math.sqrt(((2 * intervalMs) / windowMs) * (((1 - empty) * empty) / perInterval - empty ** 2))
}

/**
 * The same share for the very arrivals that the schedule of a point has, for polls whose phases are spread
 * evenly: the part of the window's instants that follow an interval T without an event. An event takes the
 * T after it out of the window, and events closer together than T take some of it out together.
 */
export function realizedWastedShare({ feed, load }: Point): number {
  const [startUs, endUs] = [load.warmUpMs * 1e3, (load.warmUpMs + load.measureMs) * 1e3]
  let coveredUs = 0
  let coveredUntilUs = startUs
  for (const dueUs of dueTimesBefore(feed.schedule, endUs)) {
    const untilUs = Math.min(dueUs + load.pollIntervalMs * 1e3, endUs)
    if (untilUs <= coveredUntilUs) continue
    coveredUs += untilUs - Math.max(dueUs, coveredUntilUs)
    coveredUntilUs = untilUs
  }
  return 1 - coveredUs / (endUs - startUs)
}

/** One realization of the feed, however often it was replayed, with the interval of its standard error. */
function asOneObservation(measured: EvidenceNumber, error: number): EvidenceNumber {
  return {
    ...measured,
    low: Math.max(0, measured.value - NORMAL_95 * error),
    high: Math.min(1, measured.value + NORMAL_95 * error),
    interval: '95 %',
    n: 1,
  }
}

export const pollWaste: Claim = {
  id: 'poll-waste',
  from: 'notes',
  claim: 'Short polling sends mostly useless requests when updates are rare.',
  source: 'Lecture notes on push techniques',
  prediction:
    'A poll comes back with nothing when no event fell into its interval T. Of a Poisson feed of rate r ' +
    'that is a share of e^(-rT), near 1 where rT is small.',
  scenarios: ['poll-waste'],
  techniques: ['short-poll'],
  metric:
    'Share of short polls in the window whose answer has no event. All trials replay the same arrivals, ' +
    'one realization of the feed: together they are one observation of it, with the standard error of ' +
    'one window. Beside it stands the share that these very arrivals should give, which is shown and ' +
    'does not decide.',
  rule:
    'That trials agree says nothing more of the feed, and they are not counted: one observation decides. ' +
    'Held where its share, in all of its replays, is within 2 points of e^(-rT); did not hold where it ' +
    'is in none. Inconclusive where replays differ, where the gate voids the share, or where the window ' +
    'is too short: twice the standard error of the share is more than the 2 points. In a window of ' +
    'length L that error is (2T/L)^(1/2) ((1 - e^(-rT)) e^(-rT) / (rT) - e^(-2rT))^(1/2).',
  judge: byScenario('poll-waste', ['short-poll'], (polled) => {
    const cell = cellAt(polled, 'short-poll')
    const schedule = cell?.point.feed.schedule
    if (!cell || schedule?.kind !== 'poisson') return notTested(said('No Poisson feed was polled.'))
    const { pollIntervalMs, measureMs } = cell.point.load
    const expected = wastedShare(schedule.ratePerSecond, pollIntervalMs)
    const error = wastedShareError(schedule.ratePerSecond, pollIntervalMs, measureMs)
    const realized = realizedWastedShare(cell.point)
    const share = (what: Said, model: number) =>
      fromCell(cell, 'emptyAnswerShare', { what, unit: 'share', expected: model })
    const ofPolls = share(said('Share of short polls that brought nothing'), expected)
    const measured = asOneObservation(ofPolls, error)
    const beside = said('The same in each replay, beside what the very arrivals should give')
    const numbers = [measured, share(beside, realized)]
    const invalid = notValid(numbers)
    if (invalid) return invalid
    const because = sentences([
      say`Of the polls ${format.percent(measured.value)} brought nothing; e^(-rT) is ${format.percent(expected)}, and the very arrivals should give ${format.percent(realized)}.`,
      say`All trials replay these arrivals: they are one observation of the feed, with a standard error of ${format.count(100 * error)} points.`,
    ])
    if (2 * error > TOLERANCE)
      return inconclusive(sentences([because, said('The window is too short to tell 2 points.')]), numbers)
    const answer = everyTrial(
      cell,
      ({ traffic: { window } }) => Math.abs(window.emptyAnswers / window.requests - expected) <= TOLERANCE,
    )
    return { verdict: verdictOf[answer], because, numbers }
  }),
}
