import fc from 'fast-check'
import { expect, test } from 'vitest'
import { delimitedReader } from './delimited.ts'

test('lines are the same wherever the stream is cut, within a character too', () => {
  const text = fc.array(fc.oneof(fc.string(), fc.constantFrom('ä', '\u2028', '😀', '\n', '')), {
    maxLength: 20,
  })
  fc.assert(
    fc.property(text, fc.array(fc.nat({ max: 60 })), (parts, cuts) => {
      const bytes = Buffer.from(`${parts.join('')}\n`)
      const read: string[] = []
      const feed = delimitedReader((line) => read.push(line))
      const seams = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length]
      for (let i = 1; i < seams.length; i++) feed(bytes.subarray(seams[i - 1], seams[i]))
      expect(read).toEqual(bytes.toString().split('\n').slice(0, -1))
    }),
  )
})
