import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ResultRecord } from '../../results/record.ts'
import { type Scenario, searchedPoint } from '../../results/scenario.ts'
import { registry } from '../../server/registry.ts'
import {
  chatFixture,
  choiceFixture,
  recordsFixture,
  scenarioFixture,
  silentFixture,
  withP99,
} from '../fixture/records.ts'
import { type Budget, commonLoad, judgeBudget } from './budget.ts'
import { measuredScenarios } from './measured-scenarios.ts'

const PLAIN = registry.filter(({ family }) => family !== 'floor').map(({ name }) => name)

/** Trials with so much load and such p99s, one a trial; half of each delay in the median, and a longest a tenth above. */
function loaded(
  technique: string,
  subscribers: number,
  ratePerSecond: number,
  p99sMs: readonly number[],
  { load, feed, ...changes }: Partial<Scenario> = {},
): ResultRecord[] {
  const scenario: Scenario = {
    ...scenarioFixture,
    name: `load-${subscribers}-${ratePerSecond}`,
    feed: {
      ...scenarioFixture.feed,
      schedule: { kind: 'constant', ratePerSecond },
      ...feed,
    },
    load: { ...scenarioFixture.load, subscribers, ...load },
    ...changes,
  }
  const mediansUs = p99sMs.map(() => 1_000)
  return recordsFixture({ scenario, technique, mediansUs }).map((record, i) => ({
    ...record,
    latency: delayed(record, p99sMs[i] as number),
  }))
}

function delayed({ latency }: ResultRecord, p99Ms: number, n = latency.n): ResultRecord['latency'] {
  const p99Us = p99Ms * 1e3
  const planted = { ...latency, n, minUs: 0, p50Us: p99Us / 2, p90Us: p99Us * 0.9, maxUs: p99Us * 1.1 }
  return withP99(planted, p99Us)
}

const judged = (records: ResultRecord[], budget: Budget) =>
  Object.fromEntries(
    judgeBudget(measuredScenarios(records), budget).map(({ technique, fit, reasons }) => [
      technique,
      `${fit}: ${reasons.join('; ')}`,
    ]),
  )

/** A comparison at 100 x 10, and more of each technique elsewhere. */
const main = [...loaded('sse', 100, 10, [8, 9, 10]), ...loaded('xml-socket', 100, 10, [14, 15, 16])]

describe('a budget of a delay alone', () => {
  const later = { name: 'quicker' }
  const elsewhere = [
    ...loaded('sse', 10, 100, [1, 1, 1], later),
    ...loaded('xml-socket', 10, 100, [1, 1, 1], later),
  ]

  test('is held against the load of the main comparison, one for all techniques, whatever was faster elsewhere', () => {
    const records = [...main, ...elsewhere]
    expect(String(commonLoad(measuredScenarios(records)))).toBe('100 subscribers and 10 events/s')
    expect(judged(records, { delayMs: 12 })).toEqual({
      sse: 'fits: p99 9 ms (8–10 ms) at 100 subscribers and 10 events/s (load-100-10)',
      'xml-socket': 'fails: p99 15 ms (14–16 ms) at 100 subscribers and 10 events/s (load-100-10)',
    })
    expect(judged(records, { delayMs: 5 }).sse).toBe(
      'fails: p99 9 ms (8–10 ms) at 100 subscribers and 10 events/s (load-100-10)',
    )
  })

  test('tells of a technique that is not in that comparison by the nearest load, and how that load is to the common one', () => {
    const others = [
      ...main,
      ...loaded('websocket', 500, 10, [8, 9, 10]),
      ...loaded('websocket', 5_000, 10, [1, 1, 1]),
      ...loaded('long-poll', 50, 10, [30, 40, 50]),
      ...loaded('fetch-stream', 50, 10, [1, 1, 1]),
      ...loaded('socket-io', 10, 100, [1, 1, 1]),
    ]
    expect(judged(others, { delayMs: 12 })).toMatchObject({
      websocket:
        'fits: p99 9 ms (8–10 ms) at 500 subscribers and 10 events/s, more than the common load (load-500-10)',
      'long-poll':
        'fails: p99 40 ms (30–50 ms) at 50 subscribers and 10 events/s, less than the common load (load-50-10)',
      'fetch-stream':
        'not measured: nothing was measured with 100 subscribers and 10 events/s or more, only up to 50 subscribers at 10 events/s',
      'socket-io':
        'not measured: nothing was measured with 100 subscribers and 10 events/s or more, only up to 10 subscribers at 100 events/s',
    })
  })

  test('takes the other half of a load from there where one half is named', () => {
    expect(judged(main, { delayMs: 12, subscribers: 60 }).sse).toBe(
      'fits: p99 9 ms (8–10 ms) at 100 subscribers and 10 events/s, more than you ask (load-100-10)',
    )
    expect(judged(main, { delayMs: 12, ratePerSecond: 20 }).sse).toBe(
      'not measured: nothing was measured with 100 subscribers and 20 events/s or more, only up to 100 subscribers at 10 events/s',
    )
  })

  test('in a run without a comparison, against the load of which most techniques tell', () => {
    const swept = (technique: string, subscribers: number) =>
      loaded(technique, subscribers, 10, [1, 1, 1], {
        sweep: { axis: 'subscribers', values: [subscribers] },
      })
    const records = [...swept('sse', 10), ...swept('sse', 20), ...swept('websocket', 20)]
    expect(String(commonLoad(measuredScenarios(records)))).toBe('20 subscribers and 10 events/s')
    expect(String(commonLoad([]))).toBe('none')
  })
})

describe('a load that was measured as it is asked for', () => {
  const asked = { subscribers: 100, ratePerSecond: 10 }

  test('fails what was late there, whatever was faster with more load or with less', () => {
    const records = [
      ...main,
      ...loaded('sse', 1_000, 10, [2, 2, 2]),
      ...loaded('sse', 10, 10, [2, 2, 2]),
      ...loaded('sse', 100, 100, [2, 2, 2]),
    ]
    expect(judged(records, { ...asked, delayMs: 5 }).sse).toBe(
      'fails: p99 9 ms (8–10 ms) at 100 subscribers and 10 events/s (load-100-10)',
    )
  })

  test('fits only where the whole interval is within the budget, fails only where all of it is beyond', () => {
    const of = (delayMs: number) => judged(main, { ...asked, delayMs }).sse
    const figure = 'p99 9 ms (8–10 ms) at 100 subscribers and 10 events/s (load-100-10)'
    expect(of(10)).toBe(`fits: ${figure}`)
    expect(of(9.9)).toBe(`borderline: within the scatter of the trials: ${figure}`)
    expect(of(8)).toBe(`borderline: within the scatter of the trials: ${figure}`)
    expect(of(7.99)).toBe(`fails: ${figure}`)
  })

  test('takes the interval for the median from six trials on', () => {
    const nine = loaded('sse', 100, 10, [1, 8, 9, 10, 10, 10, 11, 12, 99])
    expect(judged(nine, { ...asked, delayMs: 12 }).sse).toBe(
      'fits: p99 10 ms (8–11 ms) at 100 subscribers and 10 events/s (load-100-10)',
    )
  })

  test('is told by the main comparison, then by the likeliest payload, where several scenarios had it', () => {
    const large = (technique: string) =>
      loaded(technique, 100, 10, [50, 50, 50], {
        name: 'a-large-payload',
        feed: { ...scenarioFixture.feed, payloadBytes: 65_536 },
        techniques: [technique],
        suite: 'full',
      })
    expect(judged([...large('sse'), ...main], { delayMs: 12 }).sse).toContain('fits: p99 9 ms')
    // Where there is no other, the payload is said.
    expect(judged([...large('websocket'), ...main], { delayMs: 12 }).websocket).toBe(
      'fails: p99 50 ms at 100 subscribers and 10 events/s, of 65.5 kB each (a-large-payload)',
    )
  })
})

describe('a load that was not measured', () => {
  test('fits where the nearest cell with at least as much was in time, and no farther one', () => {
    const records = [...main, ...loaded('sse', 200, 10, [60, 60, 60]), ...loaded('sse', 1_000, 10, [2, 2, 2])]
    expect(judged(records, { delayMs: 12, subscribers: 40 }).sse).toBe(
      'fits: p99 9 ms (8–10 ms) at 100 subscribers and 10 events/s, more than you ask (load-100-10)',
    )
    expect(judged(records, { delayMs: 12, subscribers: 150 }).sse).toBe(
      'not measured: at 200 subscribers and 10 events/s, more than you ask (load-200-10): p99 60 ms',
    )
    expect(judged(records, { delayMs: 60, subscribers: 150 }).sse).toContain('fits: p99 60 ms')
  })

  test('of more load is nearest where both are together, subscribers and events', () => {
    const records = [
      ...loaded('sse', 100, 1_000, [2, 2, 2]),
      ...loaded('sse', 200, 20, [60, 60, 60]),
      ...loaded('sse', 150, 10, [1, 1, 1]),
    ]
    expect(judged(records, { delayMs: 12, subscribers: 100, ratePerSecond: 20 }).sse).toContain(
      'not measured: at 200 subscribers and 20 events/s',
    )
  })

  test('fails where the nearest cell that was late had at most as much', () => {
    const records = [...loaded('sse', 10, 10, [20, 20, 20]), ...main]
    expect(judged(records, { delayMs: 5, subscribers: 150 }).sse).toBe(
      'fails: p99 9 ms (8–10 ms) at 100 subscribers and 10 events/s, less than you ask (load-100-10)',
    )
  })

  test('does not fail for a cell with less load, where one that bore more than that was in time', () => {
    // As of real sockets: rare events later than frequent ones.
    const rare = [...loaded('sse', 20, 1, [6, 6, 6]), ...loaded('sse', 20, 400, [2, 2, 2])]
    expect(judged(rare, { delayMs: 5, subscribers: 20, ratePerSecond: 500 }).sse).toBe(
      'not measured: nothing was measured with 20 subscribers and 500 events/s or more, only up to 20 subscribers at 400 events/s',
    )
    expect(judged(rare, { delayMs: 5, subscribers: 20, ratePerSecond: 100 }).sse).toContain('fits: p99 2 ms')
    expect(judged(rare, { delayMs: 5, subscribers: 20, ratePerSecond: 1 }).sse).toBe(
      'fails: p99 6 ms at 20 subscribers and 1 event/s (load-20-1)',
    )
  })

  test('is borderline where the nearest cell with more was so, and nothing with less was late', () => {
    expect(judged(main, { delayMs: 9, subscribers: 40 }).sse).toBe(
      'borderline: within the scatter of the trials: p99 9 ms (8–10 ms) at 100 subscribers and 10 events/s, more than you ask (load-100-10)',
    )
    const late = [...main, ...loaded('sse', 10, 10, [20, 20, 20])]
    expect(judged(late, { delayMs: 9, subscribers: 40 }).sse).toBe(
      'fails: p99 20 ms at 10 subscribers and 10 events/s, less than you ask (load-10-10)',
    )
  })

  test('that nobody has measured is told with how far it was measured', () => {
    const both = [...main, ...loaded('sse', 1, 500, [2, 2, 2]), ...loaded('sse', 2, 1, [2, 2, 2])]
    expect(judged(both, { delayMs: 100, subscribers: 5_000 }).sse).toBe(
      'not measured: nothing was measured with 5,000 subscribers and 10 events/s or more, only up to 1 subscriber at 500 events/s and 100 subscribers at 10 events/s',
    )
  })
})

describe('a delay in words', () => {
  test('is never the budget that it is said to break', () => {
    const records = loaded('sse', 1, 1, [100.2, 100.3, 100.4])
    expect(judged(records, { delayMs: 100 }).sse).toBe(
      'fails: p99 100.3 ms (100.2–100.4 ms) at 1 subscriber and 1 event/s (load-1-1)',
    )
    expect(judged(loaded('sse', 1, 1, [12.346, 12.346, 12.346]), { delayMs: 12.345 }).sse).toContain(
      'fails: p99 12.35 ms at',
    )
    expect(judged(records, { delayMs: 50 }).sse).toContain('fails: p99 100 ms at')
  })

  test('is the longest where samples are too few for a p99', () => {
    const few = (n: number) =>
      loaded('sse', 100, 10, [8, 9, 10]).map((record) => ({
        ...record,
        latency: { ...record.latency, n: n / 3 },
      }))
    const figure = 'longest 11 ms (8.8–11 ms) at 100 subscribers and 10 events/s (load-100-10)'
    expect(judged(few(999), { delayMs: 11 }).sse).toBe(`fits: ${figure}`)
    // The longest is no p99: of 999 events one may be late.
    expect(judged(few(999), { delayMs: 8 }).sse).toBe(
      `borderline: too few events or moments for a p99: ${figure}`,
    )
    // But where a tenth is late, or half where not even a p90 is told, so is the p99.
    expect(judged(few(999), { delayMs: 7.1 }).sse).toBe(`fails: ${figure}`)
    expect(judged(few(99), { delayMs: 7.1 }).sse).toContain('borderline')
    expect(judged(few(99), { delayMs: 3.9 }).sse).toBe(`fails: ${figure}`)
  })
})

describe('what a technique can do at all', () => {
  const all = PLAIN.flatMap((technique) => loaded(technique, 100, 10, [2, 2, 2]))
  const down = 'fails: it carries events down only: what a client has to say needs requests beside it'
  const twoWay = ['websocket', 'xml-socket', 'socket-io']
  const others = (verdict: string) => (entries: Record<string, string>) =>
    Object.fromEntries(Object.entries(entries).filter(([, text]) => !text.startsWith(verdict)))

  test('decides of both directions', () => {
    expect(others('fits')(judged(all, { twoWay: true }))).toEqual(
      Object.fromEntries(PLAIN.filter((name) => !twoWay.includes(name)).map((name) => [name, down])),
    )
  })

  test('decides of plain HTTP, but for what falls back to polling, which has no figures here', () => {
    expect(others('fits')(judged(all, { plainHttp: true }))).toEqual({
      websocket: 'fails: it needs an upgrade, which plain HTTP proxies do not pass',
      'socket-io': 'not measured: works over plain HTTP by polling; its figures here are those of WebSocket',
      'xml-socket': 'fails: it needs a TCP connection of its own',
    })
    expect(judged(all, { plainHttp: true, delayMs: 0.1 })['socket-io']).toContain('not measured: works over')
  })

  test('leaves none that has both on one connection', () => {
    const both = judged(all, { twoWay: true, plainHttp: true })
    expect(others('fails')(both)).toEqual({})
    expect(both['socket-io']).toBe(
      'fails: over plain HTTP it polls: what a client has to say needs requests beside it',
    )
    expect(others('shown')(judged(all, { twoWay: false, plainHttp: false }))).toEqual({})
  })
})

describe('without a budget nothing fits', () => {
  test('but what was shown at the load of the main comparison is told, with its badge', () => {
    const records = [...main, ...loaded('websocket', 50, 10, [3, 4, 5]), ...loaded('sse', 10, 1, [1, 1, 1])]
    const all = judgeBudget(measuredScenarios(records), {})
    expect(
      all.map(({ technique, fit, shown, reasons, badge }) => [
        technique,
        fit,
        String(shown),
        reasons.map(String),
        badge,
      ]),
    ).toEqual([
      [
        'sse',
        'shown',
        'p99 9 ms (8–10 ms)',
        ['at 100 subscribers and 10 events/s (load-100-10)'],
        'use with care',
      ],
      [
        'xml-socket',
        'shown',
        'p99 15 ms (14–16 ms)',
        ['at 100 subscribers and 10 events/s (load-100-10)'],
        'use with care',
      ],
      [
        'websocket',
        'not measured',
        'undefined',
        [
          'the nearest that was measured: p99 4 ms (3–5 ms) at 50 subscribers and 10 events/s, less than the common load (load-50-10)',
        ],
        'use with care',
      ],
    ])
  })

  test('and of six trials the badge is that it is valid', () => {
    const six = loaded('sse', 100, 10, [8, 8, 8, 9, 9, 9], { trials: 6 })
    expect(judgeBudget(measuredScenarios(six), { delayMs: 50 })[0]?.badge).toBe('valid')
    expect(judgeBudget(measuredScenarios(six), { twoWay: true })[0]?.badge).toBeUndefined()
  })
})

describe('evidence', () => {
  test('is nothing that the gate voids', () => {
    const lossy = main.map((record) => ({ ...record, account: { ...record.account, lost: 1 } }))
    expect(judged(lossy, {}).sse).toBe('not measured: no valid cell of this run tells')
    expect(judged(lossy, { delayMs: 1 }).sse).toBe('not measured: no valid cell of this run tells')
  })

  test('is of techniques as they are by default, where nothing makes them slower', () => {
    const others = [
      ...recordsFixture({ scenario: choiceFixture, at: 1, technique: 'sse' }),
      ...loaded('sse', 100, 10, [1, 1, 1], { name: 'far', network: { roundTripMs: 100 } }),
      ...loaded('sse', 100, 10, [1, 1, 1], { name: 'stop', stall: { afterMs: 1, forMs: 100 } }),
      ...loaded('sse', 100, 10, [1, 1, 1], { name: 'broken', breaks: ['lost'] }),
      ...recordsFixture({ scenario: chatFixture, technique: 'sse' }),
      ...recordsFixture({ scenario: silentFixture, technique: 'sse' }),
      ...recordsFixture({ technique: 'bare-tcp' }),
      ...recordsFixture({ technique: 'websocket', copy: 2 }),
    ]
    expect(judged(others, {})).toEqual({})
    const plain = recordsFixture({ scenario: choiceFixture, at: 0, technique: 'sse' })
    expect(judged([...others, ...plain], {}).sse).toBe('shown: at 100 subscribers and 10 events/s (tls)')
  })

  test('of bursts is said to be that, and is no load that is less than a steady one', () => {
    const bursts = loaded('sse', 20, 40, [30, 30, 30], {
      name: 'bursts',
      feed: { ...scenarioFixture.feed, schedule: { kind: 'bursts', burstEvents: 20, everyMs: 500 } },
    })
    expect(judged(bursts, { delayMs: 40, subscribers: 20, ratePerSecond: 10 }).sse).toBe(
      'fits: p99 30 ms at 20 subscribers and 40 events/s, 20 at once, more than you ask (bursts)',
    )
    expect(judged(bursts, { delayMs: 5, subscribers: 50, ratePerSecond: 100 }).sse).toBe(
      'not measured: nothing was measured with 50 subscribers and 100 events/s or more, only up to 20 subscribers at 40 events/s',
    )
  })

  describe('of a search', () => {
    const search = { axis: 'subscribers', from: 100, to: 400, resolution: 1.5, lateAfterMs: 100 } as const
    const scenario = { name: 'capacity', search, trials: 5, breaks: ['lost'] } satisfies Partial<Scenario>
    const at = (value: number, p99sMs: number[]) =>
      loaded('sse', value, 10, p99sMs, scenario).map((record) => ({
        ...record,
        point: searchedPoint(record.scenario, search, value),
      }))
    const of = (records: ResultRecord[]) =>
      judged(records, { delayMs: 12, subscribers: 80, ratePerSecond: 10 }).sse
    const none = 'not measured: no valid cell of this run tells'

    test('counts where each of three trials held', () => {
      expect(of(at(100, [8, 9, 10]))).toBe(
        'fits: p99 9 ms (8–10 ms) at 100 subscribers and 10 events/s, more than you ask (capacity search)',
      )
      expect(of(at(100, [8, 9]))).toBe(none)
      expect(of(at(100, [8, 9, 10, 200]))).toBe(none)
      expect(
        of(at(100, [8, 9, 10]).map((record, i) => ({ ...record, account: { ...record.account, lost: i } }))),
      ).toBe(none)
    })

    test('does not count where one failed altogether, of which there is no record', () => {
      expect(of(at(100, [8, 9, 10, 10]).filter(({ trial }) => trial !== 2))).toBe(none)
      const seven = at(100, [8, 9, 10]).map((record) => ({
        ...record,
        scenario: { ...record.scenario, trials: 7 },
      }))
      expect(of(seven)).toBe(none)
    })

    test('does not count where the load agent was busy in one of them', () => {
      const busy = at(100, [8, 9, 10]).map((record, i) => ({
        ...record,
        agent: { ...record.agent, elapsedUs: 1e6, cpuUs: i === 0 ? 0.91e6 : 0.1e6 },
      }))
      expect(of(busy)).toBe(none)
    })
  })
})

describe('short polling, as late as its interval', () => {
  const every = (pollIntervalMs: number, p99sMs: number[], subscribers = 50) =>
    loaded('short-poll', subscribers, 10, p99sMs, {
      name: 'poll-interval',
      sweep: { axis: 'pollIntervalMs', values: [100, 300, 1_000] },
      load: { ...scenarioFixture.load, subscribers, pollIntervalMs },
    }).map((record) => ({
      ...record,
      point: {
        ...record.point,
        at: { axis: 'pollIntervalMs' as const, value: pollIntervalMs },
        load: record.scenario.load,
      },
    }))
  const records = [
    ...main,
    ...loaded('short-poll', 100, 10, [990, 995, 999]),
    ...every(100, [99, 99.5, 99.9]),
    ...every(300, [297, 298, 299]),
  ]
  const of = (budget: Budget, all = records) => judged(all, budget)['short-poll']

  test('fits with the interval that it needs, where some that was measured kept it', () => {
    expect(of({ delayMs: 250 })).toBe(
      'fits: needs polls every 250 ms or less, that is 4 requests a second and subscriber; measured down to 100 ms: p99 99.5 ms (99–99.9 ms) at 50 subscribers and 10 events/s, polling every 100 ms, less than the common load (poll-interval)',
    )
    expect(of({ delayMs: 1_000 })).toBe(
      'fits: needs polls every 1,000 ms or less, that is 1 request a second and subscriber; measured down to 100 ms: p99 995 ms (990–999 ms) at 100 subscribers and 10 events/s, polling every 1,000 ms (load-100-10)',
    )
  })

  test('is not measured with an interval that is shorter than all that were, which is named', () => {
    expect(of({ delayMs: 30 })).toBe(
      'not measured: would need polls every 30 ms or less, that is 33.3 requests a second and subscriber; measured down to 100 ms',
    )
    expect(of({ delayMs: 30 }, loaded('short-poll', 100, 10, [990, 995, 999]))).toContain(
      'measured down to 1,000 ms',
    )
  })

  test('is borderline, or not measured, where the shortest interval just misses the budget', () => {
    const missing = [...main, ...every(100, [99, 100.5, 101])]
    expect(of({ delayMs: 100 }, missing)).toBe(
      'borderline: within the scatter of the trials: p99 101 ms (99–101 ms) at 50 subscribers and 10 events/s, polling every 100 ms, less than the common load (poll-interval)',
    )
    const late = [...main, ...every(100, [100.2, 100.3, 100.4])]
    expect(of({ delayMs: 100 }, late)).toBe(
      'not measured: would need polls more often than every 100 ms: p99 100.3 ms (100.2–100.4 ms) at 50 subscribers and 10 events/s, polling every 100 ms, less than the common load (poll-interval)',
    )
  })

  test('is not measured with so much load as is named, where only less was polled so often', () => {
    expect(of({ delayMs: 250, subscribers: 100 })).toBe(
      'not measured: needs polls every 250 ms or less, that is 4 requests a second and subscriber; not measured that often with so much load',
    )
    expect(of({ delayMs: 250, subscribers: 50 })).toContain('fits: needs polls every 250 ms or less')
  })

  test('is judged as all others where something else is what makes it late', () => {
    expect(of({ delayMs: 250 }, loaded('short-poll', 100, 10, [5_000, 5_000, 5_000]))).toBe(
      'fails: p99 5 s at 100 subscribers and 10 events/s, polling every 1,000 ms (load-100-10)',
    )
  })
})

/** Up to five cells of three techniques with all kinds of load, some of them void. */
const anyRun = fc
  .array(
    fc.record({
      technique: fc.constantFrom('sse', 'websocket', 'short-poll'),
      subscribers: fc.constantFrom(10, 100, 1_000),
      ratePerSecond: fc.constantFrom(1, 10, 100),
      p99Ms: fc.integer({ min: 1, max: 500 }),
      scatter: fc.constantFrom(0, 0.01, 0.3),
      samples: fc.constantFrom(50, 500, 2_000),
      isPolled: fc.boolean(),
      lost: fc.boolean(),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((cells) => {
    const unlike = new Map(
      cells.map((one) => [`${one.technique} ${one.subscribers} ${one.ratePerSecond}`, one]),
    )
    return [...unlike.values()].flatMap((one) =>
      template(one.technique, one.subscribers, one.ratePerSecond).map((record, i) => {
        // As late as its interval, which is 1 s, or as anything else.
        const p99Ms = (one.isPolled ? 990 : one.p99Ms) * (1 + i * one.scatter)
        return {
          ...record,
          latency: delayed(record, p99Ms, one.samples),
          account: { ...record.account, lost: one.lost ? 1 : 0 },
        }
      }),
    )
  })
const templates = new Map<string, ResultRecord[]>()
function template(technique: string, subscribers: number, ratePerSecond: number): ResultRecord[] {
  const key = `${technique} ${subscribers} ${ratePerSecond}`
  const made = templates.get(key) ?? loaded(technique, subscribers, ratePerSecond, [1, 1, 1])
  templates.set(key, made)
  return made
}
const anyBudget: fc.Arbitrary<Budget> = fc.record(
  {
    delayMs: fc.integer({ min: 0, max: 1_200 }),
    ratePerSecond: fc.constantFrom(0, 0.5, 1, 5, 10, 50, 100, 200),
    subscribers: fc.constantFrom(1, 10, 50, 100, 500, 1_000, 2_000),
    twoWay: fc.boolean(),
    plainHttp: fc.boolean(),
  },
  { requiredKeys: [] },
)
const runs = { numRuns: 300, seed: 41 }

describe('whatever was measured and whatever is asked for', () => {
  test('every technique that was measured is judged, once, for a reason', () => {
    fc.assert(
      fc.property(anyRun, anyBudget, (records, budget) => {
        const all = judgeBudget(measuredScenarios(records), budget)
        expect(all.map(({ technique }) => technique).sort()).toEqual(
          [...new Set(records.map(({ technique }) => technique))].sort(),
        )
        for (const { fit, reasons, shown } of all) {
          expect(['fits', 'borderline', 'fails', 'not measured', 'shown']).toContain(fit)
          expect(fit === 'shown').toBe(shown !== undefined)
          expect(reasons.length).toBeGreaterThan(0)
          for (const reason of reasons) {
            expect(String(reason)).toMatch(/\w{3}/)
            expect(String(reason)).not.toMatch(/undefined|NaN|Infinity|∞|\b1 (subscribers|events)/)
          }
        }
      }),
      runs,
    )
  })

  const fits = (records: ResultRecord[], budget: Budget) =>
    judgeBudget(measuredScenarios(records), budget).map(({ fit }) => fit)

  test('more delay allowed never makes one fail that fitted, nor less make one fit that failed', () => {
    fc.assert(
      fc.property(anyRun, anyBudget, fc.integer({ min: 0, max: 1_000 }), (records, budget, moreMs) => {
        const delayMs = budget.delayMs ?? 50
        const strict = fits(records, { ...budget, delayMs })
        const loose = fits(records, { ...budget, delayMs: delayMs + moreMs })
        strict.forEach((fit, i) => {
          if (fit === 'fits') expect(loose[i]).toBe('fits')
          if (fit === 'borderline') expect(['fits', 'borderline', 'not measured']).toContain(loose[i])
          if (loose[i] === 'fails') expect(fit).toBe('fails')
        })
      }),
      runs,
    )
  })

  test('what fits a load fails at less only where that very load was measured, and late', () => {
    fc.assert(
      fc.property(
        anyRun,
        fc.integer({ min: 1, max: 1_200 }),
        anyBudget,
        anyBudget,
        (records, delayMs, a, b) => {
          const [rates, numbers] = [
            [a.ratePerSecond ?? 10, b.ratePerSecond ?? 10],
            [a.subscribers ?? 100, b.subscribers ?? 100],
          ]
          const light = { ratePerSecond: Math.min(...rates), subscribers: Math.min(...numbers) }
          const heavy = { ratePerSecond: Math.max(...rates), subscribers: Math.max(...numbers) }
          const name = `load-${light.subscribers}-${light.ratePerSecond}`
          if (records.some(({ scenario }) => scenario.name === name)) return
          const less = fits(records, { delayMs, ...light })
          fits(records, { delayMs, ...heavy }).forEach((fit, i) => {
            if (fit === 'fits') expect(less[i]).not.toBe('fails')
          })
        },
      ),
      runs,
    )
  })

  test('without a budget nothing fits, fails or is borderline', () => {
    fc.assert(
      fc.property(anyRun, (records) => {
        for (const fit of fits(records, {})) expect(['shown', 'not measured']).toContain(fit)
      }),
      runs,
    )
  })
})
