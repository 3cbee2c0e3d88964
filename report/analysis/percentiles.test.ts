import { describe, expect, test } from 'vitest'
import { DistributionRecorder } from '../../clients/measure/distribution.ts'
import { bringUpToDate } from '../../results/older.ts'
import type { ResultRecord } from '../../results/record.ts'
import { recordsFixture } from '../fixture/records.ts'
import { lacks } from '../statistics/percentile-support.ts'
import { figureOf, lackOf } from './cells.ts'
import { measuredScenarios } from './measured-scenarios.ts'
import { mergedPercentile, upperEnds } from './merged.ts'
import { percentileCurve } from './percentiles.ts'
import { pairedRatioOf } from './ratios.ts'

const recorded = (record: ResultRecord, delaysUs: readonly number[], moments = 50): ResultRecord => {
  const recorder = new DistributionRecorder()
  for (const us of delaysUs) recorder.add(us)
  return { ...record, latency: recorder.summary(), eventsPublished: moments }
}
/** Trials of so many deliveries of the same delay each, with one in so many late by a second. */
const trials = (mediansUs: number[], { late = 0, n = 500, moments = 50 } = {}) =>
  recordsFixture({ technique: 'sse', mediansUs }).map((record, i) =>
    recorded(
      record,
      Array.from({ length: n }, (_, k) => (late > 0 && k % late === 0 ? 1e6 : (mediansUs[i] ?? 0))),
      moments,
    ),
  )

describe('a percentile', () => {
  test.each([
    [0.9, 100, 10],
    [0.99, 1_000, 100],
    [0.999, 10_000, 1_000],
  ])('%d is told from %i events of %i moments on', (quantile, events, moments) => {
    expect(lacks(quantile, { events, moments })).toBeUndefined()
    expect(lacks(quantile, { events: events - 1, moments })).toBe('events')
    expect(lacks(quantile, { events, moments: moments - 1 })).toBe('moments')
  })

  test('says of a cell which of the two is missing, pooled over its trials; a burst is one moment', () => {
    expect(lackOf({ records: trials([1, 2, 3]) }, 'p99Us')).toBeUndefined()
    expect(lackOf({ records: trials([1, 2, 3], { n: 300 }) }, 'p99Us')).toEqual({ of: 'events', n: 900 })
    expect(lackOf({ records: trials([1, 2, 3], { moments: 33 }) }, 'p99Us')).toEqual({ of: 'moments', n: 99 })
    const bursts = trials([1, 2, 3], { moments: 300 }).map((record) => ({
      ...record,
      point: {
        ...record.point,
        feed: { ...record.point.feed, schedule: { kind: 'bursts' as const, burstEvents: 100, everyMs: 100 } },
      },
    }))
    expect(lackOf({ records: bursts }, 'p99Us')).toEqual({ of: 'moments', n: 9 })
  })

  test('is that of all trials together, which no mean of theirs would be, and the longest is the longest seen', () => {
    const records = [...trials([10_000, 10_000]), ...trials([100_000]).slice(0, 1)]
    expect(figureOf({ records }, 'p50Us').value).toBeCloseTo(21_544, -2)
    expect(figureOf({ records }, 'p99Us')).toMatchObject({ value: 100_000, low: 10_000, high: 100_000 })
    expect(figureOf({ records }, 'maxUs')).toMatchObject({ value: 100_000, low: 10_000, high: 100_000 })
  })

  test('never lies beyond the longest delay, nor below the shortest', () => {
    const records = trials([1_001_664.633, 1_001_664.633, 100.4])
    records.forEach(bringUpToDate)
    const curve = percentileCurve({ records }).map(({ value }) => value)
    expect(Math.min(...curve)).toBeGreaterThanOrEqual(100.4)
    expect(Math.max(...curve)).toBeLessThanOrEqual(1_001_664.633)
    expect(curve).toEqual(curve.toSorted((a, b) => a - b))
  })

  test('contradicts no other where one trial is far off', () => {
    const records = trials([10_000, 10_000, 10_000, 10_000, 10_000, 1_000_000])
    const curve = percentileCurve({ records })
    expect(curve.map(({ value }) => value)).toEqual(curve.map(({ value }) => value).toSorted((a, b) => a - b))
    expect(curve.map(({ quantile }) => quantile)).toContain(0.5)
  })

  test('has the interval of a bootstrap over trials from six on, the same every time', () => {
    const alike = () =>
      trials(
        [1, 1, 1, 1, 1, 1].map((us) => us * 10_000),
        { late: 500 },
      )
    const [one, again] = [alike(), alike()].map((records) => mergedPercentile(records, 0.99))
    expect(one).toEqual(again)
    expect(one).toMatchObject({ interval: '95 %', n: 6 })
    // One trial of six is late: a third of the resamples have it not, and most of them have it once or more.
    const records = [...trials([1, 1, 1, 1, 1].map((us) => us * 10_000)), ...trials([10_000], { late: 10 })]
    const { value, low, high } = mergedPercentile(records, 0.99)
    expect([value, high].every((us) => Math.abs(us / 1e6 - 1) < 1e-3)).toBe(true)
    expect(Math.abs(low / 10_000 - 1)).toBeLessThan(1e-3)
  })

  test('reads the same from the upper ends of histograms, which are short', () => {
    const scattered = (i: number) =>
      Array.from({ length: 1_500 }, (_, k) => 5_000 + ((k * 7919 + i * 31) % 9_973))
    const records = recordsFixture({ technique: 'sse' }).map((record, i) => recorded(record, scattered(i)))
    const lean = upperEnds(records, 0.99).map(
      ([record, tail]): ResultRecord => ({ ...record, latency: { ...record.latency, hdr: '', tail } }),
    )
    expect(mergedPercentile(lean, 0.99)).toEqual(mergedPercentile(records, 0.99))
    expect(Math.max(...lean.map(({ latency }) => latency.tail?.length ?? 0))).toBeLessThan(60)
  })

  test('of two cells has a ratio over their rounds, drawn together', () => {
    const cell = (mediansUs: number[]) => measuredScenarios(trials(mediansUs))[0]?.cells[0] ?? expect.fail()
    const medians = [10_000, 10_400, 9_800, 10_100, 9_900, 10_200]
    const ratio = pairedRatioOf(cell(medians.map((us) => us * 1.5)), cell(medians), 'p99Us')
    expect(ratio.value).toBeCloseTo(1.5, 2)
    expect(ratio.of[0] / ratio.of[1]).toBeCloseTo(ratio.value, 6)
    expect(ratio.p).toBeLessThan(0.01)
    expect(pairedRatioOf(cell(medians), cell(medians.toReversed()), 'p99Us').p).toBeGreaterThan(0.5)
  })
})
