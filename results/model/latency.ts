import { pollOf } from '../../server/registry.ts'
import { dueTimesBefore } from '../../server/schedule.ts'
import type { Point } from '../scenario.ts'

/** What a model says of the delays of a cell: microseconds, null where there is none. */
export interface ModelledLatency {
  meanUs: number | null
  maxUs: number | null
}

/** From here on half a round trip is more than what queueing and scheduling add. */
const MODELLED_ROUND_TRIP_US = 20_000
const NOT_MODELLED: ModelledLatency = { meanUs: null, maxUs: null }

/**
 * Delays where a model has them: half a round trip, and what the technique makes wait. Without a network delay what is
 * left is queueing, which is measured and not modelled; so is what a bandwidth adds, and what a proxy holds back.
 */
export function modelLatency(technique: string, { feed, load, network, variant }: Point): ModelledLatency {
  const { roundTripMs = 0, jitterMs = 0, bytesPerSecond, proxy = 'none' } = network ?? {}
  if (feed.source === 'subscribers' || feed.schedule.kind === 'silent') return NOT_MODELLED
  if (bytesPerSecond || proxy !== 'none') return NOT_MODELLED
  // Jitter makes each way up to so much longer, half of it on average.
  const meanWayUs = (roundTripMs / 2 + jitterMs / 2) * 1e3
  const longestWayUs = (roundTripMs / 2 + jitterMs) * 1e3
  if (pollOf(technique) === 'timer') {
    // A timer that starts with the answer waits for a round trip more.
    const tripUs = variant.pollTimer === 'timeout' ? 2 * meanWayUs : 0
    const intervalUs = load.pollIntervalMs * 1e3 + tripUs
    return { meanUs: intervalUs / 2 + meanWayUs, maxUs: intervalUs + longestWayUs }
  }
  const roundTripUs = 2 * meanWayUs
  if (roundTripUs < MODELLED_ROUND_TRIP_US) return NOT_MODELLED
  if (pollOf(technique) === undefined) return { meanUs: meanWayUs, maxUs: longestWayUs }
  const startUs = load.warmUpMs * 1e3
  const delays = heldPollDelaysUs(dueTimesBefore(feed.schedule, startUs + load.measureMs * 1e3), roundTripUs)
    .filter(({ dueUs }) => dueUs >= startUs)
    .map(({ delayUs }) => delayUs)
  if (delays.length === 0) return NOT_MODELLED
  return {
    meanUs: delays.reduce((sum, delay) => sum + delay, 0) / delays.length,
    maxUs: jitterMs > 0 ? null : delays.reduce((longest, delay) => Math.max(longest, delay), 0),
  }
}

/** What a machine may add to the cycle of a held poll: reading the request, making the answer, handing it on. */
const LONGEST_SERVICE_MS = 10

/**
 * What modelLatency says of a held poll whose cycle takes up to 10 ms longer than the network's round trip: the smallest
 * and the largest mean and maximum. Where events come nearly as fast as cycles, which of them find a poll waiting turns
 * on milliseconds, and with it the mean of a few events. Null where the network is not what makes them wait, and for
 * techniques without a cycle.
 */
export function heldPollRange(
  technique: string,
  point: Point,
): { meanUs: [number, number]; maxUs: [number, number] } | null {
  if (pollOf(technique) !== 'held') return null
  const models = Array.from({ length: LONGEST_SERVICE_MS + 1 }, (_, serviceMs) => {
    const roundTripMs = (point.network?.roundTripMs ?? 0) + serviceMs
    return modelLatency(technique, { ...point, network: { ...point.network, roundTripMs } })
  })
  const means = models.flatMap(({ meanUs }) => meanUs ?? [])
  const maxima = models.flatMap(({ maxUs }) => maxUs ?? [])
  if (means.length < models.length || maxima.length < models.length) return null
  const cycleUs = ((point.network?.roundTripMs ?? 0) + LONGEST_SERVICE_MS) * 1e3
  // Where any waits, one may wait for a whole cycle.
  const longestUs = Math.max(...maxima) > cycleUs / 2 ? 1.5 * cycleUs : cycleUs / 2
  return {
    meanUs: [Math.min(...means), Math.max(...means)],
    maxUs: [Math.min(...maxima), longestUs],
  }
}

/**
 * How late each event of a feed arrives by held polls over a round trip R. A poll that waits at the server is answered
 * at once, and its successor is there R later; an event that is due in between waits for that, and whatever is due until
 * then travels with it. The answer takes R/2. No event arrives later than 3R/2 (RFC 6202, section 2.2).
 *
 * Of a Poisson feed of rate r the share rR / (rR + e^(-rR)) of the events waits so, for R/2 on average: a mean of
 * R/2 + (R/2) rR / (rR + e^(-rR)), which this tends to.
 *
 * @param dueTimesUs ascending.
 */
export function heldPollDelaysUs(
  dueTimesUs: readonly number[],
  roundTripUs: number,
): { dueUs: number; delayUs: number }[] {
  let answerUs = Number.NEGATIVE_INFINITY
  return dueTimesUs.map((dueUs) => {
    // What is due before the answer that is to come travels with it; else the successor of the last one takes it.
    if (dueUs > answerUs) answerUs = Math.max(dueUs, answerUs + roundTripUs)
    return { dueUs, delayUs: answerUs - dueUs + roundTripUs / 2 }
  })
}
