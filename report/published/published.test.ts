import { expect, test } from 'vitest'
import type { ResultRecord } from '../../results/record.ts'
import { measuredScenarios } from '../analysis/measured-scenarios.ts'
import { evidenceOf } from '../claims/evidence.ts'
import { cellFixture, withDelay, withWindow } from '../fixture/cells.ts'
import { inEnglish, observationFixture, rowsFixture } from '../fixture/claims.ts'
import type { Here } from './figure.ts'
import { publishedFigures, sideBySide } from './index.ts'

const NOTHING = evidenceOf([], [])

/** What the run says of one figure. */
const hereOf = (id: string, records: readonly ResultRecord[], ...seen: Seen) =>
  spoken(
    publishedFigures
      .find((figure) => figure.id === id)
      ?.here(evidenceOf(measuredScenarios(records), ...seen)) ?? expect.fail(`No figure ${id}`),
  )
type Seen = Parameters<typeof evidenceOf> extends [unknown, ...infer Rest] ? Rest : never
/** In English. */
const spoken = (here: Here) =>
  'measured' in here
    ? { measured: { ...here.measured, what: inEnglish(here.measured.what) } }
    : { notMeasured: inEnglish(here.notMeasured) }
const measured = (id: string, records: readonly ResultRecord[], ...seen: Seen) => {
  const here = hereOf(id, records, ...seen)
  return 'measured' in here ? here.measured : expect.fail(here.notMeasured)
}

test('every figure has an id of its own, a source with its year, and a comment', () => {
  expect(new Set(publishedFigures.map(({ id }) => id)).size).toBe(publishedFigures.length)
  for (const { source, comment, published } of publishedFigures) {
    expect(source).toMatch(/\b20\d\d\b/)
    expect(comment).toMatch(/\.$/)
    expect(published.value).toBeGreaterThan(0)
  }
})

test('a run that measured nothing says so of every figure, and why', () => {
  for (const { here } of sideBySide(NOTHING))
    expect(spoken(here)).toMatchObject({ notMeasured: expect.stringMatching(/\w{3}/) })
})

test('models say what the published conditions come to', () => {
  const models = Object.fromEntries(publishedFigures.map(({ id, model }) => [id, model?.value]))
  expect(models['kaazing-headers']).toBe(871)
  expect(models['kaazing-framing']).toBe(2)
  expect(models['kaazing-header-ratio']).toBe(435.5)
  expect(models['kaazing-wire-ratio']).toBeCloseTo(8.65, 2)
  expect(models['rfc6202-average']).toBeCloseTo(1, 9)
  expect(models['rfc6202-longest']).toBeGreaterThan(2.95)
  expect(models['rfc6202-longest']).toBeLessThanOrEqual(3)
  expect(models['pimentel-knee']).toBe(125_000)
  // Published is a formula here, which a model would only repeat.
  expect(publishedFigures.find(({ id }) => id === 'deflate-used')?.published.value).toBe(262_144)
})

test('Kaazing’s arithmetic stands beside headers, and beside all bytes on the wire', () => {
  const wire = { 'short-poll': { bytes: 1_072, packets: 3 }, websocket: { bytes: 126, packets: 2 } }
  const records = (['short-poll', 'websocket'] as const).flatMap((technique) =>
    cellFixture('header-871', technique, {
      overheadBytes: technique === 'websocket' ? 2 : 896,
      plant: (record) => {
        const { events } = record.traffic.window
        const { bytes, packets } = wire[technique]
        const { window } = record.ledger
        const header = technique === 'websocket' ? 0 : 871 * record.ledger.windowEvents
        const down = { ...window.down, header, framing: window.down.framing - header }
        return {
          ...withWindow(record, { requests: technique === 'websocket' ? 0 : events }),
          ledger: { ...record.ledger, window: { ...window, down } },
          kernel: { bytes: bytes * events, packets: packets * events },
        }
      },
    }),
  )
  expect(measured('kaazing-headers', records, [])).toMatchObject({ value: 871, badge: 'valid' })
  expect(measured('kaazing-framing', records, []).value).toBe(2)
  expect(measured('kaazing-header-ratio', records, []).value).toBe(435.5)
  expect(measured('kaazing-wire-ratio', records, []).value).toBeCloseTo(1_072 / 126, 9)
  expect(measured('kaazing-polling-1000', records, []).value).toBe(1_072_000)
  expect(measured('kaazing-websocket-1000', records, []).value).toBe(126_000)
  const uncounted = records.map((record) => ({ ...record, kernel: null }))
  expect(hereOf('kaazing-wire-ratio', uncounted, [])).toMatchObject({
    notMeasured: expect.stringContaining('network namespace'),
  })
})

test('delays of long polling are told in transits', () => {
  const apart = cellFixture('long-poll-knee', 'long-poll', {
    at: 100,
    plant: (record) => withDelay(record, { meanUs: 52_000 }),
  })
  expect(measured('rfc6202-average', apart, [])).toMatchObject({ value: 1.04, unit: 'ratio' })
  const backToBack = cellFixture('long-poll-rates', 'long-poll', {
    at: 32,
    plant: (record) => withDelay(record, { maxUs: 155_000 }),
  })
  expect(measured('rfc6202-longest', backToBack, []).value).toBeCloseTo(3.1, 9)
})

test('the knee of Pimentel and Nickerson lies between the two delays around it', () => {
  const kneeAt = (firstSlower: number) =>
    [100, 200, 300, 400].flatMap((at) =>
      (['websocket', 'long-poll'] as const).flatMap((technique) =>
        cellFixture('long-poll-knee', technique, {
          at,
          plant: (record, trial) => {
            const times = technique === 'long-poll' && at >= firstSlower ? 1.8 + trial / 100 : 1
            return withDelay(record, { meanUs: at * 500 * times })
          },
        }),
      ),
    )
  expect(measured('pimentel-knee', kneeAt(300), [])).toMatchObject({
    value: 125_000,
    low: 100_000,
    high: 150_000,
  })
  expect(hereOf('pimentel-knee', kneeAt(1_000), [])).toMatchObject({
    notMeasured: 'Up to 200 ms one way long polling is not told to be slower.',
  })
})

test('costs of servers are told as ratios of CPU time', () => {
  const cpu = (scenario: string, technique: string, cpuUs: number) =>
    cellFixture(scenario, technique, { plant: ({ server }) => ({ server: { ...server, cpuUs } }) })
  const steady = [...cpu('steady-feed', 'long-poll', 300_000), ...cpu('steady-feed', 'short-poll', 100_000)]
  expect(measured('bozdag-cpu', steady, []).value).toBeCloseTo(3, 9)
  const open = [...cpu('open-data', 'short-poll', 200_000), ...cpu('open-data', 'sse', 80_000)]
  expect(measured('icwe-clients', open, []).value).toBeCloseTo(2.5, 9)
})

test('a saturated load agent leaves no valid figure beside CometD’s', () => {
  const polled = (share: number) =>
    cellFixture('long-poll-throughput', 'long-poll', {
      medianUs: 40_000,
      plant: ({ agent }) => ({ agent: { ...agent, cpuUs: share * agent.elapsedUs } }),
    })
  expect(measured('cometd-median', polled(0.5), []).badge).toBe('use with care')
  expect(measured('cometd-median', polled(0.98), []).badge).toBe('not valid')
})

test('what compression adds to a connection is a difference of slopes over their number', () => {
  const rows = [false, true].flatMap((compression) =>
    [50, 150, 300].flatMap((subscribers) =>
      [1, 2].flatMap((trial) =>
        ['before the first message', 'after the first message'].map((stage) => ({
          ...{ compression, subscribers, trial, stage, held: subscribers },
          rssBytes:
            60e6 + subscribers * (compression && stage === 'after the first message' ? 229_000 : 8_500),
        })),
      ),
    ),
  )
  const seen = [observationFixture('deflate-memory', rowsFixture('deflate-memory', rows))]
  expect(measured('deflate-used', [], seen)).toMatchObject({
    value: expect.closeTo(220_500, 3),
    n: 6,
    badge: 'valid',
  })
  const two = [
    observationFixture(
      'deflate-memory',
      rowsFixture(
        'deflate-memory',
        rows.filter(({ subscribers }) => subscribers < 300),
      ),
    ),
  ]
  expect(hereOf('deflate-used', [], two)).toMatchObject({ notMeasured: expect.stringContaining('three') })
})

test('six event streams open over HTTP/1.1, and no limit is seen over HTTP/2', () => {
  const seen = [
    observationFixture('event-source-six', [
      { http: '1.1', asked: 7, waitedMs: 2_000, open: 6, answered: false, answeredAfterClosing: true },
      { http: '2', asked: 7, waitedMs: 2_000, open: 7, answered: true, answeredAfterClosing: true },
    ]),
  ]
  expect(measured('mdn-connections', [], seen)).toMatchObject({ value: 6, badge: 'valid' })
  expect(hereOf('mdn-streams', [], seen)).toMatchObject({
    notMeasured: 'All of the 7 that were asked for opened: the limit is further up.',
  })
})

test('the saturation of long polling is what a search found', () => {
  const records = [1_000, 2_000].flatMap((subscribers) =>
    cellFixture('capacity-subscribers', 'long-poll', {
      at: 250,
      medianUs: subscribers === 1_000 ? 10_000 : 500_000,
      plant: ({ point }) => ({ point: { ...point, at: { axis: 'subscribers', value: subscribers } } }),
    }),
  )
  expect(measured('bozdag-saturation', records, [])).toMatchObject({
    value: 1_000,
    high: 2_000,
    unit: 'count',
  })
  // A trial that could not be had at all is beyond what can be had.
  const held = records.filter(({ point }) => point.at?.value === 1_000)
  const failures = [1, 2, 3].map((trial) => ({
    ...{ scenario: 'capacity-subscribers', technique: 'long-poll', trial },
    ...{ copy: 1 as const, beyond: true as const },
    ...{ at: { axis: 'subscribers' as const, value: 1_500 }, reason: 'Subscriber 1,400 was not accepted' },
  }))
  expect(measured('bozdag-saturation', held, [])).toMatchObject({ value: 1_000, high: 1_000 })
  expect(measured('bozdag-saturation', held, [], failures)).toMatchObject({ value: 1_000, high: 1_500, n: 6 })
  expect(hereOf('bozdag-saturation', records.slice(3), [])).toMatchObject({
    notMeasured: expect.stringContaining('not searched'),
  })
})

test('Server-Sent Events stand beside WebSocket at 4 kB', () => {
  const records = [
    ...cellFixture('payload-size', 'sse', { at: 4_096, medianUs: 2_400 }),
    ...cellFixture('payload-size', 'websocket', { at: 4_096, medianUs: 2_000 }),
  ]
  expect(measured('slodziak-equal', records, []).value).toBeCloseTo(1.2, 2)
})
