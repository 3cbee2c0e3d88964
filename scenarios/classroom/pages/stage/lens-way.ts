import type { StageState } from '../../log/state.ts'
import { receiptOf, traceOf } from '../../log/trace.ts'

/** A part of the stage's time that is played without a jump. */
interface Stretch {
  fromUs: number
  toUs: number
}

/**
 * The parts that are played of the time between two instants: all of it, but for long waiting before a moment.
 * @param keptUs so much is played after a moment and before the next one; waiting is long from three times as much on.
 */
export function wayOf(moments: readonly number[], fromUs: number, toUs: number, keptUs: number): Stretch[] {
  const way: Stretch[] = []
  let [beganUs, lastUs] = [fromUs, fromUs]
  for (const momentUs of moments.filter((us) => us > fromUs && us < toUs).sort((a, b) => a - b)) {
    if (momentUs - lastUs > 3 * keptUs) {
      way.push({ fromUs: beganUs, toUs: lastUs + keptUs })
      beganUs = momentUs - keptUs
    }
    lastUs = momentUs
  }
  return [...way, { fromUs: beganUs, toUs }]
}

/** Where on a way somebody is who has gone so far, jumps not counted; at its end at last. */
export function placeOnWay(way: readonly Stretch[], goneUs: number): number {
  let leftUs = goneUs
  for (const { fromUs, toUs } of way) {
    if (leftUs <= toUs - fromUs) return fromUs + leftUs
    leftUs -= toUs - fromUs
  }
  return way.at(-1)?.toUs ?? 0
}

/** How far somebody has gone who is at an instant. */
export function goneOnWay(way: readonly Stretch[], atUs: number): number {
  return way.reduce((sum, { fromUs, toUs }) => sum + Math.max(0, Math.min(atUs, toUs) - fromUs), 0)
}

/**
 * When something happened to an event in any lane: it was sent, received or lost, or a poll came that fetched it.
 * @param hasAll whether every request counts.
 */
export function momentsOf({ lanes, events }: StageState, seq: number, hasAll = false): number[] {
  const moments = [events[seq - 1]?.publishedUs]
  for (const lane of lanes) {
    const trace = traceOf(lane)
    const sentUs = trace.sent.get(seq)?.[0]?.atUs
    moments.push(sentUs, receiptOf(trace, seq), trace.lostUs.get(seq))
    for (const { askedUs, arrivedUs, answeredUs, readUs } of trace.requests)
      if (hasAll || (answeredUs !== undefined && answeredUs === sentUs))
        moments.push(askedUs, arrivedUs, answeredUs, readUs)
  }
  return moments.filter((us) => us !== undefined)
}
