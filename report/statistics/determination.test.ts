import { expect, test } from 'vitest'
import { determination } from './determination.ts'

const of = (ys: number[]) => determination(ys.map((y, x) => [x, y]))

test('is 1 for points on a line, and for those that do not vary', () => {
  expect(of([10, 12, 14])).toBe(1)
  expect(of([5, 5, 5])).toBe(1)
})

test('is the share of the variance that the line explains', () => {
  expect(of([1, 3, 2])).toBeCloseTo(0.25)
  expect(of([1, 4, 1])).toBe(0)
})

test('is not a number where nothing varies along x', () => {
  expect(
    determination([
      [1, 1],
      [1, 2],
    ]),
  ).toBeNaN()
})
