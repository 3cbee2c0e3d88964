import { DistributionRecorder } from '../clients/measure/distribution.ts'
import {
  type Environment,
  type Ledger,
  RECORD_SCHEMA,
  type ResultRecord,
  RUN_SCHEMA,
  type Run,
  type Traffic,
} from '../results/record.ts'
import { pointsOf, type Scenario } from '../scenarios/scenario.ts'

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
}

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
  const expected = 2_000
  return mediansUs.map((medianUs, i) => {
    const distribution = spread(medianUs, expected - lost)
    const window = traffic(expected - lost, overheadBytes, requestsPerEvent)
    const cost = {
      cpuUs: 80_000,
      elapsedUs: 2e6,
      rssBytes: 130e6,
      loopDelayP50Us: 0,
      loopDelayP99Us: 0,
      loopDelayMaxUs: 0,
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
      feedLag: spread(100, 20),
      eventsScheduled: 20,
      eventsPublished: 20,
      traffic: { setup: traffic(0, 0, 0), window, total: window },
      ledger: ledger(expected - lost, overheadBytes, requestsPerEvent),
      kernel: null,
      thirdsP50Us: [medianUs, medianUs, medianUs],
      prediction: {
        bytesPerEvent: requestsPerEvent > 0 ? null : 100 + overheadBytes,
        meanLatencyUs: null,
        wireBytesPerEvent: null,
      },
      server: cost,
      agent: cost,
      errors: {},
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
    plannedTrials: records.length,
    partial: false,
    failures: [],
    environment,
    ...changes,
  }
}

function spread(medianUs: number, n: number) {
  const recorder = new DistributionRecorder()
  for (let i = 0; i < n; i++) recorder.add(medianUs * (0.5 + i / (n - 1)))
  return recorder.summary()
}

/** The probe's share: one of 100 subscribers. */
function ledger(events: number, overheadBytes: number, requestsPerEvent: number): Ledger {
  const perProbe = Math.round(events / 100)
  const none = { payload: 0, framing: 0, header: 0, handshake: 0, control: 0, unparsed: 0 }
  const down = { ...none, payload: perProbe * 100, framing: perProbe * overheadBytes }
  const up = { ...none, header: perProbe * requestsPerEvent * 70 }
  const bytes = down.payload + down.framing
  return {
    setup: { up: { ...none }, down: { ...none } },
    window: { up: { ...up }, down: { ...down } },
    total: { up, down },
    tappedUp: up.header,
    tappedDown: bytes,
    socketUp: up.header,
    socketDown: bytes,
    windowEvents: perProbe,
  }
}

function traffic(events: number, overheadBytes: number, requestsPerEvent: number): Traffic {
  return {
    bytesUp: events * requestsPerEvent * 70,
    bytesDown: events * (100 + overheadBytes),
    connections: 0,
    requests: events * requestsPerEvent,
    emptyAnswers: 0,
    events,
    payloadBytes: events * 100,
  }
}
