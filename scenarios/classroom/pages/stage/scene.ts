import { entryOf } from '../../../../server/registry.ts'
import type { LaneState, StageState } from '../../log/state.ts'
import { traceOf } from '../../log/trace.ts'
import type { LaneScene, SceneOptions } from './lane-scene.ts'
import { sceneEvents } from './scene-events.ts'
import { sceneRequests } from './scene-requests.ts'

/** The picture of a lane at an instant that the state has reached. Pure. */
export function laneScene(
  state: StageState,
  lane: LaneState,
  atUs: number,
  options: SceneOptions,
): LaneScene {
  const isOver = (toUs: number | undefined) => toUs !== undefined && toUs <= atUs
  return {
    ...sceneEvents(state, lane, atUs, options),
    ...sceneRequests(lane, atUs, options),
    openStreams: traceOf(lane).openings.filter(({ fromUs, toUs }) => fromUs <= atUs && !isOver(toUs)).length,
    tubes: tubesOf(lane, atUs),
    network: lastChange(state, atUs, 'cut', 'mended') === 'cut' ? 'cut' : 'up',
    server: lastChange(state, atUs, 'down', 'up') === 'down' ? 'down' : 'up',
    proxy: state.settings.proxy !== 'none',
  }
}

function tubesOf(lane: LaneState, atUs: number): boolean[] {
  // Between two polls nothing is open, and nothing waits.
  if (lane.isOpen.length < 2 || entryOf(lane.spec.technique)?.family === 'poll') return []
  const { openings } = traceOf(lane)
  const tubes = lane.isOpen.map((isOpen, i) => {
    const own = openings.filter(({ tab }) => tab === i + 1)
    // Of a log that was folded nobody knows since when.
    if (own.length === 0) return isOpen
    return own.some(({ fromUs, toUs = Number.POSITIVE_INFINITY }) => fromUs <= atUs && atUs < toUs)
  })
  return tubes.includes(true) ? tubes : []
}

type Change = StageState['changes'][number]['what']

function lastChange({ changes }: StageState, atUs: number, ...kinds: Change[]): Change | undefined {
  return changes.findLast((change) => change.atUs <= atUs && kinds.includes(change.what))?.what
}
