import type { Text } from '../words/say.ts'

/**
 * The honesty gate: each check is a pure function of records that says nothing, or what is wrong, why that matters
 * and what to do. What is not valid is shown struck through and never ranked.
 */
export type Badge = 'valid' | 'use with care' | 'not valid'

export interface Finding {
  /** Name of the check. */
  check: string
  badge: Exclude<Badge, 'valid'>
  /** What it touches: figures that are timed (delays, CPU), or those that are counted (bytes, requests) too. */
  touches: 'timed' | 'all'
  reason: Text
  remedy: Text
}

/** A share in words, as findings give it. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(Math.abs(share) < 0.1 ? 1 : 0)} %`
}
