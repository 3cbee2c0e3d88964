import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { geometricEstimate } from './estimate.ts'
import { holm } from './holm.ts'
import { median } from './median.ts'
import { medianInterval } from './median-interval.ts'
import { pairedRatio as ratioOfPairs, unpairedRatio } from './ratio.ts'
import { studentQuantile, studentTwoSidedP } from './student-t.ts'

const pairedRatio = (a: number[], b: number[]) => ratioOfPairs(a.map((value, i) => [value, b[i] as number]))

describe("Student's t", () => {
  // Two-sided 5 % and 1 % points of the published table (Fisher and Yates 1938, Table III).
  test.each([
    [1, 12.706, 63.657],
    [2, 4.303, 9.925],
    [5, 2.571, 4.032],
    [10, 2.228, 3.169],
    [30, 2.042, 2.75],
    [120, 1.98, 2.617],
  ])('has the table’s critical values for %i degrees of freedom', (degrees, five, one) => {
    expect(studentQuantile(0.05, degrees)).toBeCloseTo(five, 3)
    expect(studentQuantile(0.01, degrees)).toBeCloseTo(one, 3)
  })

  test('has closed forms for one and two degrees of freedom', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (t) => {
        expect(studentTwoSidedP(t, 1)).toBeCloseTo(1 - (2 / Math.PI) * Math.atan(t), 8)
        expect(studentTwoSidedP(t, 2)).toBeCloseTo(1 - t / Math.sqrt(2 + t * t), 8)
      }),
    )
  })
})

describe('the estimate of what scatters in proportion', () => {
  const delays = (minLength: number) =>
    fc.array(fc.double({ min: 1, max: 1e6, noNaN: true }), { minLength, maxLength: 12 })

  test('divides to the ratio of the same trials, and lies within its own interval', () => {
    fc.assert(
      fc.property(delays(2), (all) => {
        const others = all.map((value, i) => value * (1 + (i % 3)))
        const [one, other] = [geometricEstimate(all), geometricEstimate(others)]
        expect(one.value / other.value).toBeCloseTo(pairedRatio(all, others).value, 9)
        expect(one.value).toBeGreaterThanOrEqual(one.low * (1 - 1e-9))
        expect(one.value).toBeLessThanOrEqual(one.high * (1 + 1e-9))
      }),
    )
  })

  test('is exact where nothing scatters, and the median where a trial has 0', () => {
    expect(geometricEstimate([218, 218, 218])).toMatchObject({ value: 218, low: 218, high: 218 })
    expect(geometricEstimate([0, 4, 9, Number.NaN])).toMatchObject({ value: 4, low: 0, high: 9, n: 3 })
    expect(geometricEstimate([]).value).toBeNaN()
  })
})

describe('the interval for a median', () => {
  // Coverages as in David and Nagaraja: n = 6, 7, 8, 9, 10.
  test.each([
    [6, 1, 0.96875],
    [7, 1, 0.984375],
    [8, 1, 0.9921875],
    [9, 2, 0.9609375],
    [10, 2, 0.978515625],
  ])('of %i values leaves out %i on each side and covers with %d', (n, k, coverage) => {
    const values = Array.from({ length: n }, (_, i) => i + 1)
    expect(medianInterval(values)).toEqual({ low: k, high: n + 1 - k, coverage })
  })

  test('is none below six values: no range of five reaches 95 %', () => {
    expect(medianInterval([1, 2, 3, 4, 5])).toBeUndefined()
  })

  test('holds the median', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 6, maxLength: 40 }),
        (values) => {
          const { low, high, coverage } = medianInterval(values) ?? expect.fail()
          expect(low).toBeLessThanOrEqual(median(values))
          expect(high).toBeGreaterThanOrEqual(median(values))
          expect(coverage).toBeGreaterThanOrEqual(0.95)
        },
      ),
    )
  })
})

describe("Holm's correction", () => {
  test('multiplies the smallest by the number of tests, the next by one less, and never steps back', () => {
    expect(holm([0.04, 0.01, 0.03]).map((p) => +p.toFixed(3))).toEqual([0.06, 0.03, 0.06])
  })

  test('never lowers a p-value, keeps their order, and takes what was not tested for no difference', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (pValues) => {
        const adjusted = holm(pValues)
        for (const [i, p] of pValues.entries()) expect(adjusted[i]).toBeGreaterThanOrEqual(p)
        for (const [i, p] of pValues.entries()) {
          for (const [k, q] of pValues.entries())
            if (p < q) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[k] ?? 0)
        }
      }),
    )
    expect(holm([Number.NaN, 0.001])).toEqual([1, 0.002])
  })
})

/** Samples of a log-normal delay from a seeded generator: Box and Muller over a linear congruential one. */
function delays(seed: number, n: number, medianUs: number, sigma: number): number[] {
  let state = seed * 2654435761 + 12345
  const uniform = () => {
    state = (state * 1664525 + 1013904223) % 4294967296
    return (state + 0.5) / 4294967296
  }
  for (let i = 0; i < 20; i++) uniform()
  return Array.from(
    { length: n },
    () =>
      medianUs * Math.exp(sigma * Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())),
  )
}

describe('ratios', () => {
  test('of pairs see through what hits both: a slow minute does not matter', () => {
    const slowness = [1, 1, 3, 1, 2, 1]
    const a = slowness.map((factor, i) => factor * (1_200 + i))
    const b = slowness.map((factor) => factor * 1_000)
    expect(pairedRatio(a, b).p).toBeLessThan(0.001)
    expect(pairedRatio(a, b).value).toBeCloseTo(1.2025, 3)
    expect(unpairedRatio(a, b).p).toBeGreaterThan(0.3)
  })

  test('of counts that do not scatter are exact: a byte more is a difference', () => {
    expect(pairedRatio([102, 102], [101, 101])).toMatchObject({ low: 102 / 101, high: 102 / 101, p: 0 })
    expect(pairedRatio([102, 102], [102, 102])).toMatchObject({ value: 1, p: 1 })
  })

  test('of one trial are not tested', () => {
    expect(pairedRatio([2], [1]).p).toBeNaN()
    expect(unpairedRatio([2], [1]).p).toBeNaN()
  })

  test('of the same thing twice are called different in about one of twenty', () => {
    for (const ratio of [pairedRatio, unpairedRatio]) {
      const different = Array.from({ length: 1_000 }, (_, i) =>
        ratio(delays(2 * i, 6, 1_000, 0.15), delays(2 * i + 1, 6, 1_000, 0.15)),
      )
      const share = different.filter(({ p }) => p < 0.05).length / 1_000
      expect(share).toBeGreaterThan(0.02)
      expect(share).toBeLessThan(0.08)
    }
  })

  test('find a planted fifth where trials scatter by a twentieth', () => {
    const found = Array.from({ length: 200 }, (_, i) =>
      pairedRatio(delays(2 * i, 6, 1_200, 0.05), delays(2 * i + 1, 6, 1_000, 0.05)),
    )
    expect(found.filter(({ p }) => p < 0.05).length).toBeGreaterThan(195)
    expect(found.filter(({ low, high }) => low <= 1.2 && high >= 1.2).length).toBeGreaterThan(175)
  })
})
