import { byteClasses, type ClassSums } from '../../../server/wire/span.ts'
import type { StageSettings, StageSetup, Unit } from '../log/entries.ts'
import { noteAnswer, noteSettings, noteUnit } from '../log/milestones.ts'
import type { LaneState, StageState } from '../log/state.ts'

const noBytes = () => Object.fromEntries(byteClasses.map((name) => [name, 0])) as ClassSums

/** As `advance` keeps them. */
const MOST_UNITS = 200

/** Makes up the state of a stage, piece by piece. Times are in ms after its beginning. */
export class StageFixture {
  readonly state: StageState
  #units = 0

  constructor({ lanes, settings }: StageSetup) {
    this.state = {
      run: 1,
      atUs: 0,
      settings: { ...settings },
      network: 'up',
      server: 'up',
      lanes: lanes.map((spec) => ({
        spec,
        openedUs: Array.from({ length: spec.tabs ?? 1 }, () => undefined),
        isOpen: Array.from({ length: spec.tabs ?? 1 }, () => false),
        ...{ requests: 0, answers: 0, emptyAnswers: 0, bytes: 0, bytesUp: 0, bytesDown: 0, pageBytes: 0 },
        ...{ connections: [], received: [], lost: [], duplicated: [], failures: [], units: [] },
        sums: noBytes(),
      })),
      events: [],
      changes: [],
      periods: [{ fromUs: 0, settings: { ...settings } }],
    }
  }

  lane(id: string): LaneState {
    const lane = this.state.lanes.find(({ spec }) => spec.id === id)
    if (!lane) throw new Error(`There is no lane ${id}`)
    return lane
  }

  /** Opens the first so many tabs, each by a connection of its own. */
  open(id: string, tabs = 1, atMs = 0): void {
    for (let tab = 1; tab <= tabs; tab++) this.openTab(id, tab, atMs)
  }

  openTab(id: string, tab: number, atMs = 0): void {
    const lane = this.lane(id)
    lane.openedUs[tab - 1] ??= atMs * 1e3
    lane.isOpen[tab - 1] = true
    lane.connections.push({ connection: lane.connections.length + 1, openedUs: atMs * 1e3 })
    this.#reach(atMs)
  }

  /** Closes the connections of a lane, and what was open by them; another opens by `open`. */
  close(id: string, atMs: number): void {
    const lane = this.lane(id)
    for (const connection of lane.connections) connection.closedUs ??= atMs * 1e3
    lane.isOpen.fill(false)
    this.#reach(atMs)
  }

  set(settings: Partial<StageSettings>): void {
    this.state.settings = { ...this.state.settings, ...settings }
    noteSettings(this.state, this.state.atUs)
  }

  change(what: StageState['changes'][number]['what'], atMs: number): void {
    this.state.changes.push({ what, atUs: atMs * 1e3 })
    if (what === 'down' || what === 'up') this.state.server = what
  }

  publish(atMs: number, payloadBytes = this.state.settings.payloadBytes): number {
    const seq = this.state.events.length + 1
    this.state.events.push({ seq, dueUs: atMs * 1e3, publishedUs: atMs * 1e3, payloadBytes })
    this.#reach(atMs)
    return seq
  }

  receive(id: string, seq: number, delayMs: number, tab = 1): void {
    const dueUs = this.state.events[seq - 1]?.dueUs ?? 0
    const delayUs = delayMs * 1e3
    this.lane(id).received.push({ seq, tab, atUs: dueUs + delayUs, delayUs })
    this.#reach((dueUs + delayUs) / 1e3)
  }

  /** An event that all these lanes receive, each after its delay. */
  event(atMs: number, delaysMs: Record<string, number>): number {
    const seq = this.publish(atMs)
    for (const [id, delayMs] of Object.entries(delaysMs)) this.receive(id, seq, delayMs)
    return seq
  }

  /** Up for requests, down for everything else. */
  unit(id: string, what: Unit['what'], atMs: number, bytes: number, events: number[] = []): void {
    const lane = this.lane(id)
    const direction = what === 'request' || what === 'handshake-request' ? 'up' : 'down'
    const atUs = atMs * 1e3
    const payload = events.reduce((sum, seq) => sum + (this.state.events[seq - 1]?.payloadBytes ?? 0), 0)
    const unit: Unit = {
      ...{ kind: 'unit', atUs, fromUs: atUs, lane: id, connection: 1, unit: ++this.#units, direction, what },
      ...{ bytes, events, sums: { payload, header: bytes - payload }, shown: '', spans: [] },
    }
    lane.units = [...lane.units, unit].slice(-MOST_UNITS)
    lane.bytes += bytes
    if (direction === 'up') lane.requests++
    noteUnit(lane, unit)
    this.#reach(atMs)
  }

  /** A poll, answered with these events; waits from `askedMs` to `answeredMs`. */
  poll(id: string, askedMs: number, answeredMs: number, events: number[] = []): void {
    const lane = this.lane(id)
    this.unit(id, 'request', askedMs, 480)
    const payload = events.reduce((sum, seq) => sum + (this.state.events[seq - 1]?.payloadBytes ?? 0), 0)
    this.unit(id, 'response', answeredMs, 190 + payload, events)
    lane.answers++
    if (events.length === 0) lane.emptyAnswers++
    noteAnswer(lane, answeredMs * 1e3, events.length)
  }

  #reach(atMs: number): void {
    this.state.atUs = Math.max(this.state.atUs, atMs * 1e3)
  }
}
