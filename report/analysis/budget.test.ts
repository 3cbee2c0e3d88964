import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ResultRecord } from '../../results/record.ts'
import { type Scenario, searchedPoint } from '../../scenarios/scenario.ts'
import { registry } from '../../server/registry.ts'
import { chatFixture, choiceFixture, recordsFixture, scenarioFixture, silentFixture } from '../fixture.ts'
import { type Budget, judgeBudget } from './budget.ts'
import { measuredScenarios } from './cells.ts'

const PLAIN = registry.filter(({ family }) => family !== 'floor').map(({ name }) => name)

/** A cell with so much load, whose p99 is 1.49 times its median: its delays lie between half and one and a half. */
function loaded(
  technique: string,
  subscribers: number,
  ratePerSecond: number,
  medianUs: number,
): ResultRecord[] {
  const scenario: Scenario = {
    ...scenarioFixture,
    name: `load-${subscribers}-${ratePerSecond}`,
    feed: { ...scenarioFixture.feed, schedule: { kind: 'constant', ratePerSecond } },
    load: { ...scenarioFixture.load, subscribers },
  }
  const mediansUs = [medianUs, medianUs, medianUs]
  // The probe has as many events as all have divided by their number, and so its bytes fit.
  return recordsFixture({ scenario, technique, mediansUs })
}

const judged = (records: ResultRecord[], budget: Budget) =>
  Object.fromEntries(
    judgeBudget(measuredScenarios(records), budget).map(({ technique, fit, reasons }) => [
      technique,
      { fit, reasons: reasons.map(String) },
    ]),
  )

describe('a budget', () => {
  const records = [...loaded('sse', 100, 10, 2_000), ...loaded('sse', 1_000, 10, 50_000)]

  test('is kept where a valid cell with at least that load was in time, which is named', () => {
    expect(judged(records, { delayMs: 10, subscribers: 50 }).sse).toEqual({
      fit: 'fits',
      reasons: ['99 % within 2.98 ms at 100 subscribers and 10 events/s (load-100-10)'],
    })
    expect(judged(records, { delayMs: 100, subscribers: 500 }).sse).toEqual({
      fit: 'fits',
      reasons: ['99 % within 74.6 ms at 1,000 subscribers and 10 events/s (load-1000-10)'],
    })
  })

  test('is not kept where every cell with at most that load was late; the best of them is named', () => {
    const rate = { ratePerSecond: 10 }
    expect(judged(records, { ...rate, delayMs: 10, subscribers: 1_000 }).sse?.fit).toBe('not measured')
    expect(judged(records, { ...rate, delayMs: 1, subscribers: 1_000 }).sse).toEqual({
      fit: 'fails',
      reasons: ['at its best 99 % within 2.98 ms at 100 subscribers and 10 events/s (load-100-10)'],
    })
  })

  test('of a delay alone is not kept where every cell was late', () => {
    expect(judged(records, { delayMs: 1 }).sse?.fit).toBe('fails')
    expect(judged(records, { delayMs: 3 }).sse?.fit).toBe('fits')
  })

  test('is not failed for being late with more load than was asked for', () => {
    const busy = loaded('sse', 1_000, 10, 50_000)
    expect(judged(busy, { delayMs: 10, ratePerSecond: 10, subscribers: 50 }).sse?.fit).toBe('not measured')
    expect(judged(records, { delayMs: 10, subscribers: 1_000 }).sse?.fit).toBe('not measured')
  })

  test('that nobody has measured is told with how far it was measured', () => {
    expect(judged(records, { delayMs: 100, subscribers: 5_000 }).sse).toEqual({
      fit: 'not measured',
      reasons: ['measured only up to 1,000 subscribers at 10 events/s'],
    })
    const both = [...records, ...loaded('sse', 10, 500, 2_000)]
    expect(judged(both, { delayMs: 100, subscribers: 5_000 }).sse?.reasons).toEqual([
      'measured only up to 10 subscribers at 500 events/s and 1,000 subscribers at 10 events/s',
    ])
  })

  test('of both directions, and of plain HTTP, is failed by what cannot have them, with the exact reason', () => {
    const all = PLAIN.flatMap((technique) => loaded(technique, 100, 10, 2_000))
    const reasons = (budget: Budget) =>
      Object.fromEntries(
        Object.entries(judged(all, budget))
          .filter(([, { fit }]) => fit === 'fails')
          .map(([technique, { reasons: because }]) => [technique, because]),
      )
    const down = ['it carries events down only: what a client has to say needs requests beside it']
    const upgrade = ['it needs an upgrade, which plain HTTP proxies do not pass']
    const twoWay = ['websocket', 'xml-socket', 'socket-io']
    expect(reasons({ twoWay: true })).toEqual(
      Object.fromEntries(PLAIN.filter((name) => !twoWay.includes(name)).map((name) => [name, down])),
    )
    expect(reasons({ plainHttp: true })).toEqual({
      websocket: upgrade,
      'socket-io': upgrade,
      'xml-socket': ['it needs a TCP connection of its own'],
    })
    // There is none that has both.
    expect(Object.keys(reasons({ twoWay: true, plainHttp: true })).sort()).toEqual([...PLAIN].sort())
    expect(reasons({ twoWay: false, plainHttp: false })).toEqual({})
  })

  test('is not kept by what the gate voids', () => {
    const lossy = records.map((record) => ({ ...record, account: { ...record.account, lost: 1 } }))
    expect(judged(lossy, {}).sse).toEqual({
      fit: 'not measured',
      reasons: ['no valid cell of this run tells'],
    })
    expect(judged(lossy, { delayMs: 1 }).sse?.fit).toBe('not measured')
  })

  test('is judged by techniques as they are by default, where no network makes them slower', () => {
    const network = { ...scenarioFixture, name: 'far', network: { roundTripMs: 100 } }
    const others = [
      ...recordsFixture({ scenario: choiceFixture, at: 1, technique: 'sse' }),
      ...recordsFixture({ scenario: network, technique: 'sse' }),
      ...recordsFixture({ scenario: chatFixture, technique: 'sse' }),
      ...recordsFixture({ scenario: silentFixture, technique: 'sse' }),
      ...recordsFixture({ technique: 'bare-tcp' }),
      ...recordsFixture({ technique: 'websocket', copy: 2 }),
    ]
    expect(judged(others, {})).toEqual({})
    const plain = recordsFixture({ scenario: choiceFixture, at: 0, technique: 'sse' })
    expect(judged([...others, ...plain], {}).sse?.reasons).toEqual([
      '99 % within 2.98 ms at 100 subscribers and 10 events/s (tls)',
    ])
  })

  test('takes from a search what was delivered in full, and nothing else', () => {
    const search = { axis: 'subscribers', from: 100, to: 400, resolution: 1.5, p99BelowMs: 100 } as const
    const scenario: Scenario = { ...scenarioFixture, name: 'capacity', search }
    const at = (value: number, lost: number) =>
      recordsFixture({ scenario, technique: 'sse', mediansUs: [5e3], lost }).map((record) => ({
        ...record,
        point: searchedPoint(scenario, search, value),
      }))
    // One trial is enough to have shown it.
    expect(judged([...at(100, 0), ...at(400, 3)], { delayMs: 10, subscribers: 80 }).sse?.fit).toBe('fits')
    expect(judged([...at(100, 0), ...at(400, 3)], { delayMs: 10, subscribers: 200 }).sse?.fit).toBe(
      'not measured',
    )
  })

  test('of short polling says how often it polled', () => {
    expect(judged(loaded('short-poll', 100, 10, 2_000), {})['short-poll']?.reasons).toEqual([
      '99 % within 2.98 ms at 100 subscribers and 10 events/s, polling every 1000 ms (load-100-10)',
    ])
  })

  test('takes the longest delay for the p99 where samples are too few for one', () => {
    const few = structuredClone(records.slice(0, 3))
    for (const { latency } of few) {
      latency.n = 999
      latency.maxUs = 7_000
    }
    expect(judged(few, {}).sse?.reasons[0]).toContain('99 % within 7 ms')
  })
})

/** Up to four cells of two techniques with all kinds of load, some of them void. */
const anyRun = fc
  .array(
    fc.record({
      technique: fc.constantFrom('sse', 'websocket', 'short-poll'),
      subscribers: fc.constantFrom(10, 100, 1_000),
      ratePerSecond: fc.constantFrom(1, 10, 100),
      medianUs: fc.integer({ min: 100, max: 200_000 }),
      lost: fc.boolean(),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((cells) => {
    const unlike = new Map(
      cells.map((one) => [`${one.technique} ${one.subscribers} ${one.ratePerSecond}`, one]),
    )
    return [...unlike.values()].flatMap(({ technique, subscribers, ratePerSecond, medianUs, lost }) =>
      template(technique, subscribers, ratePerSecond).map((record) => ({
        ...record,
        latency: { ...record.latency, p50Us: medianUs, p99Us: 2 * medianUs },
        account: { ...record.account, lost: lost ? 1 : 0 },
      })),
    )
  })
const templates = new Map<string, ResultRecord[]>()
function template(technique: string, subscribers: number, ratePerSecond: number): ResultRecord[] {
  const key = `${technique} ${subscribers} ${ratePerSecond}`
  const made = templates.get(key) ?? loaded(technique, subscribers, ratePerSecond, 1_000)
  templates.set(key, made)
  return made
}
const anyBudget: fc.Arbitrary<Budget> = fc.record(
  {
    delayMs: fc.integer({ min: 0, max: 500 }),
    ratePerSecond: fc.integer({ min: 0, max: 200 }),
    subscribers: fc.integer({ min: 1, max: 2_000 }),
    twoWay: fc.boolean(),
    plainHttp: fc.boolean(),
  },
  { requiredKeys: [] },
)
const runs = { numRuns: 150, seed: 41 }

describe('whatever was measured and whatever is asked for', () => {
  test('every technique that was measured is judged, once, for a reason', () => {
    fc.assert(
      fc.property(anyRun, anyBudget, (records, budget) => {
        const all = judgeBudget(measuredScenarios(records), budget)
        expect(all.map(({ technique }) => technique).sort()).toEqual(
          [...new Set(records.map(({ technique }) => technique))].sort(),
        )
        for (const { fit, reasons } of all) {
          expect(['fits', 'fails', 'not measured']).toContain(fit)
          expect(reasons.length).toBeGreaterThan(0)
          for (const reason of reasons) expect(String(reason)).toMatch(/\w{3}/)
        }
      }),
      runs,
    )
  })

  const fits = (records: ResultRecord[], budget: Budget) =>
    Object.entries(judged(records, budget)).map(([technique, { fit }]) => ({ technique, fit }))

  test('more delay allowed never makes one fail that fitted, nor less make one fit that failed', () => {
    fc.assert(
      fc.property(anyRun, anyBudget, fc.integer({ min: 0, max: 500 }), (records, budget, moreMs) => {
        const delayMs = budget.delayMs ?? 50
        const strict = fits(records, { ...budget, delayMs })
        const loose = fits(records, { ...budget, delayMs: delayMs + moreMs })
        strict.forEach(({ fit }, i) => {
          if (fit === 'fits') expect(loose[i]?.fit).toBe('fits')
          if (loose[i]?.fit === 'fails') expect(fit).toBe('fails')
        })
      }),
      runs,
    )
  })

  test('less load, and less that it has to be able to do, never makes one fail that fitted', () => {
    fc.assert(
      fc.property(
        anyRun,
        anyBudget,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (records, budget, ofRate, ofSubscribers) => {
          const { delayMs, ratePerSecond = 100, subscribers = 1_000 } = budget
          const heavy = fits(records, { ...budget, ratePerSecond, subscribers })
          const light = fits(records, {
            ...(delayMs !== undefined && { delayMs }),
            ratePerSecond: ratePerSecond * ofRate,
            subscribers: Math.max(1, Math.floor(subscribers * ofSubscribers)),
          })
          heavy.forEach(({ fit }, i) => {
            if (fit === 'fits') expect(light[i]?.fit).toBe('fits')
          })
        },
      ),
      runs,
    )
  })

  test('nothing asked for is kept by all of which a valid cell tells', () => {
    fc.assert(
      fc.property(anyRun, (records) => {
        for (const { technique, fit } of fits(records, {})) {
          const isTold = measuredScenarios(records).some(({ cells }) =>
            cells.some(
              (cell) =>
                cell.technique === technique && cell.records.every(({ account }) => account.lost === 0),
            ),
          )
          expect(fit).toBe(isTold ? 'fits' : 'not measured')
        }
      }),
      runs,
    )
  })
})
