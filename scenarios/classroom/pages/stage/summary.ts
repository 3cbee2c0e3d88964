import { format } from '../../../../report/format.ts'
import { clauses, type Said, say, sentences } from '../../../../report/words/say.ts'
import { delaysOf, delayText, groupsOf, laneTitle, receivedCount } from '../../log/lane-numbers.ts'
import type { LaneState, StageState } from '../../log/state.ts'
import { traceOf } from '../../log/trace.ts'

/** The stage in sentences, one a lane, for people who hear it. */
export function stageSummary(state: StageState | undefined): Said {
  if (!state) return say`The stage is empty.`
  const troubles = [
    ...(state.network === 'cut' ? [say`The network is cut.`] : []),
    ...(state.server === 'down' ? [say`The server is down.`] : []),
  ]
  return sentences([
    say`${format.count(state.events.length)} events published.`,
    ...troubles,
    ...state.lanes.map(laneSummary),
  ])
}

/** A lane in a sentence. */
export function laneSummary(lane: LaneState): Said {
  const last = lane.received.at(-1)?.delayUs
  return say`In ${laneTitle(lane.spec)}: ${clauses([
    say`${format.count(receivedCount(lane))} received`,
    ...(last === undefined ? [] : [say`the last after ${delayText(last, lane)}`]),
    format.bytes(lane.bytes),
    say`${format.count(lane.requests)} requests`,
    ...(lane.answers > 0 ? [say`${lane.emptyAnswers} of ${lane.answers} answers empty`] : []),
    ...(lane.lost.length > 0 ? [say`${lane.lost.length} lost`] : []),
  ])}.`
}

/** A lane in numbers, as the table has it. */
export function laneRow(lane: LaneState) {
  const { us, medianUs } = delaysOf(lane)
  return {
    received: receivedCount(lane),
    lastDelayUs: lane.received.at(-1)?.delayUs,
    medianUs: us.length > 0 ? medianUs : undefined,
    ...groupsOf(lane),
  }
}

const MOST_ROWS = 20

/** The ways of the latest events in tab 1 of a lane, the newest first; times are on the stage's clock. */
export function eventRows(state: StageState, lane: LaneState) {
  const { sent, receivedUs, lostUs } = traceOf(lane)
  return state.events
    .slice(-MOST_ROWS)
    .reverse()
    .map(({ seq, publishedUs, dueUs }) => {
      const sentUs = sent.get(seq)?.[0]?.atUs
      const atUs = receivedUs[0]?.get(seq)
      return {
        ...{ seq, publishedUs, isLost: lostUs.has(seq) },
        ...(sentUs !== undefined && { sentUs }),
        ...(atUs !== undefined && { receivedUs: atUs, delayUs: atUs - dueUs }),
      }
    })
}
