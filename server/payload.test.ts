import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodePayload, MIN_PAYLOAD_BYTES, MIN_TIMED_PAYLOAD_BYTES } from './payload.ts'

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
    expect(encodePayload(12, 1_150_000, 1_150_310, 64)).toBe(
      '{"seq":12,"due":1150000,"pub":1150310,"pad":"abcdefghijklmnopq"}',
    )
  })

  test('that does not fit says so and names a way out', () => {
    expect(() => encodePayload(1_234_567_890, 0, 0, 16)).toThrow(/needs 18 bytes .* larger payload/)
  })
})
