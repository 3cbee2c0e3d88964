import type { ResultRecord } from '../../results/record.ts'

/**
 * What the machine may have added to the longest delay of a trial, in microseconds: the longest that the feed was late,
 * and the longest that the event loops of server and load agent were.
 */
export function noiseFloorUs({ feedLag, server, agent }: ResultRecord): number {
  return feedLag.maxUs + server.loopDelayMaxUs + agent.loopDelayMaxUs
}
