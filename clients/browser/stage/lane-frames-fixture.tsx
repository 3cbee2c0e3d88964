import { render } from 'preact'
import type { Seen } from '../../../server/classroom/stage-log.ts'
import { LaneFrames } from './lane-frames.tsx'
import { Player, stageIsHere } from './player.ts'

/** A page that plays lanes and nothing else, for tests. Its stage began when it was opened. */
const batches: { run: number; entries: Seen[] }[] = []
const player = new Player({
  stageTime: (atMs) => (atMs - performance.timeOrigin) * 1_000,
  onSeen: (run, entries) => batches.push({ run, entries }),
})
render(<LaneFrames player={player} />, document.body)

const fixture = { player, batches, stageIsHere }
export type Fixture = typeof fixture
Object.assign(window, fixture)
