import fc from 'fast-check'
import { expect, test } from 'vitest'
import { listOf, NumberSet, runsOf } from './runs.ts'

const numbers = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 80 })

test('a set of numbers knows what was added, and how many, in whatever order', () => {
  fc.assert(
    fc.property(numbers, (list) => {
      const [set, known] = [new NumberSet(), new Set<number>()]
      for (const value of list) {
        expect(set.add(value)).toBe(!known.has(value))
        known.add(value)
      }
      for (const again of [set, NumberSet.of(set.runs)]) {
        expect(again.size).toBe(known.size)
        for (let value = 0; value <= 61; value++) expect(again.has(value)).toBe(known.has(value))
      }
      expect(listOf(set.runs)).toEqual([...known].sort((a, b) => a - b))
    }),
  )
})

test('events that came in order are one run', () => {
  const set = new NumberSet()
  for (let seq = 1; seq <= 10_000; seq++) set.add(seq)
  expect(set.runs).toEqual([[1, 10_000]])
})

test('a list comes out of its runs as it was', () => {
  fc.assert(
    fc.property(numbers, (list) => {
      expect(listOf(runsOf(list))).toEqual(list)
    }),
  )
})
