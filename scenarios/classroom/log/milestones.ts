import { defaultSettings } from '../../../server/settings.ts'
import type { Unit } from './entries.ts'
import type { Carriage, LaneState, SettingsPeriod, StageState } from './state.ts'
import { pushBounded } from './trace.ts'

/**
 * What lessons need of a lane long after its units are forgotten: how it began, what carried its first events and its
 * latest, and how it stood at its first answers. A lesson may stay on screen for a whole hour, so all of it is bounded.
 */

/** 100 events of the fastest lesson come first in this; an hour of one event every four seconds is whole in it. */
const MOST_FIRST = 1_000
const MOST_LATEST = 200
/** 10 s of requests at the highest rate of events are 500. */
const MOST_REQUESTS = 600
const MOST_ANSWERS = 100
/** Somebody who moves a control up and down without an end. */
const MOST_PERIODS = 2_000

/** A unit has passed that the lane's counters and `units` hold already. */
export function noteUnit(lane: LaneState, unit: Unit): void {
  const isHandshake = unit.what === 'handshake-request'
  if (unit.what === 'request' || isHandshake) noteRequest(lane, unit, isHandshake)
  else if (unit.direction === 'down' && unit.events.length > 0) noteCarriage(lane, unit)
}

function noteRequest(lane: LaneState, unit: Unit, isHandshake: boolean): void {
  lane.beganBy ??= unit.what
  if (isHandshake) lane.handshakes = (lane.handshakes ?? 0) + 1
  lane.requestedUs ??= []
  pushBounded(lane.requestedUs, unit.atUs, MOST_REQUESTS)
  const before = lane.latestCarriages?.findLast(({ connection }) => connection === unit.connection)
  if (before) before.askedAgainUs ??= unit.atUs
}

function noteCarriage(lane: LaneState, unit: Unit): void {
  const { events, what, connection, atUs, bytes, sums } = unit
  const carriage: Carriage = {
    ...{ events, what, connection, atUs, bytes, payloadBytes: sums.payload ?? 0 },
    ...{ requestsSoFar: lane.requests, bytesSoFar: lane.bytes },
  }
  const request = what === 'response' && requestBefore(lane, unit)
  if (request) carriage.request = { atUs: request.atUs, bytes: request.bytes }
  lane.firstCarriages ??= []
  lane.latestCarriages ??= []
  if (lane.firstCarriages.length < MOST_FIRST) lane.firstCarriages.push(carriage)
  pushBounded(lane.latestCarriages, carriage, MOST_LATEST)
}

/** Until an event that the stage has published is at the lanes' server. */
const LONGEST_RELAY_US = 10_000

/** An answer with events has passed: whether it had to leave others behind, which were there when it was asked for. */
export function noteHeldBack({ events }: StageState, lane: LaneState): void {
  const { request, events: seqs } = lane.latestCarriages?.at(-1) ?? {}
  const next = events[seqs?.at(-1) ?? 0]
  if (!request || !seqs) return
  const bytesOf = (seq: number) => events[seq - 1]?.payloadBytes ?? 0
  const bytes = seqs.reduce((sum, seq) => sum + bytesOf(seq), 0)
  const hasWaited = next !== undefined && next.publishedUs + LONGEST_RELAY_US < request.atUs
  const isFull = hasWaited && bytes + next.payloadBytes > defaultSettings.bufferBytes
  lane.heldBack = isFull ? events.length - next.seq + 1 : 0
}

/** The request that a response answers: the last one before it on the same connection. */
function requestBefore({ units }: LaneState, { connection, unit }: Unit): Unit | undefined {
  return units.findLast(
    (before) => before.what === 'request' && before.connection === connection && before.unit < unit,
  )
}

/** The page has read an answer that counts. */
export function noteAnswer(lane: LaneState, atUs: number, events: number): void {
  lane.firstAnswers ??= []
  if (lane.firstAnswers.length < MOST_ANSWERS)
    lane.firstAnswers.push({ atUs, events, requestsSoFar: lane.requests, bytesSoFar: lane.bytes })
}

/** Settings hold from now on. */
export function noteSettings(state: StageState, atUs: number): void {
  state.periods ??= []
  pushBounded(state.periods, { fromUs: atUs, settings: state.settings }, MOST_PERIODS)
}

/** Since when which settings held, in order. */
export function periodsOf({ periods, settings }: StageState): readonly SettingsPeriod[] {
  return periods ?? [{ fromUs: 0, settings }]
}
