import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chosenScale, linearScale, logScale, type Scale, spanScale } from './scale.ts'

const valuesOf = ({ ticks }: Scale) => ticks.map(({ value }) => value)
const labelsOf = ({ ticks }: Scale) => ticks.filter(({ labelled }) => labelled).map(({ value }) => value)
const amounts = (min: number) => fc.array(fc.double({ min, max: 1e12, noNaN: true }))
const aboveZero = amounts(1e-9)

describe('ticks', () => {
  test.for([
    { name: 'linear', scale: linearScale, values: amounts(-1e12) },
    { name: 'linear, from 0 on', scale: linearScale, values: amounts(0) },
    { name: 'logarithmic', scale: logScale, values: aboveZero },
  ])('increase, cover the values, and have two to eight texts: $name', ({ scale, values }) => {
    fc.assert(
      fc.property(values, (all) => {
        const made = scale(all)
        const ticks = valuesOf(made)
        for (const [i, tick] of ticks.slice(1).entries()) expect(tick).toBeGreaterThan(ticks[i] as number)
        for (const value of all) {
          expect(made.at(value)).toBeGreaterThanOrEqual(-1e-9)
          expect(made.at(value)).toBeLessThanOrEqual(1 + 1e-9)
        }
        expect(labelsOf(made).length).toBeGreaterThanOrEqual(2)
        expect(labelsOf(made).length).toBeLessThanOrEqual(8)
      }),
    )
  })

  test('of a linear scale are round, and begin at 0', () => {
    expect(valuesOf(linearScale([3, 47]))).toEqual([0, 10, 20, 30, 40, 50])
    expect(valuesOf(linearScale([0.05, 0.28]))).toEqual([0, 0.1, 0.2, 0.3])
    expect(valuesOf(linearScale([-3, 9]))).toEqual([-5, 0, 5, 10])
  })

  test('of a logarithmic scale are 1, 2 and 5 times a power of ten, with fewer texts where it is long', () => {
    expect(labelsOf(logScale([0.9, 12]))).toEqual([0.5, 1, 2, 5, 10, 20])
    expect(labelsOf(logScale([0.3, 900]))).toEqual([1, 10, 100, 1000])
    expect(valuesOf(logScale([0.3, 900]))).toHaveLength(12)
    expect(labelsOf(logScale([1, 1e12]))).toEqual([1, 1e2, 1e4, 1e6, 1e8, 1e10, 1e12])
  })

  test('of a span end with it', () => {
    const span = spanScale(730)
    expect(valuesOf(span)).toEqual([0, 200, 400, 600])
    expect(span.at(730)).toBe(1)
    expect(valuesOf(spanScale(Number.NaN))).toContain(0)
  })

  test('that are chosen are those that have a place', () => {
    const ticks = [0, 1, 10, Number.POSITIVE_INFINITY].map((value) => ({ value, labelled: true }))
    expect(valuesOf(chosenScale(ticks, [], true))).toEqual([1, 10])
    expect(chosenScale(ticks, [100], true).at(10)).toBeCloseTo(0.5)
    expect(chosenScale([], [7]).at(7)).toBe(0.5)
    expect(chosenScale([], []).at(1)).toBe(0)
  })
})

describe('a scale', () => {
  test('has room around a single value, and where there is none', () => {
    expect(logScale([10]).at(10)).toBeCloseTo(0.5)
    expect(valuesOf(logScale([]))).toEqual([1, 2, 5, 10])
    expect(linearScale([0]).at(0)).toBe(0)
    expect(linearScale([5]).at(5)).toBe(1)
  })

  test('has no place on a logarithmic axis for 0 and what is below', () => {
    expect(logScale([0, -1, 1, 10]).at(0)).toBeNaN()
    expect(valuesOf(logScale([0, -1, 1, 10]))).toEqual([1, 2, 5, 10])
  })
})
