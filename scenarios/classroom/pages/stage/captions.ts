import { format } from '../../../../report/format.ts'
import { type Said, say, sentences } from '../../../../report/words/say.ts'
import {
  delaysOf,
  delayText,
  laneTitle,
  latestReceipts,
  openTabs,
  receivedCount,
} from '../../log/lane-numbers.ts'
import { compared, isAfter, type Paired, pairsOf } from '../../log/pairs.ts'
import type { LaneState, StageState } from '../../log/state.ts'

/** With fewer events than this nothing is said of bytes for good, unless they differ so much that no opening explains it. */
const LEAST_EVENTS = 5
const CLEARLY_MORE = 10
/** Nor of delays, which scatter. */
const LEAST_TIMED = 20

/** Whether some of its tabs have less than there was, for it was lost, or a tab waits to be let in. */
function lacksEvents(lane: LaneState): boolean {
  const { tabs = 1 } = lane.spec
  return lane.lost.length > 0 || (tabs > 1 && openTabs(lane) < tabs)
}

/** What the race comes to, in one sentence. */
export function raceCaption({ lanes }: StageState): Said {
  const running = lanes.filter(({ bytes }) => bytes > 0)
  if (running.length === 0) return say`No bytes yet.`
  const sorted = [...running].sort((a, b) => a.bytes - b.bytes)
  const [first, last] = [sorted[0] as (typeof sorted)[0], sorted.at(-1) as (typeof sorted)[0]]
  const counts = running.map(receivedCount)
  const least = Math.min(...counts)
  if (sorted.length === 1)
    return say`${laneTitle(first.spec)}: ${format.bytes(first.bytes)} for ${counts[0] ?? 0} events.`
  const times = (last.bytes / first.bytes).toPrecision(2)
  if (running.some(lacksEvents))
    return say`From ${format.bytes(first.bytes)} to ${format.bytes(last.bytes)}; not every lane has received every event.`
  const areFew = least < (last.bytes > CLEARLY_MORE * first.bytes ? 1 : LEAST_EVENTS)
  if (areFew || running.length < lanes.length || times === '1.0')
    return say`So far from ${format.bytes(first.bytes)} to ${format.bytes(last.bytes)}; too early to name one.`
  if (least === 1)
    return say`Fewest bytes for 1 event: ${laneTitle(first.spec)}; ${laneTitle(last.spec)} ${Number(times)} times as many.`
  return say`Fewest bytes for ${format.count(least)} events: ${laneTitle(first.spec)}; ${laneTitle(last.spec)} ${Number(times)} times as many.`
}

/**
 * What the delays come to, in one sentence, and in another that some are worth nothing.
 * @param backgroundUs when they were measured by a page whose timers the browser slows.
 */
export function delayCaption(
  state: StageState,
  backgroundUs: readonly { fromUs: number; toUs: number }[] = [],
): Said {
  const caption = delayRanking(state)
  const isSlowed = state.lanes.some((lane) =>
    latestReceipts(lane).some(({ atUs }) =>
      backgroundUs.some(({ fromUs, toUs }) => atUs >= fromUs && atUs <= toUs),
    ),
  )
  if (!isSlowed) return caption
  return sentences([caption, say`Some of them are of a page in the background, which browsers slow.`])
}

/** What the delays come to; nobody is ahead of who is not later in nearly all of the events that both received. */
function delayRanking({ lanes, events }: StageState): Said {
  const ranked = lanes
    .map((lane) => ({ lane, delays: delaysOf(lane) }))
    .filter(({ delays }) => delays.us.length > 0)
    .sort((a, b) => a.delays.medianUs - b.delays.medianUs)
  const [first, second] = ranked
  if (!first) return say`Nothing has arrived yet.`
  const title = laneTitle(first.lane.spec)
  const median = delayText(first.delays.medianUs, first.lane)
  if (!second) return say`${title}: median ${median} of ${first.delays.us.length} events.`
  const last = ranked.at(-1) as typeof first
  const highest = delayText(last.delays.medianUs, last.lane)
  // What was lost has no delay: a lane that lost the late ones would seem quick.
  const isOfNow = (sinceUs: number) => (seq: number) => (events[seq - 1]?.dueUs ?? 0) >= sinceUs
  if (lanes.some(({ lost, sinceUs = -Infinity }) => lost.some(isOfNow(sinceUs))))
    return say`Medians from ${median} to ${highest}; not every lane has received every event.`
  const behind = ranked.slice(1).map(({ lane }) => compared(pairsOf(first.lane, lane)))
  const isEarly = ranked.length < lanes.length || behind.some(({ pairs }) => pairs < LEAST_TIMED)
  if (isEarly) return say`So far medians from ${median} to ${highest}; too early to name one.`
  const alike = ranked.length - behind.filter(isAfter).length
  const latest = laneTitle(last.lane.spec)
  const paired = behind.at(-1) as Paired
  if (ranked.length > 2 && alike === ranked.length)
    return say`Medians from ${median} to ${highest}; none is always ahead.`
  const counted = say`${latest} came after ${title} in ${paired.after} of ${paired.pairs} events`
  if (ranked.length === 2)
    return alike === 2
      ? say`${counted}: neither is ahead.`
      : say`${counted}, by ${format.us(paired.laterUs)}.`
  if (alike > 1) return say`${alike} are alike at about ${median}; ${latest} takes ${highest}.`
  return say`${title} is the quickest, median ${median}; ${latest} takes ${highest}.`
}
