import type { Point } from '../scenarios/scenario.ts'
import { entryOf } from '../server/registry.ts'

/** Mean wait for the next tick of a timer of period T: T/2. */
function shortPollMeanUs(pollIntervalMs: number): number {
  return (pollIntervalMs * 1e3) / 2
}

/**
 * Mean delay where a model has one: half a round trip R of delay, and what the technique makes wait. A long poll that
 * is on its way when an event comes waits for it: of a Poisson feed of rate r that is the share rR / (rR + e^(-rR)) of
 * the events, for R/2 on average. Without a delay what is left is queueing, which is measured and not modelled.
 */
export function meanLatencyUs(technique: string, { feed, load, network }: Point): number | null {
  const roundTripUs = (network?.roundTripMs ?? 0) * 1e3
  const halfUs = roundTripUs / 2 + ((network?.jitterMs ?? 0) * 1e3) / 2
  if (technique === 'short-poll') return shortPollMeanUs(load.pollIntervalMs) + halfUs
  if (roundTripUs < MODELLED_ROUND_TRIP_US || network?.proxy) return null
  const isHeld = entryOf(technique)?.family === 'poll'
  if (!isHeld) return halfUs
  if (feed.schedule.kind !== 'poisson') return null
  const perRoundTrip = feed.schedule.ratePerSecond * (roundTripUs / 1e6)
  return halfUs + halfUs * (perRoundTrip / (perRoundTrip + Math.exp(-perRoundTrip)))
}

/** From here on half a round trip is more than what queueing and scheduling add. */
const MODELLED_ROUND_TRIP_US = 20_000
