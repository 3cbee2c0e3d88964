import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { mersenne } from 'pure-rand/generator/mersenne'
import { describe, expect, test } from 'vitest'
import type { ResultRecord } from '../../results/record.ts'
import { dueTimesBefore, type Schedule } from '../../server/schedule.ts'
import { cellFixture, judged, withDelay, withWindow } from '../fixture/cells.ts'
import { pollingClaims } from './index.ts'
import { realizedWastedShare, wastedShare, wastedShareError } from './polling/waste.ts'

const verdict = (id: string, records: readonly ResultRecord[]) => judged(pollingClaims, id, records).verdict

/** Every way to leave one cell out. */
function leftOut(records: readonly ResultRecord[]): ResultRecord[][] {
  const cells = Map.groupBy(records, ({ scenario, technique, point }) =>
    JSON.stringify([scenario.name, technique, point.at?.value]),
  )
  return [...cells.values()].map((cell) => records.filter((record) => !cell.includes(record)))
}

test.each(pollingClaims.map(({ id }) => id))('%s is not tested by a run without its scenarios', (id) => {
  expect(judged(pollingClaims, id, cellFixture('steady-feed', 'sse'))).toMatchObject({
    verdict: 'not tested here',
    numbers: [],
  })
})

describe('the share of polls for nothing', () => {
  /** Share of polls every T, by so many subscribers, that follow an interval without an event. */
  function simulate(ratePerSecond: number, intervalMs: number, windowMs: number, seed: number): number {
    const random = mersenne(seed)
    const events: number[] = []
    for (let at = -intervalMs; at < windowMs; ) {
      at -= Math.log1p(-uniformFloat64(random)) * (1e3 / ratePerSecond)
      events.push(at)
    }
    let [polls, empty, next] = [0, 0, 0]
    for (let at = 0; at < windowMs; at += intervalMs / 20, polls++) {
      while ((events[next] as number) <= at - intervalMs) next++
      if ((events[next] as number) > at) empty++
    }
    return empty / polls
  }

  test('is e^(-rT), and scatters as its standard error says', () => {
    const shares = Array.from({ length: 400 }, (_, seed) => simulate(4, 20, 4_000, seed + 1))
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length
    const deviation = Math.sqrt(
      shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / (shares.length - 1),
    )
    expect(mean).toBeCloseTo(wastedShare(4, 20), 2)
    expect(deviation / wastedShareError(4, 20, 4_000)).toBeGreaterThan(0.85)
    expect(deviation / wastedShareError(4, 20, 4_000)).toBeLessThan(1.15)
  })

  test('of the very arrivals is what polls at every phase count', () => {
    const [{ point }] = cellFixture('poll-waste', 'short-poll') as [ResultRecord]
    const { warmUpMs, measureMs, pollIntervalMs } = point.load
    const [startUs, endUs] = [warmUpMs * 1e3, (warmUpMs + measureMs) * 1e3]
    const events = dueTimesBefore(point.feed.schedule, endUs)
    let [polls, empty, next] = [0, 0, 0]
    for (let atUs = startUs; atUs < endUs; atUs += 100, polls++) {
      while ((events[next] as number) <= atUs - pollIntervalMs * 1e3) next++
      if (!((events[next] as number) <= atUs)) empty++
    }
    expect(realizedWastedShare(point)).toBeCloseTo(empty / polls, 3)
  })

  test('of the very arrivals counts an interval once, however many events fall into it', () => {
    const [{ point }] = cellFixture('poll-waste', 'short-poll') as [ResultRecord]
    const fed = (schedule: Schedule) => ({ ...point, feed: { ...point.feed, schedule } })
    expect(realizedWastedShare(fed({ kind: 'constant', ratePerSecond: 4 }))).toBeCloseTo(0.92, 9)
    expect(realizedWastedShare(fed({ kind: 'bursts', burstEvents: 9, everyMs: 250 }))).toBeCloseTo(0.92, 9)
    expect(realizedWastedShare(fed({ kind: 'constant', ratePerSecond: 100 }))).toBeCloseTo(0, 9)
    expect(realizedWastedShare(fed({ kind: 'silent' }))).toBe(1)
  })
})

describe('poll-waste', () => {
  const polled = (emptyAnswers: number, changes?: (record: ResultRecord) => Partial<ResultRecord>) =>
    cellFixture('poll-waste', 'short-poll', {
      plant: (record) => ({
        ...withWindow(record, { requests: 1_000, emptyAnswers }),
        ...changes?.(record),
      }),
    })

  test('holds within two points of e^(-rT), and not beyond', () => {
    expect(verdict('poll-waste', polled(923))).toBe('held')
    expect(verdict('poll-waste', polled(904))).toBe('held')
    expect(verdict('poll-waste', polled(902))).toBe('did not hold')
    expect(verdict('poll-waste', polled(944))).toBe('did not hold')
  })

  test('takes all trials, which replay the same arrivals, for one observation of the feed', () => {
    const judgement = judged(pollingClaims, 'poll-waste', polled(923))
    expect(judgement.because).toContain('they are one observation of the feed')
    const [share, ofArrivals] = judgement.numbers
    expect(share).toMatchObject({ value: 0.923, expected: wastedShare(4, 20), n: 1, interval: '95 %' })
    const reach = 1.96 * wastedShareError(4, 20, 16_000)
    expect(share?.low).toBeCloseTo(0.923 - reach, 9)
    expect(share?.high).toBeCloseTo(0.923 + reach, 9)
    const [{ point }] = polled(923) as [ResultRecord]
    expect(ofArrivals).toMatchObject({ value: 0.923, expected: realizedWastedShare(point), n: 2 })
  })

  test('is inconclusive where trials differ, or the window is short', () => {
    expect(verdict('poll-waste', [...polled(923).slice(0, 1), ...polled(500).slice(1)])).toBe('inconclusive')
    const short = polled(923, ({ point }) => ({
      point: { ...point, load: { ...point.load, measureMs: 12_000 } },
    }))
    expect(judged(pollingClaims, 'poll-waste', short)).toMatchObject({
      verdict: 'inconclusive',
      because: expect.stringContaining('too short'),
    })
  })

  test('is inconclusive where events were lost', () => {
    const lost = cellFixture('poll-waste', 'short-poll', {
      lost: 3,
      plant: (record) => withWindow(record, { requests: 1_000, emptyAnswers: 923 }),
    })
    expect(verdict('poll-waste', lost)).toBe('inconclusive')
  })
})

describe('poll-latency', () => {
  const INTERVALS = [100, 300, 1_000]
  /** Delays as the model has them, times a factor, and so much longer at most, from publication on. */
  function polled({ factor = 1, longerUs = 0, only }: { factor?: number; longerUs?: number; only?: number }) {
    const cell = (name: string, at: number, intervalMs: number, roundTripMs: number) =>
      cellFixture(name, 'short-poll', {
        at,
        medianUs: intervalMs * 500,
        plant: (record, trial) => {
          const planted = only === undefined || only === trial
          const maxUs = (intervalMs + roundTripMs / 2) * 1e3 + (planted ? longerUs : 0)
          const meanUs = ((intervalMs + roundTripMs) / 2) * 1e3 * (planted ? factor : 1)
          return {
            ...withDelay(record, { meanUs, maxUs }),
            latencyFromPublished: { ...record.latencyFromPublished, maxUs },
          }
        },
      })
    return [
      ...INTERVALS.map((at) => cell('poll-interval', at, at, 0)),
      ...[0, 100, 300].map((at) => cell('round-trip', at, 500, at)),
    ].flat()
  }

  test('holds where mean and longest delay are what the model says', () => {
    expect(judged(pollingClaims, 'poll-latency', polled({}))).toMatchObject({
      verdict: 'held',
      because: expect.stringContaining('in 0 of 18 trials'),
    })
    expect(verdict('poll-latency', polled({ factor: 1.04 }))).toBe('held')
  })

  test('does not hold where the mean is further off, or the bound is broken beyond the noise', () => {
    expect(verdict('poll-latency', polled({ factor: 1.06 }))).toBe('did not hold')
    expect(verdict('poll-latency', polled({ longerUs: 50_000 }))).toBe('did not hold')
  })

  test('lets the machine be late by what it was seen to be', () => {
    const late = polled({ longerUs: 50_000 }).map((record) => ({
      ...record,
      agent: { ...record.agent, loopDelayMaxUs: 60_000 },
    }))
    expect(verdict('poll-latency', late)).toBe('held')
  })

  test('does not hold where a poll is 50 ms later than the bound and no event loop was late', () => {
    const late = polled({ longerUs: 50_000 }).map((record) => ({
      ...record,
      feedLag: { ...record.feedLag, maxUs: 60_000 },
    }))
    expect(judged(pollingClaims, 'poll-latency', late)).toMatchObject({
      verdict: 'did not hold',
      because: expect.stringContaining('more than an event loop was late in 18 of 18 trials'),
    })
  })

  test('does not add the loops of server and load agent up', () => {
    const late = polled({ longerUs: 50_000 }).map((record) => ({
      ...record,
      server: { ...record.server, loopDelayMaxUs: 30_000 },
      agent: { ...record.agent, loopDelayMaxUs: 30_000 },
    }))
    expect(verdict('poll-latency', late)).toBe('did not hold')
  })

  test('leaves the lag of the feed out of the longest delay', () => {
    const lagging = polled({}).map((record) => ({
      ...record,
      ...withDelay(record, { maxUs: record.latency.maxUs + 50_000 }),
    }))
    expect(verdict('poll-latency', lagging)).toBe('held')
  })

  test('is inconclusive with one point missing', () => {
    for (const records of leftOut(polled({}))) expect(verdict('poll-latency', records)).toBe('inconclusive')
  })

  test('is inconclusive where one trial breaks the bound and the others do not', () => {
    expect(verdict('poll-latency', polled({ longerUs: 50_000, only: 2 }))).toBe('inconclusive')
  })

  test('is not tested without a sweep of round trips', () => {
    const intervals = polled({}).filter(({ scenario }) => scenario.name === 'poll-interval')
    expect(verdict('poll-latency', intervals)).toBe('not tested here')
  })
})

describe('poll-tradeoff', () => {
  /** Polls whose mean delay and rate of requests have a product. */
  const polled = (productAt: (intervalMs: number, trial: number) => number) =>
    [100, 300, 1_000].flatMap((at) =>
      cellFixture('poll-interval', 'short-poll', {
        at,
        plant: (record, trial) => ({
          ...withDelay(record, { meanUs: productAt(at, trial) * at * 1e3 }),
          ...withWindow(record, {
            requests: (record.point.load.measureMs / at) * record.point.load.subscribers,
          }),
        }),
      }),
    )

  test('holds at a half, less what the edges of the window cut off', () => {
    expect(
      verdict(
        'poll-tradeoff',
        polled(() => 0.5),
      ),
    ).toBe('held')
    expect(
      verdict(
        'poll-tradeoff',
        polled(() => 0.491),
      ),
    ).toBe('held')
  })

  test('does not hold where one interval is cheaper', () => {
    expect(
      verdict(
        'poll-tradeoff',
        polled((at) => (at === 300 ? 0.4 : 0.5)),
      ),
    ).toBe('did not hold')
  })

  test('is inconclusive where trials differ, and with one interval missing', () => {
    expect(
      verdict(
        'poll-tradeoff',
        polled((_, trial) => (trial === 1 ? 0.4 : 0.5)),
      ),
    ).toBe('inconclusive')
    for (const records of leftOut(polled(() => 0.5)))
      expect(verdict('poll-tradeoff', records)).toBe('inconclusive')
  })
})

describe('poll-order', () => {
  interface Broken {
    reordered?: number
    duplicated?: number
  }
  const polled = (timeout: Broken, interval: Broken) =>
    (['timeout', 'interval'] as const).flatMap((at) =>
      cellFixture('poll-order', 'short-poll', {
        at,
        plant: ({ account }) => ({ account: { ...account, ...(at === 'timeout' ? timeout : interval) } }),
      }),
    )

  test('holds where setInterval alone reorders', () => {
    expect(verdict('poll-order', polled({}, { reordered: 7, duplicated: 90 }))).toBe('held')
  })

  test('depends on the cursor where setInterval brings events again and none late', () => {
    expect(judged(pollingClaims, 'poll-order', polled({}, { duplicated: 90 }))).toMatchObject({
      verdict: 'depends',
      because: expect.stringContaining('cursor'),
    })
  })

  test('does not hold where setTimeout reorders too, or setInterval does nothing of the kind', () => {
    expect(verdict('poll-order', polled({ reordered: 1 }, { reordered: 7 }))).toBe('did not hold')
    expect(verdict('poll-order', polled({}, {}))).toBe('did not hold')
  })

  test('is inconclusive where trials differ', () => {
    const [first, second] = [polled({}, { reordered: 7 }), polled({}, {})]
    const mixed = first.map((record, i) => (record.trial === 1 ? record : second[i])) as ResultRecord[]
    expect(verdict('poll-order', mixed)).toBe('inconclusive')
  })

  test('is inconclusive without one of the two timers', () => {
    for (const records of leftOut(polled({}, { reordered: 7 })))
      expect(verdict('poll-order', records)).toBe('inconclusive')
  })

  test('is inconclusive where events were lost, which the scenario does not mean', () => {
    const lost = polled({}, { reordered: 7 }).map((record) => ({
      ...record,
      account: { ...record.account, lost: 2 },
    }))
    expect(verdict('poll-order', lost)).toBe('inconclusive')
  })
})

describe('poll-new-connection', () => {
  const polled = (kept: number, closed: number) =>
    [true, false].flatMap((at) =>
      cellFixture('keep-alive', 'short-poll', {
        at,
        plant: (record) => withWindow(record, { requests: 200, connections: at ? kept : closed }),
      }),
    )

  test('depends on keep-alive', () => {
    expect(judged(pollingClaims, 'poll-new-connection', polled(0, 200))).toMatchObject({
      verdict: 'depends',
      because:
        'For 100 polls 0 connections were opened with keep-alive, which HTTP/1.1 has from the start, and ' +
        '100 without.',
    })
  })

  test('holds where keep-alive changes nothing, and does not where its absence does not either', () => {
    expect(verdict('poll-new-connection', polled(200, 200))).toBe('held')
    expect(verdict('poll-new-connection', polled(0, 0))).toBe('did not hold')
  })

  test('is inconclusive in between, and with or without keep-alive alone', () => {
    expect(verdict('poll-new-connection', polled(0, 100))).toBe('inconclusive')
    for (const records of leftOut(polled(0, 200)))
      expect(verdict('poll-new-connection', records)).toBe('inconclusive')
  })
})
