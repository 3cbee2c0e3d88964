import { format } from '../../../../report/format.ts'
import { type Said, say } from '../../../../report/words/say.ts'
import { delayText } from '../../log/lane-numbers.ts'
import type { LaneState, StageState } from '../../log/state.ts'
import { receiptOf, traceOf } from '../../log/trace.ts'

/**
 * The time lens. At x1 the picture is live; beyond, it plays the way of one event after another, slowed, for loopback is
 * too fast to see.
 */
export const lensFactors = [1, 10, 100, 1_000] as const
export type LensFactor = (typeof lensFactors)[number]

/** The picture is so far behind the stage, for until then both hands of the log have come. */
export const LIVE_DELAY_US = 300_000
/** The way of one event is played for so long at most. */
const LONGEST_PLAY_US = 10_000_000
/** Before its publication and after the last lane has it, so much is played. */
const LEAD_PLAY_US = 700_000
const TAIL_PLAY_US = 1_500_000
/** What is over is still shown for so long. */
const GLOW_PLAY_US = 500_000

interface Journey {
  seq: number
  fromUs: number
  startedMs: number
}

export interface Lens {
  factor: LensFactor
  /** What is slowed now. */
  journey?: Journey
  /** The picture's clock while it is paused. */
  heldUs?: number
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
  let end = lens.journey ? endOf(state, lens.journey, factor) : 0
  const isOver = !lens.journey || playedUs(lens.journey, factor, nowMs) >= end
  if (isOver && lens.heldUs === undefined) {
    const newest = state.events.findLast((event) => event?.publishedUs <= stageUs - liveDelayUs(state))
    if (newest && newest.seq !== lens.journey?.seq) {
      const fromUs = newest.publishedUs - LEAD_PLAY_US / factor
      const journey = { seq: newest.seq, fromUs, startedMs: nowMs }
      lens = { ...lens, journey }
      end = endOf(state, journey, factor)
    }
  }
  const { journey } = lens
  if (!journey) {
    const atUs = lens.heldUs ?? stageUs - liveDelayUs(state)
    return { atUs, label: say`Slowed ×${factor}: waits for an event`, glowUs, lens, isMoving: false }
  }
  const atUs = lens.heldUs ?? Math.min(playedUs(journey, factor, nowMs), end)
  const publishedUs = state.events[journey.seq - 1]?.publishedUs ?? journey.fromUs
  const sinceUs = atUs - publishedUs
  const when =
    sinceUs < 0
      ? say`${tidyUs(-sinceUs)} before it was published`
      : say`${tidyUs(sinceUs)} after it was published`
  const what = say`event ${journey.seq}, ${when}`
  const label = lens.heldUs !== undefined ? say`Paused, ×${factor}: ${what}` : say`Slowed ×${factor}: ${what}`
  const focus = { seq: journey.seq, untilUs: end }
  return { atUs, label, glowUs, focus, lens, isMoving: lens.heldUs === undefined && atUs < end }
}

/** Of the stage: how far the playback of a journey is. */
function playedUs({ fromUs, startedMs }: Journey, factor: number, nowMs: number): number {
  return fromUs + ((nowMs - startedMs) * 1_000) / factor
}

/** Where the playback of a journey ends: a moment after every open lane has the event, or when the time is over. */
function endOf(state: StageState, { seq, fromUs }: Journey, factor: number): number {
  const longest = fromUs + LONGEST_PLAY_US / factor
  const publishedUs = state.events[seq - 1]?.publishedUs ?? fromUs
  let last = publishedUs
  for (const lane of state.lanes) {
    const trace = traceOf(lane)
    const isOwed = (lane.openedUs[0] ?? Number.POSITIVE_INFINITY) < publishedUs
    const overUs = receiptOf(trace, seq) ?? trace.lostUs.get(seq) ?? (isOwed ? longest : 0)
    last = Math.max(last, overUs)
  }
  return Math.min(longest, last + TAIL_PLAY_US / factor)
}

/** Freezes the picture's clock, or lets it go on; a slowed one from where it was. */
export function pause(lens: Lens, { atUs }: Picture): Lens {
  return { ...lens, heldUs: atUs }
}

export function play({ heldUs, ...lens }: Lens, nowMs: number): Lens {
  if (heldUs === undefined || !lens.journey) return lens
  const startedMs = nowMs - ((heldUs - lens.journey.fromUs) * lens.factor) / 1_000
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
export function waitingNote(state: StageState, lane: LaneState, { focus, atUs }: Picture): Said | undefined {
  const publishedUs = focus && state.events[focus.seq - 1]?.publishedUs
  if (!focus || publishedUs === undefined || atUs < publishedUs) return undefined
  const { receivedUs, lostUs } = traceOf(lane)
  const receiptUs = receivedUs[0]?.get(focus.seq)
  if (receiptUs !== undefined) {
    if (receiptUs <= atUs) return say`arrived after ${delayText(receiptUs - publishedUs, lane)}`
    return receiptUs > focus.untilUs ? say`waits ${tidyUs(receiptUs - atUs)} more` : undefined
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
