import type { LaneState, Receipt } from './state.ts'

/** Lessons look at how a lane began, and at how it is now. */
const MOST_FIRST = 1_000
const MOST_LATEST = 10_000

/** Notes a receipt; of very many those in between are forgotten, many at once, for that moves the later ones. */
export function keepReceipt(lane: LaneState, receipt: Receipt): void {
  if (receipt.tab === 1) lane.receivedCount = (lane.receivedCount ?? 0) + 1
  lane.received.push(receipt)
  if (lane.received.length > MOST_FIRST + MOST_LATEST + MOST_FIRST)
    lane.received.splice(MOST_FIRST, MOST_FIRST)
}
