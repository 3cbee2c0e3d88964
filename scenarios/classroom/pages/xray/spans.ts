import { knownBinary, type WireSpan } from '../../../../report/wire/spans.ts'
import type { Unit } from '../../log/entries.ts'
import { shownBytes } from './units.ts'

/** A span of a unit: what report/wire knows of it, and where it stands. */
export interface UnitSpan extends WireSpan {
  /** Offset in the unit. */
  start: number
  /** Whether more of it may follow among the bytes that were not kept. */
  isOpen: boolean
}

type UnitParts = Pick<Unit, 'bytes' | 'connection' | 'direction' | 'shown' | 'spans'>

/**
 * The spans of a unit's shown bytes, one behind the other. They cover every byte once, whatever the unit says: what it
 * leaves out is unparsed.
 */
export function spansOfUnit(unit: UnitParts, technique: string): UnitSpan[] {
  const bytes = shownBytes(unit)
  const isCut = bytes.length < unit.bytes
  const spans = partition(unit.spans, bytes.length).map(([start, end, byteClass, label]) => ({
    ...{ technique, connection: unit.connection, direction: unit.direction, phase: 'event' as const },
    ...{ class: byteClass, label, start },
    bytes: Math.min(end, unit.bytes) - start,
    shown: bytes.subarray(start, end),
    isOpen: isCut && end >= bytes.length,
  }))
  return knownBinary(spans).map((span, i) => ({ ...span, ...(spans[i] as (typeof spans)[number]) }))
}

/** In order, without gaps and overlaps, up to the last byte that there is. */
function partition(spans: Unit['spans'], length: number): Unit['spans'] {
  const found: Unit['spans'] = []
  let at = 0
  const unknown = (end: number) => {
    if (end > at) found.push([at, end, 'unparsed', 'not an HTTP message, or cut short'])
  }
  for (const [start, end, byteClass, label] of [...spans].sort((a, b) => a[0] - b[0])) {
    const from = Math.max(start, at)
    if (from >= Math.min(end, length)) continue
    unknown(from)
    found.push([from, end, byteClass, label])
    at = end
  }
  unknown(length)
  return found
}
