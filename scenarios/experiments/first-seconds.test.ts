import { beforeAll, describe, expect, test } from 'vitest'
import type { FirstSecondsRow } from '../../results/rows/first-seconds.ts'
import { registry } from '../../server/registry.ts'
import { experiment } from './first-seconds.ts'

let rows: FirstSecondsRow[] = []
beforeAll(async () => {
  ;({ rows } = await experiment.run({ seed: 1, signal: AbortSignal.timeout(120_000) }))
})

const of = (technique: string, kind?: string) =>
  rows.filter((row) => row.technique === technique && (kind === undefined || row.kind === kind))
const techniques = registry.filter(({ family }) => family !== 'floor')

describe.each(techniques)('the first seconds of $name', ({ name, family }) => {
  test('begin with connecting, a request and its answer, two round trips in all', () => {
    const [connect, request, wait, receive] = of(name).filter(({ lane }) => lane === 1)
    expect([connect?.kind, request?.kind, wait?.kind, receive?.kind]).toEqual([
      'connect',
      'request',
      'wait',
      'receive',
    ])
    expect([connect?.fromUs, connect?.toUs]).toEqual([0, 100_000])
    expect(request?.fromUs).toBe(100_000)
    expect(wait?.fromUs).toBe(request?.toUs)
    expect(receive?.fromUs).toBe(wait?.toUs)
    expect(receive?.fromUs).toBeGreaterThanOrEqual(195_000)
  })

  test('have no interval that ends before it begins, and waits of at least a round trip', () => {
    for (const { fromUs, toUs, kind, open } of of(name)) {
      expect(toUs).toBeGreaterThanOrEqual(fromUs)
      if (kind === 'wait' && !open) expect(toUs - fromUs).toBeGreaterThanOrEqual(90_000)
    }
  })

  test('are in order on each connection', () => {
    for (const lane of new Set(of(name).map((row) => row.lane))) {
      const intervals = of(name).filter((row) => row.lane === lane && row.kind !== 'event')
      expect(intervals).toEqual(intervals.toSorted((a, b) => a.fromUs - b.fromUs))
    }
  })

  test('bring events once, in order, half a round trip after publication or later', () => {
    const published = new Map(of(name, 'published').map(({ seq, fromUs }) => [seq, fromUs]))
    expect(published.size).toBe(7)
    const events = of(name, 'event').toSorted((a, b) => a.fromUs - b.fromUs)
    expect(events.length).toBeGreaterThanOrEqual(3)
    const [first] = events
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => Number(first?.seq) + i))
    for (const { seq, fromUs, toUs, lane } of events) {
      expect(toUs).toBe(fromUs)
      expect(fromUs - (published.get(seq as number) ?? Number.NaN)).toBeGreaterThanOrEqual(45_000)
      // On the connection on which something came right before.
      const received = of(name, 'receive').filter((row) => row.lane === lane && row.toUs <= fromUs)
      expect(received.length).toBeGreaterThan(0)
    }
  })

  if (family === 'stream') {
    test('end without a request for each event', () => {
      expect(of(name, 'request').length).toBeLessThanOrEqual(7)
      expect(of(name, 'wait').every(({ open }) => !open)).toBe(true)
    })
  }
})

test('a short poll asks at every tick of its timer, whether there is something or not', () => {
  const requests = of('short-poll', 'request')
  expect(requests).toHaveLength(4)
  const [, ...ticks] = requests.map(({ fromUs }) => fromUs)
  // By half a second each, give or take what a busy machine does to a timer.
  expect(ticks.map((tick) => Math.round(tick / 500_000))).toEqual([1, 2, 3])
  // The first ask came when the connection was open.
  expect(requests[0]?.fromUs).toBe(100_000)
})

test.each(['long-poll', 'jsonp-poll'])('%s waits until there is an event, and asks again at once', (name) => {
  const waits = of(name, 'wait')
  const events = of(name, 'event')
  // The first answer brings the cursor, the last is still awaited.
  expect(waits).toHaveLength(events.length + 2)
  expect(waits.map(({ open }) => open ?? false)).toEqual([
    ...Array.from({ length: events.length + 1 }, () => false),
    true,
  ])
  const publications = of(name, 'published').map(({ fromUs }) => fromUs)
  for (const { fromUs, toUs } of waits.slice(1, -1)) {
    // Published while it waited, half a round trip before it ended.
    expect(publications.some((atUs) => atUs > fromUs && atUs <= toUs - 45_000)).toBe(true)
  }
})

test('XMLSocket and Socket.IO connect more than once', () => {
  expect(of('xml-socket', 'connect').map(({ lane }) => lane)).toEqual([1, 2])
  expect(of('socket-io', 'connect').length).toBeGreaterThanOrEqual(2)
  expect(of('sse', 'connect')).toHaveLength(1)
})
