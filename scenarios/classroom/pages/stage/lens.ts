import { format } from '../../../../report/format.ts'
import { type Said, say } from '../../../../report/words/say.ts'
import { delayText } from '../../log/lane-numbers.ts'
import type { LaneState, StageState } from '../../log/state.ts'
import { receiptOf, traceOf } from '../../log/trace.ts'
import { goneOnWay, momentsOf, placeOnWay, wayOf } from './lens-way.ts'

/**
 * The time lens. At x1 the picture is live; beyond, it plays the way of one event after another, slowed, for loopback is
 * too fast to see.
 */
export const lensFactors = [1, 10, 100, 1_000] as const
export type LensFactor = (typeof lensFactors)[number]

/** The picture is so far behind the stage, for until then both hands of the log have come. */
export const LIVE_DELAY_US = 300_000
/** An event that has not come yet is waited for so long. */
const LONGEST_PLAY_US = 10_000_000
/** Before its publication and after the last lane has it, so much is played. */
const LEAD_PLAY_US = 700_000
const TAIL_PLAY_US = 1_500_000
/** Who waits for longer is told so; for less it can be seen. */
const LONGEST_SEEN_US = 2_000_000
/** After a moment, and before the next one, so much is played of what lies between; longer waiting is left out. */
const KEPT_PLAY_US = 700_000
/** What is over is still shown for so long. */
const GLOW_PLAY_US = 500_000

interface Journey {
  seq: number
  fromUs: number
  startedMs: number
  /** What is played is how lanes open, until each has its first event. */
  isOpening?: true
}

export interface Lens {
  factor: LensFactor
  /** What is slowed now. */
  journey?: Journey
  /** The picture's clock while it is paused. */
  heldUs?: number
  /** The factor is the lesson's, and nobody's choice. */
  isGiven?: true
}

/** What to show, at which instant of the stage. */
export interface Picture {
  atUs: number
  label: Said
  glowUs: number
  /** The event whose way is played, and the instant at which that ends. */
  focus?: { seq: number; untilUs: number }
  /** The lens as it is now. */
  lens: Lens
  /** Whether the next frame may differ although nothing is added to the log. */
  isMoving: boolean
}

/**
 * What a lens shows of a stage now.
 * @param nowMs a steady clock of the page, for playback.
 * @param stageUs the stage's clock.
 * @param isRecording whether what is not slowed is a recording, and not live.
 */
export function lookThrough(
  lens: Lens,
  state: StageState,
  nowMs: number,
  stageUs: number,
  isRecording = false,
): Picture {
  const glowUs = GLOW_PLAY_US / lens.factor
  if (lens.factor === 1) {
    const delayUs = liveDelayUs(state)
    const atUs = lens.heldUs ?? stageUs - delayUs
    const heldAt = `${(atUs / 1e6).toFixed(4)} s`
    const live = state.settings.isPaused
      ? say`Live, shown ${format.us(delayUs)} later; the feed waits`
      : say`Live, shown ${format.us(delayUs)} later`
    const running = isRecording ? say`Recording` : live
    const label = lens.heldUs === undefined ? running : say`Paused at ${heldAt}`
    // Until what the log has told is shown, and has been for its moment, frames differ.
    return { atUs, label, glowUs, lens, isMoving: lens.heldUs === undefined && atUs < state.atUs + glowUs }
  }
  return slowed(lens, state, nowMs, stageUs, glowUs)
}

/** The network's own delay is added, for the browser's hand comes so much later. */
export function liveDelayUs({ settings }: StageState): number {
  return LIVE_DELAY_US + settings.addedDelayMs * 1_000
}

function slowed(before: Lens, state: StageState, nowMs: number, stageUs: number, glowUs: number): Picture {
  const { factor } = before
  let lens = before
  let way = lens.journey && journeyWay(state, lens.journey, factor)
  const isOver =
    !lens.journey || !way || playedUs(way, lens.journey, factor, nowMs) >= (way.at(-1)?.toUs ?? 0)
  if (isOver && lens.heldUs === undefined) {
    const newest = state.events.findLast((event) => event?.publishedUs <= stageUs - liveDelayUs(state))
    if (newest && newest.seq !== lens.journey?.seq) {
      const fromUs = newest.publishedUs - LEAD_PLAY_US / factor
      const journey = { seq: newest.seq, fromUs, startedMs: nowMs }
      lens = { ...lens, journey }
      way = journeyWay(state, journey, factor)
    }
  }
  const { journey } = lens
  if (!journey || !way) {
    const atUs = lens.heldUs ?? stageUs - liveDelayUs(state)
    return { atUs, label: say`Slowed ×${factor}: waits for an event`, glowUs, lens, isMoving: false }
  }
  const end = way.at(-1)?.toUs ?? journey.fromUs
  const atUs = lens.heldUs ?? playedUs(way, journey, factor, nowMs)
  const publishedUs = state.events[journey.seq - 1]?.publishedUs ?? journey.fromUs
  const sinceUs = atUs - publishedUs
  const when =
    sinceUs < 0
      ? say`${tidyUs(-sinceUs)} before it was published`
      : say`${tidyUs(sinceUs)} after it was published`
  const what = journey.isOpening
    ? say`${tidyUs(atUs)} after the beginning`
    : say`event ${journey.seq}, ${when}`
  const label =
    lens.heldUs !== undefined ? say`Paused, ×${factor}: ${what}` : playing(factor, what, way.length > 1)
  const focus = { seq: journey.seq, untilUs: end }
  return { atUs, label, glowUs, focus, lens, isMoving: lens.heldUs === undefined && atUs < end }
}

function playing(factor: LensFactor, what: Said, hasJumps: boolean): Said {
  return hasJumps
    ? say`Slowed ×${factor}: ${what}; long waiting is left out`
    : say`Slowed ×${factor}: ${what}`
}

/** What is played of the stage's time for an event. */
function journeyWay(state: StageState, journey: Journey, factor: number) {
  const moments = momentsOf(state, journey.seq, journey.isOpening)
  // Of an opening there are many moments.
  const keptUs = (journey.isOpening ? KEPT_PLAY_US / 3 : KEPT_PLAY_US) / factor
  return wayOf(moments, journey.fromUs, endOf(state, journey, factor), keptUs)
}

/** Of the stage: how far the playback of a journey is. */
function playedUs(
  way: ReturnType<typeof wayOf>,
  { startedMs }: Journey,
  factor: number,
  nowMs: number,
): number {
  return placeOnWay(way, ((nowMs - startedMs) * 1_000) / factor)
}

/** Where the playback of a journey ends: a moment after every open lane has the event, or when nobody waits any more. */
function endOf(state: StageState, { seq, fromUs, isOpening }: Journey, factor: number): number {
  const publishedUs = state.events[seq - 1]?.publishedUs ?? fromUs
  const longest = fromUs + LONGEST_PLAY_US / factor
  let last = publishedUs
  let isAwaited = false
  for (const lane of state.lanes) {
    const trace = traceOf(lane)
    // What happened before a lane was open may never come.
    const overUs = isOpening ? lane.received[0]?.atUs : (receiptOf(trace, seq) ?? trace.lostUs.get(seq))
    last = Math.max(last, overUs ?? 0)
    isAwaited ||=
      overUs === undefined && (isOpening || (lane.openedUs[0] ?? Number.POSITIVE_INFINITY) < publishedUs)
  }
  const endUs = last + TAIL_PLAY_US / factor
  return isAwaited ? Math.max(endUs, isOpening ? state.atUs : longest) : endUs
}

/** After that a stage has no beginning any more that somebody could want to see. */
const BEGINNING_US = 5_000_000

/** For another run, which has another clock: what was held or slowed is gone. */
export function beginAnew(
  before: Lens,
  state: StageState,
  slowed: LensFactor | undefined,
  nowMs: number,
): Lens {
  if (!slowed || state.atUs > BEGINNING_US) return { factor: before.isGiven ? 1 : before.factor }
  return { factor: slowed, isGiven: true, journey: { seq: 1, fromUs: 0, startedMs: nowMs, isOpening: true } }
}

/** Freezes the picture's clock, or lets it go on; a slowed one from where it was. */
export function pause(lens: Lens, { atUs }: Picture): Lens {
  return { ...lens, heldUs: atUs }
}

export function play({ heldUs, ...lens }: Lens, nowMs: number, state: StageState): Lens {
  if (heldUs === undefined || !lens.journey) return lens
  const goneUs = goneOnWay(journeyWay(state, lens.journey, lens.factor), heldUs)
  const startedMs = nowMs - (goneUs * lens.factor) / 1_000
  return { ...lens, journey: { ...lens.journey, startedMs } }
}

/** Another factor: at once the newest event. One that is paused stays so, at its instant. */
export function magnify({ heldUs }: Lens, factor: LensFactor): Lens {
  return { factor, ...(heldUs !== undefined && { heldUs }) }
}

/** A paused picture at the next moment at which something was recorded; as it is where there is none. */
export function step(lens: Lens, picture: Picture, state: StageState): Lens {
  const next = nextMoment(state, picture.atUs)
  return { ...lens, heldUs: next ?? picture.atUs }
}

/** The first publication, unit or receipt after an instant. */
export function nextMoment(state: StageState, atUs: number): number | undefined {
  let next = Number.POSITIVE_INFINITY
  const consider = (us: number | undefined) => {
    if (us !== undefined && us > atUs && us < next) next = us
  }
  for (const event of state.events) consider(event?.publishedUs)
  for (const change of state.changes) consider(change.atUs)
  for (const lane of state.lanes) {
    for (const unit of lane.units) consider(unit.atUs)
    for (const receipt of lane.received) consider(receipt.atUs)
    for (const request of traceOf(lane).requests) {
      for (const us of [request.askedUs, request.arrivedUs, request.answeredUs, request.readUs]) consider(us)
    }
  }
  return Number.isFinite(next) ? next : undefined
}

/** What is told of a lane that has not yet got the event whose way is played; undefined where that shows. */
export function waitingNote(
  state: StageState,
  lane: LaneState,
  { focus, atUs, lens: { factor } }: Picture,
): Said | undefined {
  const publishedUs = focus && state.events[focus.seq - 1]?.publishedUs
  if (!focus || publishedUs === undefined || atUs < publishedUs) return undefined
  const { receivedUs, lostUs } = traceOf(lane)
  const receiptUs = receivedUs[0]?.get(focus.seq)
  if (receiptUs !== undefined) {
    if (receiptUs <= atUs) return say`arrived after ${delayText(receiptUs - publishedUs, lane)}`
    const isLong = (receiptUs - atUs) * factor > LONGEST_SEEN_US
    return isLong ? say`waits ${tidyUs(receiptUs - atUs)} more` : undefined
  }
  if (lostUs.has(focus.seq)) return say`event ${focus.seq} is lost here`
  return (lane.openedUs[0] ?? Number.POSITIVE_INFINITY) < publishedUs ? say`still waits` : say`not open then`
}

/** Runs by too fast to be read with three figures. */
function tidyUs(us: number): string {
  return us < 10_000
    ? `${(us / 1_000).toFixed(2)} ms`
    : us < 1e6
      ? `${Math.round(us / 1_000)} ms`
      : `${(us / 1e6).toFixed(1)} s`
}
