import { format } from '../../../report/format.ts'
import { median } from '../../../report/statistics/median.ts'
import { said, say, type Text, together } from '../../../report/words/say.ts'
import { entryOf } from '../../../server/registry.ts'
import type { LaneSpec } from './entries.ts'
import type { LaneState, Receipt } from './state.ts'

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

/** Where a lane's delays lie: of the last so many receipts of all its tabs whose events are of after the latest change. */
export interface Delays {
  /** In the order of receipt. */
  us: number[]
  medianUs: number
}

const MOST_DELAYS = 60

export function delaysOf(lane: Pick<LaneState, 'received' | 'sinceUs'>): Delays {
  const us = latestReceipts(lane).map(({ delayUs }) => delayUs)
  return { us, medianUs: median(us) }
}

/** What delays are told of. What was due before the latest change and came after it is of neither. */
export function latestReceipts({
  received,
  sinceUs = -Infinity,
}: Pick<LaneState, 'received' | 'sinceUs'>): Receipt[] {
  return received.slice(-MOST_DELAYS).filter(({ atUs, delayUs }) => atUs - delayUs >= sinceUs)
}

/**
 * A delay in words, no finer than it is known: to the next of 1, 2, 5, 10 of some unit above the error, and `< 1 ms` below
 * that.
 */
export function delayText(us: number, { clockErrorUs = 0 }: Pick<LaneState, 'clockErrorUs'>): string {
  if (clockErrorUs <= 0) return format.us(us)
  const decade = 10 ** Math.floor(Math.log10(clockErrorUs))
  const stepUs = decade * ([1, 2, 5].find((step) => step * decade >= clockErrorUs) ?? 10)
  return us < stepUs ? `< ${format.us(stepUs)}` : format.us(Math.round(us / stepUs) * stepUs)
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
