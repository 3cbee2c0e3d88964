import { format } from '../../../../report/format.ts'
import { classMarks } from '../../../../report/wire/classes.ts'
import { type ByteClass, byteClasses } from '../../../../server/wire/span.ts'
import type { LaneState } from '../../log/state.ts'

/** The terms of `677 B = 512 header + 100 payload + 65 framing`, in the order of the classes, without those of 0. */
export function termsOf(sums: Partial<Record<ByteClass, number>>) {
  return byteClasses.flatMap((byteClass) => {
    const bytes = sums[byteClass] ?? 0
    return bytes > 0 ? [{ byteClass, bytes, text: classMarks[byteClass].amount(format.count(bytes)) }] : []
  })
}

/**
 * All bytes of a lane, by class, without those that it has none of; `up` and `down` are undefined where nobody has counted
 * the directions apart.
 */
export function classTotals(lane: LaneState) {
  const up = lane.sumsUp ?? sumsUpOf(lane)
  return byteClasses.flatMap((byteClass) => {
    const bytes = lane.sums[byteClass]
    if (!bytes) return []
    const bytesUp = up && (up[byteClass] ?? 0)
    return [{ byteClass, up: bytesUp, down: bytesUp === undefined ? undefined : bytes - bytesUp, bytes }]
  })
}

/** From the units, as long as all of them are kept. */
function sumsUpOf({ units, bytes }: LaneState): Partial<Record<ByteClass, number>> | undefined {
  if (units.reduce((sum, unit) => sum + unit.bytes, 0) !== bytes) return undefined
  const up: Partial<Record<ByteClass, number>> = {}
  for (const { direction, sums } of units) {
    if (direction !== 'up') continue
    for (const name of byteClasses) up[name] = (up[name] ?? 0) + (sums[name] ?? 0)
  }
  return up
}
