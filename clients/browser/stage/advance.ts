import type { Began, LaneSpec, Published, StageEntry, Unit } from '../../../server/classroom/stage-log.ts'
import { byteClasses, type ClassSums } from '../../../server/wire/span.ts'
import { breakOff, loseUnlessReceived, receive, shut, takeSight } from './lane-sights.ts'
import { noteSettings, noteUnit } from './milestones.ts'
import { traceAnswered, traceArrived } from './request-trace.ts'
import type { Advance, LaneState, StageState } from './state.ts'
import { pushBounded, traceOf } from './trace.ts'

const MOST_UNITS = 200

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
      for (const lane of state.lanes)
        lane.isOpen.forEach((_, tab) => {
          shut(lane, tab + 1, entry.atUs)
        })
  }
  if (entry.kind === 'published') publish(state, entry)
  if (!('lane' in entry)) return
  const lane = state.lanes.find(({ spec }) => spec.id === entry.lane)
  if (!lane) return
  if (entry.kind === 'unit') takeUnit(lane, entry)
  else if (entry.kind === 'connected')
    lane.connections.push({ connection: entry.connection, openedUs: entry.atUs })
  else if (entry.kind === 'closed') {
    const open = lane.connections.findLast(({ connection }) => connection === entry.connection)
    if (open) open.closedUs ??= entry.atUs
  } else if (entry.kind === 'page') {
    lane.pageBytes += entry.bytes
    // The page before it, if there was one, took its subscriptions with it.
    const { toldUs } = traceOf(lane)
    for (let tab = 1; tab <= lane.isOpen.length; tab++)
      if ((toldUs[tab - 1] ?? 0) <= entry.atUs) breakOff(lane, tab, entry.atUs)
  } else if (entry.kind === 'totals')
    lane.agrees = entry.socketUp === entry.tappedUp && entry.socketDown === entry.tappedDown
  else takeSight(state, lane, entry)
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

function takeUnit(lane: LaneState, unit: Unit): void {
  const trace = traceOf(lane)
  lane.bytes += unit.bytes
  lane[unit.direction === 'up' ? 'bytesUp' : 'bytesDown'] += unit.bytes
  for (const sums of unit.direction === 'up' ? [lane.sums, lane.sumsUp] : [lane.sums])
    if (sums) for (const byteClass of byteClasses) sums[byteClass] += unit.sums[byteClass] ?? 0
  pushBounded(lane.units, unit, MOST_UNITS)
  if (unit.what === 'request' || unit.what === 'handshake-request') {
    lane.requests++
    traceArrived(trace, unit)
  }
  noteUnit(lane, unit)
  if (unit.what === 'response' || unit.what === 'response-head' || unit.what === 'handshake-response')
    traceAnswered(trace, unit)
  if (unit.direction === 'up') return
  for (const seq of unit.events) {
    const sendings = trace.sent.get(seq) ?? []
    sendings.push({ atUs: unit.atUs, connection: unit.connection })
    trace.sent.set(seq, sendings)
    // The browser may have told before the tap: then its receipts wait for this.
    if (sendings.length > 1 || !trace.receivedUs.some((times) => times.has(seq))) continue
    for (const receipt of lane.received) if (receipt.seq === seq) receipt.sentUs = unit.atUs
  }
}
