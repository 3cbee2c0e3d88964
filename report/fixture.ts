import { DistributionRecorder } from '../clients/measure/distribution.ts'
import { TimelineRecorder } from '../clients/measure/timeline.ts'
import {
  type Environment,
  type Ledger,
  RECORD_SCHEMA,
  type ResultRecord,
  RUN_SCHEMA,
  type Run,
  type Timeline,
  type Traffic,
} from '../results/record.ts'
import { type Point, pointsOf, type Scenario } from '../results/scenario.ts'
import { textBytes } from '../server/payload.ts'
import { sumClasses } from '../server/wire/span.ts'
import { compressedSides } from './analysis/compressed.ts'

/** Made-up runs for tests: valid by the schema, with figures that a test can state beforehand. */

export const scenarioFixture: Scenario = {
  name: 'steady-feed',
  question: 'Which technique is it?',
  suite: 'quick',
  trials: 3,
  feed: { schedule: { kind: 'constant', ratePerSecond: 10 }, payloadBytes: 100 },
  load: { subscribers: 100, warmUpMs: 500, measureMs: 2000, pollIntervalMs: 1000, holdMs: 25_000 },
}

export const sweepFixture: Scenario = {
  ...scenarioFixture,
  name: 'poll-interval',
  question: 'How does the interval matter?',
  techniques: ['short-poll'],
  sweep: { axis: 'pollIntervalMs', values: [100, 500] },
}

const environment: Environment = {
  os: 'Linux 6.1 x64',
  cpuModel: 'Test CPU',
  cores: 2,
  memoryBytes: 8e9,
  descriptorLimit: 20_000,
  loopbackMtuBytes: 65_536,
  versions: { node: '24.0.0' },
  commit: 'abcdef',
  dirty: false,
  transport: { network: 'loopback' },
  clientScripts: {},
}

export const choiceFixture: Scenario = {
  ...scenarioFixture,
  name: 'tls',
  question: 'What does TLS cost?',
  techniques: ['sse', 'websocket'],
  sweep: { axis: 'tls', values: [false, true] },
}

export const chatFixture: Scenario = {
  ...scenarioFixture,
  name: 'chat-room',
  question: 'How long until a message is back?',
  feed: { ...scenarioFixture.feed, source: 'subscribers' },
}

export const silentFixture: Scenario = {
  ...scenarioFixture,
  name: 'idle',
  question: 'What does it cost to wait?',
  feed: { ...scenarioFixture.feed, schedule: { kind: 'silent' } },
}

/** What a subscriber sends before it is accepted, and what it gets. */
const SETUP = { up: 150, down: 200 }
/** What comes on top of a message that goes up. */
const MESSAGE_OVERHEAD_BYTES = 6

interface CellFixture {
  scenario?: Scenario
  /** Index of the sweep's point. */
  at?: number
  technique: string
  copy?: 1 | 2
  /** Median delay of each trial; delays lie between half and one and a half of it. Default 1, 2 and 3 ms. */
  mediansUs?: number[]
  overheadBytes?: number
  requestsPerEvent?: number
  lost?: number
}

/** One record a median, of 2,000 events each. */
export function recordsFixture({
  scenario = scenarioFixture,
  at = 0,
  technique,
  copy = 1,
  mediansUs = [1_000, 2_000, 3_000],
  overheadBytes = 20,
  requestsPerEvent = 0,
  lost = 0,
}: CellFixture): ResultRecord[] {
  const point = pointsOf(scenario)[at]
  if (!point) throw new Error('The scenario has no such point')
  const isSilent = point.feed.schedule.kind === 'silent'
  const expected = isSilent ? 0 : 2_000
  return mediansUs.map((medianUs, i) => {
    const distribution = spread(medianUs, expected - lost)
    const shape = { technique, point, events: expected - lost, overheadBytes, requestsPerEvent }
    const window = traffic(shape)
    const setup = setupTraffic(point)
    const cost = {
      cpuUs: 80_000,
      elapsedUs: 2e6,
      rssBytes: 130e6,
      loopDelayP50Us: 0,
      loopDelayP99Us: 0,
      loopDelayMaxUs: 0,
      pauses: {
        gcCount: 3,
        gcTotalUs: 4_200,
        longest: [{ atMs: 750, durationUs: 2_600, kind: 'gc minor' as const }],
      },
    }
    return {
      schema: RECORD_SCHEMA,
      run: 'fixture',
      scenario,
      point,
      technique,
      copy,
      trial: i + 1,
      position: i + 1,
      seed: 1,
      command: 'pushlab bench --seed 1',
      startedAt: '2026-01-01T00:00:00.000Z',
      environment,
      account: { expected, delivered: expected - lost, lost, duplicated: 0, reordered: 0 },
      latency: distribution,
      latencyFromPublished: distribution,
      roundTrip: publishes(point) ? spread(2 * medianUs, 20) : null,
      feedLag: spread(100, isSilent ? 0 : 20),
      eventsScheduled: isSilent ? 0 : 20,
      eventsPublished: isSilent ? 0 : 20,
      traffic: { setup, window, total: sum(setup, window) },
      ledger: ledger(shape),
      kernel: null,
      timeline: timeline(medianUs, expected - lost, point),
      thirdsP50Us: [medianUs, medianUs, medianUs],
      prediction: {
        bytesPerEvent:
          requestsPerEvent > 0 || publishes(point) || compressedSides(shape).down
            ? null
            : eventBytes(shape) + overheadBytes,
        meanLatencyUs: null,
        maxLatencyUs: null,
        wireBytesPerEvent: null,
      },
      server: cost,
      agent: cost,
      errors: {},
      counters: {},
    }
  })
}

export function runFixture(records: readonly ResultRecord[], changes: Partial<Run> = {}): Run {
  return {
    schema: RUN_SCHEMA,
    run: 'fixture',
    command: 'pushlab bench --seed 1',
    seed: 1,
    startedAt: '2026-01-01T00:00:00.000Z',
    endedAt: '2026-01-01T00:05:00.000Z',
    scenarios: [...new Set(records.map(({ scenario }) => scenario))],
    techniques: null,
    experiments: [],
    plannedTrials: records.length,
    planned: plannedCells(records),
    notApplicable: [],
    partial: false,
    failures: [],
    failedExperiments: [],
    environment,
    ...changes,
  }
}

function delays(medianUs: number, n: number): number[] {
  return Array.from({ length: n }, (_, i) => medianUs * (0.5 + i / (n - 1)))
}

function spread(medianUs: number, n: number) {
  const recorder = new DistributionRecorder()
  for (const delayUs of delays(medianUs, n)) recorder.add(delayUs)
  return recorder.summary()
}

/** The same delays, those of every event alike. */
function timeline(medianUs: number, n: number, { load: { measureMs } }: Point): Timeline {
  const recorder = new TimelineRecorder({ startUs: 0, endUs: measureMs * 1e3 })
  const events = 20
  delays(medianUs, n).forEach((delayUs, i) => {
    recorder.add(((i % events) * measureMs * 1e3) / events, delayUs)
  })
  return recorder.summary()
}

function plannedCells(records: readonly ResultRecord[]): Run['planned'] {
  const cells = Map.groupBy(records, ({ scenario, technique, copy, point }) =>
    JSON.stringify([scenario.name, technique, copy, point.at?.value]),
  )
  return [...cells.values()].map((group) => {
    const { scenario, technique, copy, point } = group[0] as ResultRecord
    return {
      scenario: scenario.name,
      technique,
      copy,
      ...(point.at && { at: point.at }),
      trials: group.length,
    }
  })
}

interface Shape {
  technique: string
  point: Point
  /** Received by all subscribers. */
  events: number
  overheadBytes: number
  requestsPerEvent: number
}

function publishes({ feed }: Point): boolean {
  return feed.source === 'subscribers'
}

/** Bytes of an event as it goes over the wire: WebSocket alone carries binary ones as they are. */
function eventBytes({ technique, point: { feed, variant } }: Shape): number {
  return textBytes(feed.payloadBytes, variant.payload === 'binary' && technique !== 'websocket')
}

/** Every event of the window is one message of one subscriber. */
function messages({ point, events }: Shape): number {
  return publishes(point) ? Math.round(events / point.load.subscribers) : 0
}

/** The probe's share: one of all subscribers, and one message. */
function ledger(shape: Shape): Ledger {
  const { point, events, overheadBytes, requestsPerEvent } = shape
  const perProbe = Math.round(events / point.load.subscribers)
  const totalMessages = publishes(point) ? 1 : 0
  const compressed = compressedSides(shape)
  const none = sumClasses([])
  const size = eventBytes(shape)
  const down = {
    ...none,
    [compressed.down ? 'compressed' : 'payload']: perProbe * size,
    framing: perProbe * overheadBytes,
  }
  const up = {
    ...none,
    [compressed.up ? 'compressed' : 'payload']: totalMessages * size,
    framing: totalMessages * MESSAGE_OVERHEAD_BYTES,
    header: perProbe * requestsPerEvent * 70,
  }
  const setup = {
    up: { ...none, handshake: SETUP.up },
    down: { ...none, handshake: SETUP.down },
  }
  const total = {
    up: { ...up, handshake: SETUP.up },
    down: { ...down, handshake: SETUP.down },
  }
  const [bytesUp, bytesDown] = [total.up, total.down].map((side) =>
    Object.values(side).reduce((bytes, more) => bytes + more, 0),
  ) as [number, number]
  return {
    setup,
    window: { up, down },
    total,
    tappedUp: bytesUp,
    tappedDown: bytesDown,
    socketUp: bytesUp,
    socketDown: bytesDown,
    windowEvents: perProbe,
    totalMessages,
  }
}

function traffic(shape: Shape): Traffic {
  const { point, events, overheadBytes, requestsPerEvent } = shape
  const size = eventBytes(shape)
  return {
    bytesUp: events * requestsPerEvent * 70 + messages(shape) * (size + MESSAGE_OVERHEAD_BYTES),
    bytesDown: events * (size + overheadBytes),
    connections: 0,
    requests: events * requestsPerEvent,
    emptyAnswers: 0,
    events,
    payloadBytes: events * point.feed.payloadBytes,
    messages: messages(shape),
  }
}

function setupTraffic({ load: { subscribers } }: Point): Traffic {
  return {
    bytesUp: subscribers * SETUP.up,
    bytesDown: subscribers * SETUP.down,
    connections: subscribers,
    requests: subscribers,
    emptyAnswers: 0,
    events: 0,
    payloadBytes: 0,
    messages: 0,
  }
}

function sum(a: Traffic, b: Traffic): Traffic {
  const entries = Object.entries(a) as [keyof Traffic, number][]
  return Object.fromEntries(entries.map(([key, value]) => [key, value + b[key]])) as Traffic
}
