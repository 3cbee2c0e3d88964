import type { Text } from '../words/say.ts'

/**
 * How far a figure may be trusted. What is not valid is shown struck through and never ranked; what a scenario did not plan
 * to measure is not measured, which is no fault.
 */
export type Badge = 'valid' | 'use with care' | 'not valid' | 'not measured'

/**
 * The ways in which figures are read. counted: bytes, requests. wire: what the interface counted. compared: what is timed,
 * beside another cell of the same rounds. absolute: what is timed, in the milliseconds of this machine.
 */
export type Reading = 'counted' | 'wire' | 'compared' | 'absolute'

/** What a check of the honesty gate found: a pure function of records. */
export interface Finding {
  /** Name of the check. */
  check: string
  /** What it touches, and how badly. What touches counts touches those of the wire, too. */
  touches: Partial<Record<Reading, 'use with care' | 'not valid'>>
  /** Whether of what is timed it touches delays alone, and neither CPU nor memory. */
  delaysAlone?: true
  reason: Text
  remedy: Text
}

/** The worst that a finding does to anything; valid where it touches nothing. */
export function worstOf({ touches }: Pick<Finding, 'touches'>): Exclude<Badge, 'not measured'> {
  const faults = Object.values(touches)
  return faults.includes('not valid') ? 'not valid' : faults.length > 0 ? 'use with care' : 'valid'
}

/** A finding that touches what is timed, in both readings alike. */
export function timed(fault: 'use with care' | 'not valid'): Finding['touches'] {
  return { compared: fault, absolute: fault }
}

/** A finding that touches all that is measured. */
export function all(fault: 'use with care' | 'not valid'): Finding['touches'] {
  return { counted: fault, ...timed(fault) }
}

/** A share in words, as findings give it. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(Math.abs(share) < 0.1 ? 1 : 0)} %`
}
