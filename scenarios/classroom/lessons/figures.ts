import { format } from '../../../report/format.ts'
import { type Said, say } from '../../../report/words/say.ts'
import { delaysOf, delayText, openTabs, receivedCount } from '../log/lane-numbers.ts'
import type { LaneState } from '../log/state.ts'
import type { FigureName } from './lesson.ts'
import { costOf } from './reading.ts'

/** What a lane's large letters say: a lesson has there what it is about. */
export interface Figure {
  /** What stands above it. */
  text: Said
  /** With its unit; undefined where the lane does not tell. */
  of(lane: LaneState): string | undefined
}

function delayOf(lane: LaneState, choose: (delays: ReturnType<typeof delaysOf>) => number | undefined) {
  const delays = delaysOf(lane)
  const us = delays.us.length > 0 ? choose(delays) : undefined
  return us === undefined ? undefined : delayText(us, lane)
}

export const figures: Readonly<Record<FigureName, Figure>> = {
  lastDelay: { text: say`last delay`, of: (lane) => delayOf(lane, ({ us }) => us.at(-1)) },
  medianDelay: { text: say`median delay`, of: (lane) => delayOf(lane, ({ medianUs }) => medianUs) },
  longestDelay: { text: say`longest delay`, of: (lane) => delayOf(lane, ({ us }) => Math.max(...us)) },
  emptyAnswers: { text: say`empty answers`, of: ({ emptyAnswers }) => format.count(emptyAnswers) },
  requestsPerEvent: {
    text: say`requests an event`,
    of: (lane) => {
      const events = receivedCount(lane)
      return events > 0 ? String(Number((lane.requests / events).toPrecision(2))) : undefined
    },
  },
  eventBytes: {
    text: say`latest event took`,
    of: (lane) => {
      const cost = costOf(lane, lane.received.at(-1)?.seq ?? 0)
      return cost && format.bytes(cost.bytes)
    },
  },
  openTabs: { text: say`tabs open`, of: (lane) => `${openTabs(lane)} / ${lane.isOpen.length}` },
  lost: { text: say`lost events`, of: ({ lost }) => format.count(lost.length) },
  requestsToStart: {
    text: say`requests to start`,
    of: ({ firstCarriages: [first] = [] }) => first && format.count(first.requestsSoFar),
  },
}
