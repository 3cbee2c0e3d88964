import { entryOf } from '../../../server/registry.ts'
import type { Runs, Seen, Watching } from './entries.ts'
import { noteAnswer } from './milestones.ts'
import { keepReceipt } from './receipts.ts'
import { traceAsked, traceFailed, traceRead } from './request-trace.ts'
import { addNumber, hasNumber } from './runs.ts'
import type { EventState, LaneState, StageState } from './state.ts'
import { pushBounded, setBounded, traceOf } from './trace.ts'

const MOST_OPENINGS = 100
const MOST_FAILURES = 1_000
const MOST_EARLY = 1_000
const MOST_HIDDEN = 100

/** Takes over what a lane's page saw. */
export function takeSight(state: StageState, lane: LaneState, entry: Seen): void {
  const { atUs, tab = 1 } = entry
  const trace = traceOf(lane)
  if (tab > lane.isOpen.length) return
  trace.toldUs[tab - 1] = atUs
  switch (entry.kind) {
    case 'asked':
      traceAsked(trace, tab, atUs)
      if (isPoll(lane)) lane.isOpen[tab - 1] = true
      break
    case 'opened':
      lane.openedUs[tab - 1] ??= atUs
      if (isPoll(lane)) break
      lane.isOpen[tab - 1] = true
      traceRead(trace, tab, atUs)
      pushBounded(trace.openings, { tab, fromUs: atUs }, MOST_OPENINGS)
      break
    case 'answered':
      lane.isOpen[tab - 1] = false
      traceRead(trace, tab, atUs, entry.events)
      if (entry.events > 0 || trace.hasCursor[tab - 1]) {
        lane.answers++
        if (entry.events === 0) lane.emptyAnswers++
        noteAnswer(lane, atUs, entry.events)
      }
      trace.hasCursor[tab - 1] = true
      break
    case 'received':
      if (state.events[entry.seq - 1]) receive(state, lane, tab, entry.seq, atUs)
      // The log has not told of its event yet.
      else pushBounded(trace.early, { seq: entry.seq, tab, atUs }, MOST_EARLY)
      break
    case 'gap':
      if (tab === 1) pass(state, lane, entry.next - 1, atUs)
      break
    case 'failed':
      pushBounded(lane.failures, { atUs, message: entry.message }, MOST_FAILURES)
      breakOff(lane, tab, atUs)
      break
    case 'probed':
      lane.probe = entry.state
  }
}

function isPoll({ spec }: LaneState): boolean {
  return entryOf(spec.technique)?.family === 'poll'
}

/** A tab has an event; what is before it cannot come any more. */
export function receive(state: StageState, lane: LaneState, tab: number, seq: number, toldUs: number): void {
  const { has, receivedUs, sent, lostUs } = traceOf(lane)
  if (!addNumber(has[tab - 1] as Runs, seq)) {
    lane.duplicated.push(seq)
    return
  }
  traceOf(lane).hasOwn[tab - 1] = true
  const event = state.events[seq - 1]
  // Whatever the page's clock says, it has been published before.
  const atUs = Math.max(toldUs, event?.publishedUs ?? toldUs)
  setBounded(receivedUs[tab - 1] as Map<number, number>, seq, atUs)
  const sentUs = sent.get(seq)?.[0]?.atUs
  const delayUs = atUs - (event?.dueUs ?? atUs)
  keepReceipt(lane, { seq, tab, atUs, delayUs, ...(sentUs !== undefined && { sentUs }) })
  if (tab !== 1) return
  // What was taken for lost has come after all.
  if (lostUs.delete(seq)) lane.lost = lane.lost.filter((lost) => lost !== seq)
  pass(state, lane, seq, atUs)
}

/** Nothing up to this number can come any more in tab 1. */
function pass(state: StageState, lane: LaneState, upTo: number, atUs: number): void {
  const trace = traceOf(lane)
  for (let seq = trace.passedSeq + 1; seq <= Math.min(upTo, state.events.length); seq++)
    loseUnlessReceived(state, lane, seq, atUs)
  trace.passedSeq = Math.max(trace.passedSeq, upTo)
}

/**
 * Another page watches from now on. It begins without cursors and with what comes then: what was missed since the one before
 * it left is nobody's loss, nor what a page missed that nobody could see.
 */
export function noteWatcher(state: StageState, { atUs, isHere, isHidden }: Watching): void {
  state.hidden ??= []
  const open = state.hidden.at(-1)
  if (open) open.toUs ??= atUs
  if (isHidden) pushBounded(state.hidden, { fromUs: atUs }, MOST_HIDDEN)
  // What it told last may have gone into a connection that was dead already.
  if (!isHere)
    pushBounded(state.hidden, { fromUs: Math.min(atUs, ...state.lanes.map(heardUntil(state))) }, MOST_HIDDEN)
  // It may come back, and go on; or it is the same page.
  if (!isHere || isHidden !== undefined) return
  for (const lane of state.lanes) {
    lane.openedUs.fill(undefined)
    traceOf(lane).hasOwn = []
    for (let tab = 1; tab <= lane.isOpen.length; tab++) breakOff(lane, tab, atUs)
  }
}

/** When the last event was published that a lane has received. */
function heardUntil({ events }: StageState) {
  return ({ received }: LaneState) => events[(received.at(-1)?.seq ?? 0) - 1]?.publishedUs ?? Infinity
}

/** An event that cannot come any more is lost, if it was published since the lane opened. */
export function loseUnlessReceived(state: StageState, lane: LaneState, seq: number, atUs: number): void {
  const { has, lostUs } = traceOf(lane)
  const event = state.events[seq - 1]
  const openedUs = lane.openedUs[0]
  if (!event || openedUs === undefined || event.publishedUs <= openedUs || isUnseen(state, event)) return
  if (hasNumber(has[0] as Runs, seq) || lostUs.has(seq)) return
  lostUs.set(seq, atUs)
  lane.lost.push(seq)
}

/** Whether the page that plays the lanes was away or in the background when an event was published. */
function isUnseen({ hidden = [] }: StageState, { publishedUs }: EventState): boolean {
  return hidden.some(({ fromUs, toUs = Infinity }) => fromUs <= publishedUs && publishedUs <= toUs)
}

/** A subscription is over; the next one has the last event for its cursor, if there is one. */
export function breakOff(lane: LaneState, tab: number, atUs: number): void {
  const trace = traceOf(lane)
  traceFailed(trace, tab, atUs)
  shut(lane, tab, atUs)
  trace.hasCursor[tab - 1] = !lane.spec.forgetful && trace.hasOwn[tab - 1] === true
}

/** A tab's stream, or its poll, is over. */
export function shut(lane: LaneState, tab: number, atUs: number): void {
  lane.isOpen[tab - 1] = false
  const opening = traceOf(lane).openings.findLast((candidate) => candidate.tab === tab)
  if (opening) opening.toUs ??= atUs
}
