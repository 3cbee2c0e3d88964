import { describe, expect, test } from 'vitest'
import { DistributionRecorder } from '../../clients/measure/distribution.ts'
import { recordsFixture } from '../fixture/records.ts'
import { supportsPercentile } from '../statistics/percentile-support.ts'
import { measuredScenarios } from './measured-scenarios.ts'
import { percentileCurve } from './percentiles.ts'

describe('a percentile', () => {
  test.each([
    [0.9, 100],
    [0.99, 1_000],
    [0.999, 10_000],
  ])('%d is shown from %i samples on', (quantile, n) => {
    expect(supportsPercentile(quantile, n)).toBe(true)
    expect(supportsPercentile(quantile, n - 1)).toBe(false)
  })

  test('of a cell is the median over its trials, as all figures are, with their range', () => {
    const trialsUs = [10_000, 20_000, 100_000]
    const records = recordsFixture({ technique: 'sse', mediansUs: [1, 2, 3] }).map((record, i) => {
      const recorder = new DistributionRecorder()
      for (let k = 0; k < 500; k++) recorder.add(trialsUs[i] ?? 0)
      return { ...record, latency: recorder.summary() }
    })
    const curve = percentileCurve(measuredScenarios(records)[0]?.cells[0] ?? expect.fail())
    // 500 samples a trial: together they would tell p99, none of them does.
    expect(curve.map(({ quantile }) => quantile)).toEqual([0, 0.25, 0.5, 0.75, 0.9, 0.95])
    for (const { value, low, high } of curve) {
      for (const [us, expected] of [
        [value, 20_000],
        [low, 10_000],
        [high, 100_000],
      ] as const)
        expect(Math.abs(us / expected - 1)).toBeLessThan(1e-3)
    }
  })
})
