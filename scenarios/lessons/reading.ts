import type { LaneState, Receipt, StageState } from '../../clients/browser/stage/state.ts'
import { format } from '../../report/format.ts'
import { Said } from '../../report/words/say.ts'
import type { Unit } from '../../server/classroom/stage-log.ts'

/** What lessons read off the stage's state. All are pure; what the state does not tell is undefined, never a guess. */

export function laneOf(state: StageState, id: string): LaneState | undefined {
  return state.lanes.find(({ spec }) => spec.id === id)
}

/** Events that a lane has received; 0 for a lane that is not there. */
export function receivedBy(state: StageState, id: string): number {
  return laneOf(state, id)?.received.length ?? 0
}

export function delaysMs(receipts: readonly Receipt[]): number[] {
  return receipts.map(({ delayUs }) => delayUs / 1e3)
}

export function meanOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length
}

/** The value that a share of them do not exceed, by nearest rank. */
export function quantileOf(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
}

/** The request that a response answers: the last one before it on the same connection. */
export function requestOf(lane: LaneState, response: Unit): Unit | undefined {
  return lane.units.findLast(
    ({ what, connection, unit }) =>
      what === 'request' && connection === response.connection && unit < response.unit,
  )
}

/** What one event cost a lane: the units without which it would not have come. */
export interface Carriage {
  bytes: number
  payloadBytes: number
}

/**
 * What a lane spent on one event: its frame or chunk, or the whole answer to a poll and the request for it. Undefined
 * where it shared its unit with another event, or where the request is no longer among the units that are kept.
 */
export function carriageOf(lane: LaneState, seq: number): Carriage | undefined {
  const carrier = lane.units.find(({ direction, events }) => direction === 'down' && events.includes(seq))
  if (carrier?.events.length !== 1) return undefined
  const payloadBytes = carrier.sums.payload ?? 0
  if (carrier.what !== 'response') return { bytes: carrier.bytes, payloadBytes }
  const request = requestOf(lane, carrier)
  return request && { bytes: carrier.bytes + request.bytes, payloadBytes }
}

/** A poll that was waiting at the server when the event came that answered it. */
export interface HeldPoll {
  seq: number
  connection: number
  askedUs: number
  publishedUs: number
  answeredUs: number
}

/** Polls that were answered by an event that did not exist yet when they arrived, in order. */
export function heldPolls(state: StageState, lane: LaneState): HeldPoll[] {
  return lane.units.flatMap((unit) => {
    const [seq] = unit.events
    if (unit.what !== 'response' || seq === undefined) return []
    const [request, event] = [requestOf(lane, unit), state.events[seq - 1]]
    if (!request || !event) return []
    const { publishedUs } = event
    const isHeld = request.atUs < publishedUs && publishedUs <= unit.atUs
    return isHeld
      ? [{ seq, connection: unit.connection, askedUs: request.atUs, publishedUs, answeredUs: unit.atUs }]
      : []
  })
}

/** Requests of a lane in the last so many microseconds, as far back as its units are kept. */
export function requestsSince(lane: LaneState, fromUs: number): number {
  return lane.units.filter(({ what, atUs }) => what === 'request' && atUs >= fromUs).length
}

/** Milliseconds in words: `512 ms`. */
export function ms(value: number): string {
  return format.us(value * 1e3)
}

export function bytes(value: number): string {
  return format.bytes(Math.round(value * 10) / 10)
}

/** Paragraphs that have something to say. */
export function paragraphs(...texts: (Said | undefined | false)[]): Said[] {
  return texts.filter((text) => text instanceof Said)
}
