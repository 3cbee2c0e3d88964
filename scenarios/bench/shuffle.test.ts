import { expect, test } from 'vitest'
import { shuffledRounds } from './shuffle.ts'

const cells = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name }))
const order = (seed: number) => shuffledRounds(cells, 2, seed).map(({ name, trial }) => `${name}${trial}`)

test('every round has every cell once, and comes after the round before', () => {
  expect(order(1).slice(0, 5).sort()).toEqual(['a1', 'b1', 'c1', 'd1', 'e1'])
  expect(order(1).slice(5).sort()).toEqual(['a2', 'b2', 'c2', 'd2', 'e2'])
})

test('the order follows from the seed alone', () => {
  expect(order(1)).toEqual(order(1))
  expect(order(2)).not.toEqual(order(1))
})
