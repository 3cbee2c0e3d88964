import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Runs } from './entries.ts'
import { addNumber, countOf, hasNumber, listOf, runsOf } from './runs.ts'

const numbers = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 80 })

test('a set of numbers knows what was added, and how many, in whatever order', () => {
  fc.assert(
    fc.property(numbers, (list) => {
      const runs: Runs = []
      const known = new Set<number>()
      for (const value of list) {
        expect(addNumber(runs, value)).toBe(!known.has(value))
        known.add(value)
      }
      expect(countOf(runs)).toBe(known.size)
      for (let value = 0; value <= 61; value++) expect(hasNumber(runs, value)).toBe(known.has(value))
      expect(listOf(runs)).toEqual([...known].sort((a, b) => a - b))
    }),
  )
})

test('events that came in order are one run', () => {
  const runs: Runs = []
  for (let seq = 1; seq <= 10_000; seq++) addNumber(runs, seq)
  expect(runs).toEqual([[1, 10_000]])
})

test('a list comes out of its runs as it was', () => {
  fc.assert(
    fc.property(numbers, (list) => {
      expect(listOf(runsOf(list))).toEqual(list)
    }),
  )
})
