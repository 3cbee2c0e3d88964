import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromColumns, toColumns } from './columns.ts'

const back = (objects: object[]) => fromColumns(JSON.parse(JSON.stringify(toColumns(objects))))

test('objects are the same again, field by field', () => {
  const objects = [
    { a: 1, b: { c: null, d: [1, { e: 2 }] }, f: {} },
    { a: 2, b: { c: 3 }, f: { g: 'x' } },
    { b: {}, __proto__x: true },
  ]
  expect(back(objects)).toEqual(objects)
})

test('names stand there once', () => {
  const text = JSON.stringify(toColumns(Array.from({ length: 50 }, (_, latencyUs) => ({ latencyUs }))))
  expect(text.split('latencyUs').length - 1).toBe(1)
})

test('whatever JSON can say comes back', () => {
  fc.assert(
    fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue())), (objects) => {
      expect(back(objects)).toEqual(JSON.parse(JSON.stringify(objects)))
    }),
  )
})
