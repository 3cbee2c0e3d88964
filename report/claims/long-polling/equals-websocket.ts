import { modelLatency } from '../../../results/model/latency.ts'
import { TRIALS_FOR_RANGE } from '../../analysis/rules.ts'
import { said, say } from '../../words/say.ts'
import type { Cell, Claim, EvidenceNumber, MeasuredScenario } from '../claim.ts'
import { byScenario, cellAt, cellsOf, notTested, notValid } from '../evidence.ts'
import { type Paired, pairedAll } from '../paired.ts'
import { positionOf } from '../trials.ts'

const TECHNIQUES = ['long-poll', 'websocket']
/** A mean delay of up to so many times WebSocket's is equal. */
const EQUAL_RATIO = 1.1

/** How long polling compares with WebSocket under one delay. */
interface Compared {
  oneWayMs: number
  /**
   * Slower: significantly, and by more than 10 %. Unclear: by more than 10 %, and not significantly, or with
   * too few pairs to tell.
   */
  state: 'equal' | 'slower' | 'unclear'
  number: EvidenceNumber
}

/** Where long polling stops being as fast as WebSocket, in milliseconds of network delay one way. */
export interface Knee {
  /** Half the time between two events. */
  expectedMs: number
  compared: Compared[]
  /** From here on, at this and every longer delay, it is slower; undefined where it is not at the longest. */
  slowerFromMs: number | undefined
  /** The longest delay below that, 0 where there is none. */
  equalUntilMs: number
}

/**
 * Compares mean delays at every delay of the sweep; undefined without a constant feed through both
 * techniques.
 */
export function kneeOf(measured: MeasuredScenario | undefined): Knee | undefined {
  const pairs = cellsOf(measured, 'long-poll').flatMap((long) => {
    const websocket = cellAt(measured, 'websocket', long.point.at?.value)
    return websocket ? [{ long, websocket }] : []
  })
  const schedule = pairs[0]?.long.point.feed.schedule
  if (schedule?.kind !== 'constant') return undefined
  const family = pairs.map(({ long, websocket }) => ({
    numerator: long,
    denominator: websocket,
    what: say`Mean delay of long polling over WebSocket's${positionOf(long)}`,
    expected: (modelLatency('long-poll', long.point).meanUs ?? Number.NaN) / (oneWayMsOf(long) * 1e3),
  }))
  const compared = pairedAll(family, 'meanUs', { scenarios: measured ? [measured] : [] }).map(
    (one): Compared => ({
      oneWayMs: oneWayMsOf(one.numerator),
      state: stateOf(one),
      number: one.number,
    }),
  )
  const lastNotSlower = compared.findLastIndex(({ state }) => state !== 'slower')
  return {
    expectedMs: 1e3 / schedule.ratePerSecond / 2,
    compared,
    slowerFromMs: compared[lastNotSlower + 1]?.oneWayMs,
    equalUntilMs: compared[lastNotSlower]?.oneWayMs ?? 0,
  }
}

function stateOf({ ratio, told }: Paired): Compared['state'] {
  // Not a number is more than nothing: a ratio without pairs is not equal.
  if (!Number.isFinite(ratio.value) || ratio.n < TRIALS_FOR_RANGE) return 'unclear'
  if (ratio.value <= EQUAL_RATIO) return 'equal'
  return told === 'apart' ? 'slower' : 'unclear'
}

function oneWayMsOf({ point }: Cell): number {
  return (point.network?.roundTripMs ?? 0) / 2
}

export const longPollEqualsWebSocket: Claim = {
  id: 'longpoll-equals-ws',
  from: 'literature',
  claim:
    'Long polling is as fast as WebSocket only while the delay of the network is less than half the ' +
    'time between two events.',
  source: 'Pimentel and Nickerson, Communicating and Displaying Real-Time Data with WebSocket (2012)',
  prediction:
    'The answer goes down and the next request comes up in two transits. While that is less than the ' +
    'time between two events, each finds a request waiting: with four a second up to 125 ms one way.',
  scenarios: ['long-poll-knee'],
  techniques: TECHNIQUES,
  metric:
    'Mean delay of long polling over that of WebSocket, paired by round, over the delay of the network.',
  rule:
    "Slower means that the mean delay of long polling is more than 10 % above WebSocket's, and " +
    "significantly so: a t-test on the logarithms of the paired ratios, at 5 %, after Holm's correction " +
    'over all delays. Equal means that it is at most 10 % above. Held where long polling is equal at ' +
    'every delay shorter than half the time between two events, and slower at every longer one. Did not ' +
    'hold where it is slower at a shorter or equal at a longer one. Inconclusive where it is more than ' +
    '10 % above without significance at any delay, or where fewer than 3 trials of the same round make a ' +
    'ratio. So it is where the sweep does not reach to both sides, where a delay is missing, or where ' +
    'the gate voids one.',
  judge: byScenario('long-poll-knee', TECHNIQUES, (measured) => {
    const knee = kneeOf(measured)
    if (!knee) return notTested(said('The events of the sweep were not the same time apart.'))
    const { compared, expectedMs, slowerFromMs, equalUntilMs } = knee
    const numbers = compared.map(({ number }) => number)
    const invalid = notValid(numbers)
    if (invalid) return invalid
    const because =
      slowerFromMs === undefined
        ? say`Long polling is not told to be slower at ${equalUntilMs} ms one way; half the time between two events is ${expectedMs} ms.`
        : say`Long polling is slower from ${slowerFromMs} ms one way on, and not at ${equalUntilMs} ms; half the time between two events is ${expectedMs} ms.`
    const shorter = compared.filter(({ oneWayMs }) => oneWayMs < expectedMs)
    const longer = compared.filter(({ oneWayMs }) => oneWayMs > expectedMs)
    const isRefuted =
      shorter.some(({ state }) => state === 'slower') || longer.some(({ state }) => state === 'equal')
    if (isRefuted) return { verdict: 'did not hold', because, numbers }
    const isUnclear = [...shorter, ...longer].some(({ state }) => state === 'unclear')
    if (isUnclear || shorter.length === 0 || longer.length === 0)
      return { verdict: 'inconclusive', because, numbers }
    return { verdict: 'held', because, numbers }
  }),
}
