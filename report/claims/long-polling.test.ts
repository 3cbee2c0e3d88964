import { describe, expect, test } from 'vitest'
import { modelLatency } from '../../results/model/latency.ts'
import type { ResultRecord } from '../../results/record.ts'
import { measuredScenarios } from '../analysis/measured-scenarios.ts'
import { cellFixture, judged, withDelay, withWindow } from '../fixture/cells.ts'
import { evidenceOf } from './evidence.ts'
import { longPollingClaims } from './index.ts'
import { kneeOf } from './long-polling/equals-websocket.ts'
import { crossing } from './long-polling/fewer-requests.ts'

const verdict = (id: string, records: readonly ResultRecord[]) =>
  judged(longPollingClaims, id, records).verdict

/** Every way to leave one cell out. */
function leftOut(records: readonly ResultRecord[]): ResultRecord[][] {
  const cells = Map.groupBy(records, ({ scenario, technique, point }) =>
    JSON.stringify([scenario.name, technique, point.at?.value]),
  )
  return [...cells.values()].map((cell) => records.filter((record) => !cell.includes(record)))
}

test.each(longPollingClaims.map(({ id }) => id))('%s is not tested by a run without its scenarios', (id) => {
  expect(judged(longPollingClaims, id, cellFixture('steady-feed', 'sse'))).toMatchObject({
    verdict: 'not tested here',
    numbers: [],
  })
})

describe('longpoll-instant', () => {
  interface Delays {
    /** Times the mean that the model says. */
    meanFactor?: number
    /** Times the round trip, with events back to back. */
    longest?: number
    /** Mean in transits, with events further apart than a round trip. */
    apart?: number
    /** In this trial alone; default in all. */
    only?: number
  }
  function measured({ meanFactor = 1, longest = 1.5, apart = 1.05, only }: Delays) {
    const cell = (name: string, at: number) =>
      cellFixture(name, 'long-poll', {
        at,
        medianUs: 20_000,
        plant: (record, trial) => {
          const planted = only === undefined || only === trial
          const modelUs = modelLatency('long-poll', record.point).meanUs ?? 5_000
          const roundTripUs = (record.point.network?.roundTripMs ?? 0) * 1e3
          const isApart = name === 'long-poll-knee' && at < 250
          return withDelay(record, {
            meanUs: isApart ? (apart * roundTripUs) / 2 : modelUs * (planted ? meanFactor : 1),
            maxUs: (planted ? longest : 1.5) * roundTripUs,
          })
        },
      })
    return [
      ...[0, 100, 300].map((at) => cell('round-trip', at)),
      ...[1, 8, 32].map((at) => cell('long-poll-rates', at)),
      ...[100, 200, 300, 400].map((at) => cell('long-poll-knee', at)),
    ].flat()
  }

  test('depends on how far events are apart', () => {
    expect(judged(longPollingClaims, 'longpoll-instant', measured({}))).toMatchObject({
      verdict: 'depends',
      because:
        'With events further apart than a round trip a mean of 1.05 transits at most; back to back the ' +
        'longest delay was 3.0 transits.',
    })
  })

  test('holds where no event is ever late, and does not where each is', () => {
    expect(verdict('longpoll-instant', measured({ longest: 0.6 }))).toBe('held')
    expect(verdict('longpoll-instant', measured({ apart: 1.5 }))).toBe('did not hold')
  })

  test('is inconclusive where the delays are not those of long polling, or trials differ', () => {
    expect(verdict('longpoll-instant', measured({ meanFactor: 1.4 }))).toBe('inconclusive')
    expect(verdict('longpoll-instant', measured({ meanFactor: 0.9 }))).toBe('inconclusive')
    expect(verdict('longpoll-instant', measured({ longest: 0.6, only: 2 }))).toBe('inconclusive')
  })

  test('is inconclusive with one point missing, and not tested without a whole scenario', () => {
    for (const records of leftOut(measured({})))
      expect(verdict('longpoll-instant', records)).toBe('inconclusive')
    const some = measured({}).filter(({ scenario }) => scenario.name !== 'long-poll-rates')
    expect(verdict('longpoll-instant', some)).toBe('not tested here')
  })

  test('takes no mean of fewer than five events for what the model says', () => {
    const few = measured({ meanFactor: 1.4 }).map((record) =>
      record.scenario.name === 'long-poll-knee' ? record : { ...record, eventsScheduled: 4 },
    )
    expect(verdict('longpoll-instant', few)).toBe('depends')
  })

  test('is inconclusive where the gate says so', () => {
    const busy = measured({}).map((record) => ({
      ...record,
      agent: { ...record.agent, cpuUs: 0.95 * record.agent.elapsedUs },
    }))
    expect(verdict('longpoll-instant', busy)).toBe('inconclusive')
  })
})

describe('longpoll-reconnects', () => {
  const polled = (connections: number, requests: number, lost = 0) =>
    cellFixture('event-rate', 'long-poll', {
      at: 100,
      lost,
      plant: ({ traffic, point: { load } }) => ({
        traffic: {
          ...traffic,
          total: {
            ...traffic.total,
            connections: connections * load.subscribers,
            requests: requests * load.subscribers,
          },
        },
      }),
    })

  test('does not hold with one connection for all requests', () => {
    expect(judged(longPollingClaims, 'longpoll-reconnects', polled(1, 200))).toMatchObject({
      verdict: 'did not hold',
      because: 'Each subscriber sent 200 requests over 1 connection.',
    })
  })

  test('holds with a connection for every request', () => {
    expect(verdict('longpoll-reconnects', polled(200, 200))).toBe('held')
  })

  test('is inconclusive in between, over fewer than 100 cycles, and where events were lost', () => {
    expect(verdict('longpoll-reconnects', polled(2, 200))).toBe('inconclusive')
    expect(verdict('longpoll-reconnects', polled(1, 99))).toBe('inconclusive')
    expect(verdict('longpoll-reconnects', polled(1, 200, 5))).toBe('inconclusive')
  })
})

describe('longpoll-fewer-requests', () => {
  const RATES = [1, 10, 100, 1_000]
  /** Requests of each subscriber in a second. */
  const polled = (longAt: (rate: number) => number, lostAt: number[] = []) =>
    RATES.flatMap((at) =>
      (['long-poll', 'short-poll'] as const).flatMap((technique) =>
        cellFixture('event-rate', technique, {
          at,
          lost: lostAt.includes(at) ? 9 : 0,
          plant: (record) => {
            const { subscribers, measureMs } = record.point.load
            const times = subscribers * (measureMs / 1e3)
            const { account } = record
            const expected = at * times
            return {
              account: { ...account, expected, delivered: expected - account.lost },
              ...withWindow(record, { requests: (technique === 'long-poll' ? longAt(at) : 2) * times }),
            }
          },
        }),
      ),
    )

  test('depends on the rate, and names where the two cross', () => {
    const judgement = judged(
      longPollingClaims,
      'longpoll-fewer-requests',
      polled((rate) => Math.min(rate, 300)),
    )
    expect(judgement).toMatchObject({
      verdict: 'depends',
      because:
        'At 1 of 4 rates long polling sent at most half the requests of short polling every 500 ms. They ' +
        'cross at 2 events per second; 1/T is 2.',
    })
    expect(judgement.numbers.at(-1)).toMatchObject({ value: expect.closeTo(2, 6), expected: 2 })
  })

  test('holds where it needs half at every rate, and does not where at none', () => {
    expect(
      verdict(
        'longpoll-fewer-requests',
        polled(() => 0.9),
      ),
    ).toBe('held')
    expect(
      verdict(
        'longpoll-fewer-requests',
        polled(() => 1.5),
      ),
    ).toBe('did not hold')
  })

  test('leaves out rates at which events were lost, down to two', () => {
    const records = polled((rate) => (rate === 1_000 ? 0.5 : 1.5), [1_000])
    expect(verdict('longpoll-fewer-requests', records)).toBe('did not hold')
    const one = polled(() => 1.5, [1, 10, 1_000])
    expect(verdict('longpoll-fewer-requests', one)).toBe('inconclusive')
  })

  test('is inconclusive with the records of one rate missing', () => {
    for (const records of leftOut(polled(() => 0.9)))
      expect(verdict('longpoll-fewer-requests', records)).toBe('inconclusive')
  })

  test('interpolates along a straight line on logarithmic axes', () => {
    expect(crossing([1, 1], [100, 10], 10 ** 0.5)).toBeCloseTo(10, 9)
  })
})

describe('longpoll-idle-bandwidth', () => {
  const idle = (longBytes: number[], shortBytes: number[]) =>
    (['long-poll', 'short-poll'] as const).flatMap((technique) =>
      cellFixture('idle', technique, {
        plant: (record, trial) => {
          const bytes = (technique === 'long-poll' ? longBytes : shortBytes)[trial - 1] ?? 0
          return withWindow(record, { bytesUp: 0, bytesDown: bytes, events: 0, payloadBytes: 0 })
        },
      }),
    )

  test('does not hold where holding connections open moves fewer bytes', () => {
    expect(verdict('longpoll-idle-bandwidth', idle([100, 110], [300, 310]))).toBe('did not hold')
  })

  test('holds where it moves as many or more', () => {
    expect(verdict('longpoll-idle-bandwidth', idle([300, 300], [300, 300]))).toBe('held')
    expect(verdict('longpoll-idle-bandwidth', idle([400, 410], [300, 310]))).toBe('held')
  })

  test('is inconclusive where trials overlap, and without one of the two', () => {
    expect(verdict('longpoll-idle-bandwidth', idle([100, 310], [300, 305]))).toBe('inconclusive')
    for (const records of leftOut(idle([100, 110], [300, 310])))
      expect(verdict('longpoll-idle-bandwidth', records)).toBe('inconclusive')
  })
})

describe('longpoll-equals-ws', () => {
  const DELAYS = [100, 200, 300, 400]
  /** Long polling so many times as late as WebSocket, by the round trip; trials scatter by a share. */
  const measured = (ratioAt: (roundTripMs: number) => number, scatter = 0.01, delays = DELAYS) =>
    delays.flatMap((at) =>
      (['websocket', 'long-poll'] as const).flatMap((technique) =>
        cellFixture('long-poll-knee', technique, {
          at,
          plant: (record, trial) => {
            const times = technique === 'websocket' ? 1 : ratioAt(at) * (1 + scatter * (trial - 2))
            return withDelay(record, { meanUs: at * 500 * times })
          },
        }),
      ),
    )

  test('holds with a knee between the delays around half the time between two events', () => {
    expect(
      judged(
        longPollingClaims,
        'longpoll-equals-ws',
        measured((at) => (at < 250 ? 1.02 : 1.8)),
      ),
    ).toMatchObject({
      verdict: 'held',
      because:
        'Long polling is slower from 150 ms one way on, and not at 100 ms; half the time between two ' +
        'events is 125 ms.',
    })
  })

  test('does not hold with a knee below, above or nowhere', () => {
    expect(
      verdict(
        'longpoll-equals-ws',
        measured((at) => (at < 200 ? 1.02 : 1.8)),
      ),
    ).toBe('did not hold')
    expect(
      verdict(
        'longpoll-equals-ws',
        measured((at) => (at < 400 ? 1.02 : 1.8)),
      ),
    ).toBe('did not hold')
    expect(
      verdict(
        'longpoll-equals-ws',
        measured(() => 1.02),
      ),
    ).toBe('did not hold')
  })

  test('is inconclusive where the scatter hides a difference, or one side is missing', () => {
    expect(
      verdict(
        'longpoll-equals-ws',
        measured((at) => (at < 250 ? 1.02 : 1.3), 0.15),
      ),
    ).toBe('inconclusive')
    const sweep = { axis: 'roundTripMs' as const, values: [100, 200] }
    const shorter = measured(() => 1.02, 0.01, [100, 200]).map((record) => ({
      ...record,
      scenario: { ...record.scenario, sweep },
    }))
    expect(verdict('longpoll-equals-ws', shorter)).toBe('inconclusive')
  })

  test('is inconclusive with one cell missing', () => {
    for (const records of leftOut(measured((at) => (at < 250 ? 1.02 : 1.8))))
      expect(verdict('longpoll-equals-ws', records)).toBe('inconclusive')
  })

  test.each([
    ['no trial', 10],
    ['two trials', 1],
  ])('takes techniques with %s in common at a delay neither for equal nor for slower', (_, shift) => {
    const records = measured((at) => (at < 250 ? 1.02 : 1.8)).map((record) =>
      record.technique === 'websocket' && record.point.at?.value === 200
        ? { ...record, trial: record.trial + shift }
        : record,
    )
    const knee = kneeOf(evidenceOf(measuredScenarios(records), []).scenario('long-poll-knee'))
    expect(knee?.compared.map(({ state }) => state)).toEqual(['equal', 'unclear', 'slower', 'slower'])
    expect(verdict('longpoll-equals-ws', records)).toBe('inconclusive')
  })
})
