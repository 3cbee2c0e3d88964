import { median } from '../../../report/statistics/median.ts'
import { said, say, type Text, together } from '../../../report/words/say.ts'
import { entryOf } from '../../../server/registry.ts'
import type { LaneSpec } from './entries.ts'
import type { LaneState } from './state.ts'

/** Bytes of a lane by what a class needs to tell apart. */
export interface Groups {
  /** Of HTTP and of opening handshakes. */
  header: number
  /** All else that is not payload. */
  framing: number
  payload: number
}

export const groupNames = ['header', 'framing', 'payload'] as const

export function groupsOf({ sums, bytes }: Pick<LaneState, 'sums' | 'bytes'>): Groups {
  const header = sums.header + sums.handshake
  return { header, framing: bytes - header - sums.payload, payload: sums.payload }
}

/** Where a lane's delays lie: of the last so many receipts of all its tabs. */
export interface Delays {
  /** In the order of receipt. */
  us: number[]
  medianUs: number
  /** The middle four fifths lie between them. */
  lowUs: number
  highUs: number
}

export const MOST_DELAYS = 60

export function delaysOf({ received }: Pick<LaneState, 'received'>): Delays {
  const us = received.slice(-MOST_DELAYS).map(({ delayUs }) => delayUs)
  const sorted = [...us].sort((a, b) => a - b)
  const at = (quantile: number) => sorted[Math.round(quantile * (sorted.length - 1))] ?? Number.NaN
  return { us, medianUs: median(us), lowUs: at(0.1), highUs: at(0.9) }
}

/** How many events tab 1 has received; those of other tabs are the same events. */
export function receivedCount({ receivedCount: count, received }: LaneState): number {
  return count ?? received.filter(({ tab }) => tab === 1).length
}

/** How many tabs of a lane have an open stream, or a poll that is held, now. */
export function openTabs({ isOpen }: Pick<LaneState, 'isOpen'>): number {
  return isOpen.filter(Boolean).length
}

/**
 * What a lane is called: its technique, and what is special about it.
 * @param beside all lanes of the stage: with its id where another of them is called the same.
 */
export function laneTitle(spec: LaneSpec, beside: readonly LaneSpec[] = []): Text {
  const title = titleOf(spec)
  const hasTwin = beside.some((other) => other.id !== spec.id && String(titleOf(other)) === String(title))
  return hasTwin ? together(title, ' · ', spec.id) : title
}

function titleOf({ technique, forgetful, tabs = 1, socketIo }: LaneSpec): Text {
  const title = said(entryOf(technique)?.title ?? technique)
  if (forgetful) return say`${title}, forgetful`
  if (tabs > 1) return say`${title}, ${tabs} tabs`
  if (socketIo === 'websocket') return say`${title}, WebSocket only`
  return title
}
