import fc from 'fast-check'
import { build, decodeFromCompressedBase64 } from 'hdr-histogram-js'
import { expect, test } from 'vitest'
import { DistributionRecorder } from './distribution.ts'

const durations = fc.array(fc.integer({ min: 1, max: 60_000_000 }), { minLength: 1, maxLength: 300 })

test('percentiles are those of the sorted samples, to three significant figures', () => {
  fc.assert(
    fc.property(durations, (samples) => {
      const recorder = new DistributionRecorder()
      for (const sample of samples) recorder.add(sample)
      const summary = recorder.summary()
      const sorted = [...samples].sort((a, b) => a - b)
      for (const [q, value] of [
        [0.5, summary.p50Us],
        [0.9, summary.p90Us],
        [0.99, summary.p99Us],
      ] as const) {
        const exact = sorted[Math.ceil(q * sorted.length) - 1] as number
        expect(Math.abs(value - exact) / exact).toBeLessThanOrEqual(0.001)
      }
      expect(summary.maxUs).toBe(sorted.at(-1))
      expect(summary.minUs).toBe(sorted[0])
      const meanUs = samples.reduce((sum, sample) => sum + sample, 0) / samples.length
      expect(Math.abs(summary.meanUs - meanUs)).toBeLessThanOrEqual(0.0006)
    }),
  )
})

test('the encoded histogram holds all samples and merges with another without loss', () => {
  const [a, b] = [new DistributionRecorder(), new DistributionRecorder()]
  for (let i = 1; i <= 100; i++) (i % 2 ? a : b).add(i * 1_000)
  const merged = decodeFromCompressedBase64(a.summary().hdr)
  merged.add(decodeFromCompressedBase64(b.summary().hdr))
  expect(merged.totalCount).toBe(100)
  expect(merged.getValueAtPercentile(50) / 50_000).toBeCloseTo(1, 2)
})

test('a wait of more than an hour is an hour in the histogram and itself as the maximum', () => {
  const recorder = new DistributionRecorder()
  recorder.add(1)
  recorder.add(7.2e9)
  const { maxUs, p99Us, hdr } = recorder.summary()
  expect(maxUs).toBe(7.2e9)
  expect(p99Us / 3.6e9).toBeCloseTo(1, 2)
  expect(decodeFromCompressedBase64(hdr).getValueAtPercentile(99) / 3.6e9).toBeCloseTo(1, 2)
})

const anything = fc.array(fc.double({ min: -10, max: 1e10, noNaN: true }), { minLength: 1, maxLength: 50 })

test('no figure contradicts another: from the shortest over the percentiles to the longest none is smaller', () => {
  fc.assert(
    fc.property(anything, (samples) => {
      const recorder = new DistributionRecorder()
      for (const sample of samples) recorder.add(sample)
      const { minUs, p50Us, p90Us, p99Us, p999Us, maxUs } = recorder.summary()
      const figures = [minUs, p50Us, p90Us, p99Us, p999Us, maxUs]
      expect(figures).toEqual(figures.toSorted((a, b) => a - b))
    }),
  )
})

test('buckets are those of the library that reads them', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 3_600_000_000 }), { maxLength: 50 }), (samples) => {
      const recorder = new DistributionRecorder()
      const histogram = build({ highestTrackableValue: 3_600_000_000, numberOfSignificantValueDigits: 3 })
      for (const sample of samples) {
        recorder.add(sample)
        histogram.recordValue(sample)
      }
      const decoded = decodeFromCompressedBase64(recorder.summary().hdr)
      for (const percentile of [1, 25, 50, 75, 99, 100]) {
        expect(decoded.getValueAtPercentile(percentile)).toBe(histogram.getValueAtPercentile(percentile))
      }
    }),
  )
})

test('mean, minimum and maximum have no digits beyond a nanosecond', () => {
  const recorder = new DistributionRecorder()
  for (const sample of [100.123456, 200.98765, 300.00049]) recorder.add(sample)
  expect(recorder.summary()).toMatchObject({ meanUs: 200.371, minUs: 100.123, maxUs: 300 })
})
