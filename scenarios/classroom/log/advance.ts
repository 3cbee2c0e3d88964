import { byteClasses, type ClassSums } from '../../../server/wire/span.ts'
import type { Began, LaneSpec, Published, StageEntry, StageSettings, Totals, Unit } from './entries.ts'
import { takeFolded } from './folded.ts'
import { breakOff, loseUnlessReceived, noteWatcher, receive, shut, takeSight } from './lane-sights.ts'
import { noteHeldBack, noteSettings, noteUnit } from './milestones.ts'
import { traceAnswered, traceArrived } from './request-trace.ts'
import { hasNumber } from './runs.ts'
import type { Advance, LaneState, StageState } from './state.ts'
import { pushBounded, setBounded, traceOf } from './trace.ts'

const MOST_UNITS = 200
const MOST_CONNECTIONS = 5_000
/** Receipts are looked at so far back for one whose sending is told after it. */
const MOST_LATE = 2_000

/** The state of a log is that of its beginning, changed by one entry after the other. */
export const advance: Advance = (before, entries) => {
  let state = before
  for (const entry of entries) {
    if (entry.kind === 'began') state = begun(entry)
    if (!state) continue
    state.atUs = Math.max(state.atUs, entry.atUs)
    take(state, entry)
  }
  return state && { ...state }
}

function begun({ atUs, run, lanes, settings }: Began): StageState {
  return {
    ...{ run, atUs, settings, network: 'up', server: 'up' },
    ...{ lanes: lanes.map(laneState), events: [], changes: [], periods: [{ fromUs: atUs, settings }] },
  }
}

function laneState(spec: LaneSpec): LaneState {
  const tabs = Array.from({ length: spec.tabs ?? 1 })
  return {
    spec,
    openedUs: tabs.map(() => undefined),
    isOpen: tabs.map(() => false),
    ...{ requests: 0, answers: 0, emptyAnswers: 0, bytes: 0, bytesUp: 0, bytesDown: 0, pageBytes: 0 },
    ...{ connections: [], received: [], lost: [], duplicated: [], failures: [], units: [] },
    ...{ sums: noBytes(), sumsUp: noBytes() },
  }
}

function noBytes(): ClassSums {
  return Object.fromEntries(byteClasses.map((byteClass) => [byteClass, 0])) as ClassSums
}

function take(state: StageState, entry: StageEntry): void {
  if (entry.kind === 'changed') {
    if (entry.network || entry.server || isAnother(state.settings, entry.settings))
      beginAnew(state, entry.atUs)
    if (entry.settings) {
      state.settings = entry.settings
      noteSettings(state, entry.atUs)
    }
    if (entry.network) {
      state.network = entry.network
      state.changes.push({ atUs: entry.atUs, what: entry.network === 'cut' ? 'cut' : 'mended' })
    }
    if (entry.server) {
      state.server = entry.server
      state.changes.push({ atUs: entry.atUs, what: entry.server })
    }
    // Every socket is gone; what their pages say of it comes later.
    if (entry.network === 'cut' || entry.server === 'down')
      for (const lane of state.lanes) {
        // What was half told is never told.
        traceOf(lane).tapped = undefined
        lane.isOpen.forEach((_, tab) => {
          shut(lane, tab + 1, entry.atUs)
        })
      }
  }
  if (entry.kind === 'player') {
    beginAnew(state, entry.atUs)
    noteWatcher(state, entry)
  }
  if (entry.kind === 'clock') for (const lane of state.lanes) lane.clockErrorUs = entry.errorUs
  if (entry.kind === 'published') publish(state, entry)
  if (!('lane' in entry)) return
  const lane = state.lanes.find(({ spec }) => spec.id === entry.lane)
  if (!lane) return
  if (entry.kind === 'unit') takeUnit(state, lane, entry)
  else if (entry.kind === 'connected')
    pushBounded(lane.connections, { connection: entry.connection, openedUs: entry.atUs }, MOST_CONNECTIONS)
  else if (entry.kind === 'closed') {
    const open = lane.connections.findLast(({ connection }) => connection === entry.connection)
    if (open) open.closedUs ??= entry.atUs
  } else if (entry.kind === 'page') {
    lane.pageBytes += entry.bytes
    // The page before it, if there was one, took its subscriptions with it.
    const { toldUs } = traceOf(lane)
    for (let tab = 1; tab <= lane.isOpen.length; tab++)
      if ((toldUs[tab - 1] ?? 0) <= entry.atUs) breakOff(lane, tab, entry.atUs)
  } else if (entry.kind === 'totals') compare(lane, entry)
  else if (entry.kind === 'folded') takeFolded(lane, entry)
  else takeSight(state, lane, entry)
}

/** Whether more has changed than that the feed waits, which makes no event later. */
function isAnother(before: StageSettings, { isPaused, ...settings }: StageSettings = before): boolean {
  return Object.entries(settings).some(([name, value]) => before[name as keyof StageSettings] !== value)
}

/** What is measured from now on is measured under other conditions. */
function beginAnew({ lanes }: StageState, atUs: number): void {
  if (lanes.some(({ received }) => received.length > 0)) for (const lane of lanes) lane.sinceUs = atUs
}

/**
 * Sockets, tap and the lane's own counters have to say the same. Of a unit that is not whole yet the tap has seen more than
 * the lane has counted; by the next comparison that is over.
 */
function compare(lane: LaneState, { socketUp, socketDown, tappedUp, tappedDown }: Totals): void {
  const trace = traceOf(lane)
  const { up, down } = trace.tapped ?? { up: 0, down: 0 }
  const isCounted =
    lane.bytesUp <= tappedUp && lane.bytesUp >= up && lane.bytesDown <= tappedDown && lane.bytesDown >= down
  lane.agrees = isCounted && socketUp === tappedUp && socketDown === tappedDown
  trace.tapped = { up: tappedUp, down: tappedDown }
}

function publish(state: StageState, { seq, dueUs, atUs, payloadBytes }: Published): void {
  state.events[seq - 1] = { seq, dueUs, publishedUs: atUs, payloadBytes }
  for (const lane of state.lanes) {
    const trace = traceOf(lane)
    const early = trace.early.filter((receipt) => receipt.seq === seq)
    trace.early = trace.early.filter((receipt) => receipt.seq !== seq)
    for (const { tab, atUs: receivedUs } of early) receive(state, lane, tab, seq, receivedUs)
    if (seq <= trace.passedSeq) loseUnlessReceived(state, lane, seq, atUs)
  }
}

function takeUnit(state: StageState, lane: LaneState, unit: Unit): void {
  const trace = traceOf(lane)
  lane.bytes += unit.bytes
  lane[unit.direction === 'up' ? 'bytesUp' : 'bytesDown'] += unit.bytes
  const up = unit.direction === 'up' ? lane.sumsUp : undefined
  for (const byteClass of byteClasses) {
    const part = unit.sums[byteClass]
    if (!part) continue
    lane.sums[byteClass] += part
    if (up) up[byteClass] += part
  }
  pushBounded(lane.units, unit, MOST_UNITS)
  if (unit.what === 'request' || unit.what === 'handshake-request') {
    lane.requests++
    traceArrived(trace, unit)
  }
  noteUnit(lane, unit)
  if (unit.what === 'response' && unit.events.length > 0) noteHeldBack(state, lane)
  if (unit.what === 'response' || unit.what === 'response-head' || unit.what === 'handshake-response')
    traceAnswered(trace, unit)
  if (unit.direction === 'up') return
  for (const seq of unit.events) {
    const sendings = trace.sent.get(seq) ?? []
    sendings.push({ atUs: unit.atUs, connection: unit.connection })
    setBounded(trace.sent, seq, sendings)
    // The browser may have told before the tap: then its receipts wait for this.
    if (sendings.length > 1 || !trace.has.some((numbers) => hasNumber(numbers, seq))) continue
    // It is one of the latest, for both hands tell soon.
    for (const receipt of lane.received.slice(-MOST_LATE)) if (receipt.seq === seq) receipt.sentUs = unit.atUs
  }
}
