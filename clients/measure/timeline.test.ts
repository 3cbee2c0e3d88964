import fc from 'fast-check'
import { Value } from 'typebox/value'
import { describe, expect, test } from 'vitest'
import { mergedTimeline } from '../../results/merge.ts'
import { TimelineSchema } from '../../results/record.ts'
import { TimelineRecorder } from './timeline.ts'

const windowOf = (lengthMs: number) => ({ startUs: 7_000_000.25, endUs: 7_000_000.25 + lengthMs * 1e3 })

describe('the timeline of a window', () => {
  test('has 30 slices, and fewer where these would be shorter than 50 ms', () => {
    const shape = (lengthMs: number) => {
      const { sliceMs, slices } = new TimelineRecorder(windowOf(lengthMs)).summary()
      return [slices.length, sliceMs]
    }
    expect(shape(3_000)).toEqual([30, 100])
    expect(shape(4_000)).toEqual([30, 133.333333])
    expect(shape(1_500)).toEqual([30, 50])
    expect(shape(1_000)).toEqual([20, 50])
    expect(shape(120)).toEqual([2, 60])
    expect(shape(1)).toEqual([1, 1])
  })

  test('counts delays by octave in the slice in which their events were due', () => {
    const window = windowOf(200)
    const recorder = new TimelineRecorder(window)
    const add = (dueMs: number, ...delaysUs: number[]) => {
      for (const delayUs of delaysUs) recorder.add(window.startUs + dueMs * 1e3, delayUs)
    }
    add(0, 1_024, 1_023, 2_047.4)
    add(49.9, 8_200)
    add(100, 0.2, -3)
    add(199, 1, 2, 3, 4)
    expect(recorder.summary()).toEqual({
      sliceMs: 50,
      slices: [
        { from: 9, counts: [1, 2, 0, 0, 1], maxUs: 8_200 },
        { from: 0, counts: [], maxUs: 0 },
        { from: 0, counts: [2], maxUs: 0 },
        { from: 0, counts: [1, 2, 1], maxUs: 4 },
      ],
    })
  })

  const delays = fc.array(
    fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.double({ min: -10, max: 1e11, noNaN: true })),
    { maxLength: 200 },
  )
  const lengthsMs = fc.integer({ min: 1, max: 20_000 })
  const record = (lengthMs: number, all: readonly (readonly [number, number])[]) => {
    const window = windowOf(lengthMs)
    const recorder = new TimelineRecorder(window)
    for (const [at, delayUs] of all) recorder.add(window.startUs + at * lengthMs * 1e3, delayUs)
    return recorder
  }

  test('counts every delay once, and its longest delay is in its highest bucket', () => {
    fc.assert(
      fc.property(lengthsMs, delays, (lengthMs, all) => {
        const timeline = record(lengthMs, all).summary()
        expect(Value.Check(TimelineSchema, timeline)).toBe(true)
        expect(timeline.slices.length * timeline.sliceMs).toBeCloseTo(lengthMs, 1)
        let counted = 0
        for (const { from, counts, maxUs } of timeline.slices) {
          counted += counts.reduce((sum, count) => sum + count, 0)
          if (counts.length === 0) continue
          expect(counts.at(0)).toBeGreaterThan(0)
          expect(counts.at(-1)).toBeGreaterThan(0)
          const highest = from + counts.length - 1
          expect(maxUs).toBeGreaterThanOrEqual(highest === 0 ? 0 : 2 ** highest)
          if (highest < 31) expect(maxUs).toBeLessThan(2 ** (highest + 1))
        }
        expect(counted).toBe(all.length)
        const longestUs = Math.max(0, ...all.map(([, delayUs]) => Math.round(delayUs)))
        expect(Math.max(...timeline.slices.map(({ maxUs }) => maxUs))).toBe(longestUs)
      }),
    )
  })

  test('merged from parts is that of the whole', () => {
    fc.assert(
      fc.property(lengthsMs, delays, delays, (lengthMs, some, others) => {
        const merged = mergedTimeline([some, others].map((part) => record(lengthMs, part).summary()))
        expect(merged).toEqual(record(lengthMs, [...some, ...others]).summary())
      }),
    )
  })
})
