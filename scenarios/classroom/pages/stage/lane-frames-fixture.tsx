import { render } from 'preact'
import type { Seen } from '../../log/entries.ts'
import { LaneFrames } from './lane-frames.tsx'
import { Player, stageIsHere } from './player.ts'

/** A page that plays lanes and nothing else, for tests. Its stage began when it was opened. */
const batches: { run: number; entries: Seen[] }[] = []
let isAway = false
const player = new Player({
  stageTime: (atMs) => (atMs - performance.timeOrigin) * 1_000,
  onSeen: (run, entries) => !isAway && batches.push({ run, entries }) > 0,
})
render(<LaneFrames player={player} />, document.body)

/** Whether nobody takes what the lanes see. */
function setAway(now: boolean): void {
  isAway = now
}

const fixture = { player, batches, stageIsHere, setAway }
export type Fixture = typeof fixture
Object.assign(window, fixture)
