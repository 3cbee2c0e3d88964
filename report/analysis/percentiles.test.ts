import { describe, expect, test } from 'vitest'
import { DistributionRecorder } from '../../clients/measure/distribution.ts'
import { recordsFixture } from '../fixture.ts'
import { measuredScenarios } from './cells.ts'
import { mayShow } from './may-show.ts'
import { percentileCurve } from './percentiles.ts'

describe('a percentile', () => {
  test.each([
    [0.9, 100],
    [0.99, 1_000],
    [0.999, 10_000],
  ])('%d is shown from %i samples on', (quantile, n) => {
    expect(mayShow(quantile, n)).toBe(true)
    expect(mayShow(quantile, n - 1)).toBe(false)
  })

  test('of a cell is that of all trials’ samples together, and not a mean of percentiles', () => {
    // One slow trial of four: a mean of the four p90 would say 32.5 ms.
    const trialsUs = [10_000, 10_000, 10_000, 100_000].map((us) => Array.from({ length: 500 }, () => us))
    const records = recordsFixture({ technique: 'sse', mediansUs: [1, 2, 3, 4] }).map((record, i) => {
      const recorder = new DistributionRecorder()
      for (const us of trialsUs[i] ?? []) recorder.add(us)
      return { ...record, latency: recorder.summary() }
    })
    const curve = percentileCurve(measuredScenarios(records)[0]?.cells[0] ?? expect.fail())
    const sorted = trialsUs.flat().sort((a, b) => a - b)
    expect(curve.map(({ quantile }) => quantile)).toEqual([0, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.995])
    for (const { quantile, us } of curve) {
      const nearestRank = sorted[Math.max(0, Math.ceil(quantile * sorted.length) - 1)] ?? Number.NaN
      expect(Math.abs(us / nearestRank - 1)).toBeLessThan(1e-3)
    }
  })
})
