import type { LaneSight, LaneSpec, Seen } from '../../log/entries.ts'

/** The entry of the log for what a lane's page saw. A lane that is one tab has no numbers of tabs, nor has a probe. */
export function seenEntry({ id, tabs = 1 }: LaneSpec, atUs: number, tab: number, what: LaneSight): Seen {
  return { atUs, lane: id, ...(tabs > 1 && what.kind !== 'probed' && { tab }), ...what }
}
