import { clauses, type Said, say } from '../../../../report/words/say.ts'
import { entryOf } from '../../../../server/registry.ts'
import { laneTitle, receivedCount } from '../../log/lane-numbers.ts'
import type { LaneState, StageState } from '../../log/state.ts'

/** How the stage stands, as far as somebody who cannot see it should be told when that changes. */
export interface Standing {
  run: number
  network: StageState['network']
  server: StageState['server']
  /** By the id of the lane. */
  lanes: ReadonlyMap<string, LaneStanding>
}

interface LaneStanding {
  lost: number
  /** Whether its connection is lost. */
  isAway: boolean
  /** When its transport failed last. */
  failedUs: number | undefined
  /** Grows with each answer and each event. */
  heard: number
}

export function standingOf(state: StageState, before?: Standing): Standing {
  const { run, network, server, lanes } = state
  const isBroken = network === 'cut' || server === 'down'
  const known = before?.run === run ? before.lanes : undefined
  return {
    ...{ run, network, server },
    lanes: new Map(
      lanes.map((lane) => [lane.spec.id, laneStanding(lane, isBroken, known?.get(lane.spec.id))]),
    ),
  }
}

function laneStanding(lane: LaneState, isBroken: boolean, before: LaneStanding | undefined): LaneStanding {
  const failedUs = lane.failures.at(-1)?.atUs
  const heard = lane.answers + receivedCount(lane)
  const hasOpened = lane.openedUs.some((atUs) => atUs !== undefined)
  const hears = before === undefined || heard > before.heard
  // Between two polls there is no connection, and nothing is wrong.
  const isPoll = entryOf(lane.spec.technique)?.family === 'poll'
  const isSilent = isPoll
    ? !hears && (before.isAway || failedUs !== before.failedUs)
    : !lane.isOpen.some(Boolean)
  return { lost: lane.lost.length, isAway: hasOpened && (isBroken || isSilent), failedUs, heard }
}

/** What is worth saying of a stage since it stood otherwise; of another run nothing. */
export function changesSince(before: Standing, now: Standing, { lanes }: StageState): Said[] {
  if (before.run !== now.run) return []
  const changes: Said[] = []
  if (before.network !== now.network)
    changes.push(now.network === 'cut' ? say`The network is cut.` : say`The network is mended.`)
  if (before.server !== now.server)
    changes.push(now.server === 'down' ? say`The server is down.` : say`The server is up again.`)
  const isBroken = now.network === 'cut' || now.server === 'down'
  for (const { spec } of lanes) {
    const [was, is] = [before.lanes.get(spec.id), now.lanes.get(spec.id)]
    if (!was || !is) continue
    const parts = [
      // That of the network, or of the server, has been said.
      ...(is.isAway && !was.isAway && !isBroken ? [say`connection lost`] : []),
      ...(was.isAway && !is.isAway ? [say`open again`] : []),
      ...(is.lost > was.lost ? [say`${is.lost} lost`] : []),
    ]
    if (parts.length > 0) changes.push(say`In ${laneTitle(spec)}: ${clauses(parts)}.`)
  }
  return changes
}
