import type { LedgerSide, ResultRecord } from '../../results/record.ts'
import { textBytes } from '../../server/payload.ts'
import { type Said, said, say, type Text } from '../words/say.ts'
import { compressedSides } from './compressed.ts'

/** What a ledger is judged by. */
type Tapped = Pick<ResultRecord, 'technique' | 'point' | 'ledger'>

/** Which byte of the tapped subscriber is unaccounted for, or under the wrong label; undefined where none is. */
export function ledgerFault(record: Tapped): Said | undefined {
  const { total, tappedUp, tappedDown, socketUp, socketDown } = record.ledger
  const labelled = sumOf(total.up) + sumOf(total.down)
  const unparsed = total.up.unparsed + total.down.unparsed
  if (tappedUp !== socketUp || tappedDown !== socketDown) {
    return say`the tap kept ${tappedUp + tappedDown} bytes and the sockets counted ${socketUp + socketDown}`
  }
  if (labelled !== tappedUp + tappedDown) return say`${labelled} of ${tappedUp + tappedDown} are labelled`
  if (unparsed > 0) return say`${unparsed} could not be parsed`
  return sideFault(record, 'down') ?? sideFault(record, 'up')
}

/** All bytes of a side. */
export function sumOf(side: LedgerSide): number {
  return Object.values(side).reduce((total, bytes) => total + bytes, 0)
}

/**
 * A byte under the wrong label leaves every sum as it is; the size of the events is known from the scenario. Messages
 * count over the whole connection: one may leave the probe on one side of the window's edge and be counted on the other.
 */
function sideFault(record: Tapped, side: 'up' | 'down'): Said | undefined {
  const { window, total, windowEvents, totalMessages } = record.ledger
  const [count, what] = side === 'down' ? [windowEvents, said('events')] : [totalMessages, said('messages')]
  const compressedBytes = total[side].compressed
  return compressedSides(record)[side]
    ? compressedFault(window[side].payload, compressedBytes, count, what)
    : plainFault(record, compressedBytes, (side === 'down' ? window : total)[side].payload, count, what)
}

function plainFault(
  { point }: Tapped,
  compressedBytes: number,
  payloadBytes: number,
  count: number,
  what: Text,
): Said | undefined {
  if (compressedBytes > 0) return say`${compressedBytes} are labelled compressed where nothing is compressed`
  const sizes = sizesOf(point)
  if (sizes.some((size) => payloadBytes === count * size)) return undefined
  const expected = [...new Set(sizes.map((size) => count * size))].reduce<Text>(
    (all, one) => (all === '' ? one : say`${all} or ${one}`),
    '',
  )
  return say`${payloadBytes} are labelled payload where ${count} ${what} have ${expected}`
}

/**
 * The bytes that one event can have: those of the scenario. A binary one goes as it is or, where text alone is carried,
 * as base64; a technique does one or the other with all events of a direction.
 */
function sizesOf({ feed, variant }: ResultRecord['point']): number[] {
  const { payloadBytes } = feed
  return variant.payload === 'binary' ? [payloadBytes, textBytes(payloadBytes, true)] : [payloadBytes]
}

/** How long compressed events are nobody can say beforehand; that they are is what was asked for. */
function compressedFault(
  payloadBytes: number,
  compressedBytes: number,
  count: number,
  what: Text,
): Said | undefined {
  if (payloadBytes > 0) return say`${payloadBytes} are labelled payload where ${what} are compressed`
  if (count > 0 && compressedBytes === 0)
    return say`none is labelled compressed where ${count} ${what} are compressed`
  return undefined
}
