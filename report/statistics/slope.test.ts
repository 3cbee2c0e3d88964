import { expect, test } from 'vitest'
import { slopeDifference, slopeOf } from './slope.ts'

test('the slope through points on a line is the line’s, without an interval to speak of', () => {
  const slope = slopeOf([
    [1, 5],
    [2, 7],
    [4, 11],
  ])
  expect(slope?.value).toBeCloseTo(2, 12)
  expect([slope?.low, slope?.high]).toEqual([expect.closeTo(2, 9), expect.closeTo(2, 9)])
})

test('scattered points give slope, standard error and interval as the textbook has them', () => {
  // x 1..5, y 2, 4, 5, 4, 5: slope 0.6, residual sum of squares 2.4, t(3) at 95 % = 3.182.
  const slope = slopeOf([2, 4, 5, 4, 5].map((y, i) => [i + 1, y]))
  expect(slope?.value).toBeCloseTo(0.6, 12)
  expect(slope?.standardError).toBeCloseTo(Math.sqrt(2.4 / 3 / 10), 12)
  expect(slope?.high).toBeCloseTo(0.6 + 3.1824 * Math.sqrt(0.08), 3)
  expect(slope?.n).toBe(5)
})

test('two positions make no slope, however often they are repeated', () => {
  expect(
    slopeOf([
      [1, 1],
      [1, 2],
      [2, 3],
      [2, 4],
    ]),
  ).toBeUndefined()
})

test('a difference of slopes has an interval from the nearest ends to the farthest', () => {
  const of = (value: number, reach: number) => ({
    ...{ value, low: value - reach, high: value + reach, standardError: reach / 3, n: 6 },
  })
  expect(slopeDifference(of(10, 1), of(4, 2))).toMatchObject({ value: 6, low: 3, high: 9, n: 6 })
})
