import type { LaneState, StageState } from '../../log/state.ts'
import { receiptOf, traceOf } from '../../log/trace.ts'
import { type LaneScene, MOST_ARRIVED, type SceneOptions } from './lane-scene.ts'

/** Behind so many events that are over, in a row, nothing older is still under way. */
const ROW_OVER = 64
const MOST_SEARCHED = 2_000
const MOST_LOST = 64
/** What takes longer than the network's own delay and this was held by something between. */
const SLACK_US = 100_000

type Events = Pick<LaneScene, 'waiting' | 'flying' | 'between' | 'arrived' | 'lost'>

/** Where each event is at an instant. */
export function sceneEvents(state: StageState, lane: LaneState, atUs: number, options: SceneOptions): Events {
  const trace = traceOf(lane)
  const openedUs = lane.openedUs[0] ?? Number.POSITIVE_INFINITY
  const scene: Events = {
    ...{ waiting: [], flying: [], between: [] },
    arrived: arrivedBy(lane, atUs, options.glowUs),
    lost: lostBy(lane, atUs),
  }
  let over = 0
  const last = state.events.length - 1
  for (let i = last; i >= 0 && over < ROW_OVER && last - i < MOST_SEARCHED; i--) {
    const event = state.events[i]
    if (!event || event.publishedUs > atUs) continue
    const { seq } = event
    const receiptUs = receiptOf(trace, seq)
    if ((receiptUs ?? trace.lostUs.get(seq) ?? Number.POSITIVE_INFINITY) <= atUs) {
      over++
      continue
    }
    over = 0
    const sentUs = sendingOf(state, lane, seq, atUs)
    // What was published before its page had it open is none of its business, unless it comes after all.
    const isSent = sentUs !== undefined && sentUs >= (lane.sinceUs ?? 0)
    if (event.publishedUs <= openedUs && receiptUs === undefined && !isSent) continue
    if (sentUs === undefined || options.isStill) {
      scene.waiting.push(seq)
      continue
    }
    const longestUs = 2_000 * state.settings.addedDelayMs + SLACK_US
    if (receiptUs === undefined || receiptUs - sentUs > longestUs) scene.between.push(seq)
    else scene.flying.push({ seq, place: share(sentUs, receiptUs, atUs) })
  }
  scene.waiting.reverse()
  scene.between.reverse()
  scene.flying.reverse()
  return scene
}

/** When an event left the server on a connection that is still there; undefined where it has not. */
function sendingOf(state: StageState, lane: LaneState, seq: number, atUs: number): number | undefined {
  const sending = traceOf(lane)
    .sent.get(seq)
    ?.findLast((candidate) => candidate.atUs <= atUs)
  if (!sending) return undefined
  const isBroken = state.changes.some(
    (change) =>
      change.atUs >= sending.atUs && change.atUs <= atUs && (change.what === 'cut' || change.what === 'down'),
  )
  // The answer to a poll may close its connection; the browser has it then, or will in a moment.
  return isBroken ? undefined : sending.atUs
}

/** The latest: a lane may have lost thousands. What came late is not far from its place. */
function lostBy(lane: LaneState, atUs: number): number[] {
  const { lostUs } = traceOf(lane)
  const lost: number[] = []
  for (let i = lane.lost.length - 1; i >= 0 && lost.length < MOST_LOST; i--) {
    const seq = lane.lost[i] as number
    if ((lostUs.get(seq) ?? 0) <= atUs) lost.push(seq)
  }
  return lost.sort((a, b) => a - b)
}

function arrivedBy(lane: LaneState, atUs: number, glowUs: number): Events['arrived'] {
  const arrived: Events['arrived'] = []
  for (let i = lane.received.length - 1; i >= 0 && arrived.length < MOST_ARRIVED; i--) {
    const { tab, seq, atUs: receiptUs } = lane.received[i] as LaneState['received'][number]
    if (tab === 1 && receiptUs <= atUs) arrived.push({ seq, isFresh: atUs - receiptUs < glowUs })
  }
  return arrived.reverse()
}

/** Which share of the time between two instants has passed: 0 to 1. */
export function share(fromUs: number, toUs: number, atUs: number): number {
  if (toUs <= fromUs) return atUs < toUs ? 0 : 1
  return Math.min(1, Math.max(0, (atUs - fromUs) / (toUs - fromUs)))
}
