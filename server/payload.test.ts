import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decodePayload,
  encodeBinaryPayload,
  encodePayload,
  encodeWord,
  MIN_PAYLOAD_BYTES,
  MIN_TIMED_PAYLOAD_BYTES,
  MIN_WORD_BYTES,
  textBytes,
  textOfBinary,
} from './payload.ts'

describe('an encoded event', () => {
  test('has exactly the length asked for, and is JSON that holds its number', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9_999_999 }),
        fc.nat({ max: 1e10 }),
        fc.nat({ max: 1e6 }),
        fc.integer({ min: MIN_PAYLOAD_BYTES, max: 5000 }),
        (seq, dueUs, lagUs, payloadBytes) => {
          const text = encodePayload(seq, dueUs, dueUs + lagUs, payloadBytes)
          expect(Buffer.byteLength(text)).toBe(payloadBytes)
          const payload = JSON.parse(text)
          expect(payload.seq).toBe(seq)
          if (payloadBytes >= MIN_TIMED_PAYLOAD_BYTES)
            expect(payload).toMatchObject({ due: dueUs, pub: dueUs + lagUs })
          else expect(payload.due).toBeUndefined()
        },
      ),
    )
  })

  test('holds the example of the documentation', () => {
    expect(encodePayload(12, 1_150_000, 1_150_310, 64)).toMatch(
      /^\{"seq":12,"due":1150000,"pub":1150310,"pad":"[a-z0-9 ]{17}"\}$/,
    )
  })

  test('is filled with what compresses about as messages do, and with something else each time', () => {
    const events = Array.from({ length: 200 }, (_, i) => encodePayload(i + 1, i * 1e5, i * 1e5 + 300, 1_000))
    const one = deflateRawSync(events[0] as string).length
    const all = deflateRawSync(events.join('')).length / events.length
    // A two-hundredth of the whole is what an event takes whose predecessors are known.
    expect(one / 1_000).toBeGreaterThan(0.3)
    expect(one / 1_000).toBeLessThan(0.65)
    expect(all / 1_000).toBeGreaterThan(0.2)
    expect(all / 1_000).toBeLessThan(one / 1_000)
  })

  test('that is binary has exactly the length asked for, comes back as it was, and does not compress', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9_999_999 }),
        fc.nat({ max: 1e10 }),
        fc.integer({ min: MIN_PAYLOAD_BYTES, max: 5000 }),
        (seq, dueUs, payloadBytes) => {
          const bytes = encodeBinaryPayload(seq, dueUs, dueUs + 7, payloadBytes)
          expect(bytes.length).toBe(payloadBytes)
          const isTimed = payloadBytes >= MIN_TIMED_PAYLOAD_BYTES
          const expected = isTimed ? { seq, due: dueUs, pub: dueUs + 7 } : { seq }
          expect(decodePayload(bytes)).toEqual(expected)
          const text = textOfBinary(bytes)
          expect(text.length).toBe(textBytes(payloadBytes, true))
          expect(decodePayload(JSON.parse(text))).toEqual(expected)
        },
      ),
    )
    expect(deflateRawSync(encodeBinaryPayload(1, 0, 0, 5_000)).length).toBeGreaterThan(4_900)
  })

  test.each([null, 7, [], {}, 'AAAA', { seq: '1' }, new Uint8Array(3)])('is not %j', (value) => {
    expect(() => decodePayload(value)).toThrow(/not an event/)
  })

  test('that does not fit says so and names a way out', () => {
    expect(() => encodePayload(1_234_567_890, 0, 0, 16)).toThrow(/needs 18 bytes .* larger payload/)
  })
})

test('a word is a JSON string of exactly the length asked for, below that of an event with its number', () => {
  expect(encodeWord(7)).toBe('"hello"')
  for (let bytes = MIN_WORD_BYTES; bytes < MIN_PAYLOAD_BYTES; bytes++) {
    expect(encodeWord(bytes)).toHaveLength(bytes)
    expect(JSON.parse(encodeWord(bytes))).toHaveLength(bytes - 2)
  }
  for (const bytes of [MIN_WORD_BYTES - 1, MIN_PAYLOAD_BYTES])
    expect(() => encodeWord(bytes)).toThrow('A word has')
})
