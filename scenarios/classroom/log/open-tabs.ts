import type { LaneState } from './state.ts'

/** How many tabs of a lane have an open stream, or a poll that is held, now. */
export function openTabs({ isOpen }: Pick<LaneState, 'isOpen'>): number {
  return isOpen.filter(Boolean).length
}
