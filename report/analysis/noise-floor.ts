import type { ResultRecord } from '../../results/record.ts'

/**
 * The longest that an event loop was late in a trial, server's or load agent's, whichever was later, in microseconds:
 * what the machine may have added to the longest delay from when an event was published.
 */
export function loopFloorUs({ server, agent }: ResultRecord): number {
  return Math.max(server.loopDelayMaxUs, agent.loopDelayMaxUs)
}

/**
 * What the machine may have added to the longest delay from when an event was due, in microseconds: the longest that
 * the feed was late, and that an event loop was.
 */
export function noiseFloorUs(record: ResultRecord): number {
  return record.feedLag.maxUs + loopFloorUs(record)
}
