import { format } from '../../format.ts'
import type { Claim } from '../claim.ts'
import { cellAt, fromCell, notTested, notValid } from '../evidence.ts'
import { everyTrial, verdictOf } from '../trials.ts'

/** Two points. */
const TOLERANCE = 0.02

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

export const pollWaste: Claim = {
  id: 'poll-waste',
  from: 'notes',
  claim: {
    en: 'Short polling sends mostly useless requests when updates are rare.',
    zh: '数据更新不频繁时，短轮询的大部分请求都是无用的。',
  },
  source: 'Lecture notes on push techniques',
  prediction:
    'A poll comes back with nothing when no event fell into its interval T. Of a Poisson feed of rate r ' +
    'that is a share of e^(-rT), near 1 where rT is small.',
  scenarios: ['poll-waste'],
  techniques: ['short-poll'],
  experiments: [],
  metric: 'Share of short polls in the window whose answer has no event.',
  rule:
    'Held where the share is within 2 points of e^(-rT) in every trial, and did not hold where it is in ' +
    'none. Inconclusive where trials differ, where the gate voids the share, or where the window ' +
    'is so short that twice the standard error of the share, (2T/L)^(1/2) ((1 - e^(-rT)) e^(-rT) / (rT) ' +
    '- e^(-2rT))^(1/2) for a window of length L, is more than the 2 points.',
  judge(evidence) {
    const cell = cellAt(evidence.scenario('poll-waste'), 'short-poll')
    const schedule = cell?.point.feed.schedule
    if (!cell || schedule?.kind !== 'poisson') return notTested('No Poisson feed was polled.')
    const { pollIntervalMs, measureMs } = cell.point.load
    const expected = wastedShare(schedule.ratePerSecond, pollIntervalMs)
    const error = wastedShareError(schedule.ratePerSecond, pollIntervalMs, measureMs)
    const measured = fromCell(cell, 'emptyAnswerShare', {
      what: 'Share of short polls that brought nothing',
      unit: 'share',
      expected,
    })
    const numbers = [measured]
    const invalid = notValid(numbers)
    if (invalid) return invalid
    const found =
      `Of the polls ${format.percent(measured.value)} brought nothing; e^(-rT) is ` +
      `${format.percent(expected)}`
    if (2 * error > TOLERANCE) {
      return {
        verdict: 'inconclusive',
        because: `${found}, but in so short a window with a standard error of ${format.percent(error)}.`,
        numbers,
      }
    }
    const answer = everyTrial(
      cell,
      ({ traffic: { window } }) => Math.abs(window.emptyAnswers / window.requests - expected) <= TOLERANCE,
    )
    return {
      verdict: verdictOf[answer],
      because: `${found}, with a standard error of ${format.percent(error)}.`,
      numbers,
    }
  },
}
