import { median } from '../../../report/statistics/median.ts'
import { latestReceipts } from './lane-numbers.ts'
import type { LaneState, Receipt } from './state.ts'

/** The same event in two lanes. */
export type Pair = [one: Receipt, other: Receipt]

/** Two lanes by what both received: the clocks of page and host cancel out, and so does what made an event late in both. */
export interface Paired {
  pairs: number
  /** In how many of them the other came after the one; neither where both came at the same instant of a coarse clock. */
  after: number
  before: number
  /** The median of how much later the other came; negative where it came earlier. */
  laterUs: number
}

export function compared(pairs: readonly Pair[]): Paired {
  const laterUs = pairs.map(([one, other]) => other.atUs - one.atUs)
  return {
    pairs: pairs.length,
    after: laterUs.filter((us) => us > 0).length,
    before: laterUs.filter((us) => us < 0).length,
    laterUs: median(laterUs),
  }
}

/** So large a share of the pairs has to have the same order: 18 of 20 by chance are 1 in 5,000 (sign test). */
const ORDERLY = 0.9

/** Whether the other comes after the one, and not only by chance. */
export function isAfter({ pairs, after }: Paired): boolean {
  return pairs > 0 && after >= ORDERLY * pairs
}

/** The one after the other. */
export function reversed({ pairs, after, before, laterUs }: Paired): Paired {
  return { pairs, after: before, before: after, laterUs: -laterUs }
}

/** Events that tab 1 of both lanes received, of those whose delays are told. */
export function pairsOf(one: LaneState, other: LaneState): Pair[] {
  const others = new Map(firstTab(other).map((receipt) => [receipt.seq, receipt]))
  return firstTab(one).flatMap((receipt): Pair[] => {
    const its = others.get(receipt.seq)
    return its ? [[receipt, its]] : []
  })
}

const firstTab = (lane: LaneState) => latestReceipts(lane).filter(({ tab }) => tab === 1)
