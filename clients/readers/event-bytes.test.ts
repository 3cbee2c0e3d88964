import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  decodePayload,
  encodeBinaryPayload,
  encodePayload,
  MAX_PAYLOAD_BYTES,
  type Payload,
  textOfBinary,
} from '../../server/payload.ts'
import type { ReceivedEvent } from '../technique.ts'
import { EventBytes } from './event-bytes.ts'
import { canonicalEvent, eventText, mutated, mutations } from './fixture/streams.ts'

/** An event in the middle of something else. */
function within(text: string | Uint8Array): [Buffer, number, number] {
  const bytes = Buffer.concat([
    Buffer.from(',"pub":12'),
    Buffer.from(text as string),
    Buffer.from(',"pub":1}"'),
  ])
  return [bytes, 9, bytes.length - 10]
}

const of = (event: ReceivedEvent) => ({
  seq: event.seq,
  due: event.due,
  pub: event.pub,
  payload: event.payload(),
})
const ofPayload = (payload: Payload) => ({ seq: payload.seq, due: payload.due, pub: payload.pub, payload })

function tried(run: () => unknown): unknown {
  try {
    return run()
  } catch (error) {
    return (error as Error).message
  }
}

test('an event as the server writes it is recognized by its bytes, whatever stands around it', () => {
  const event = new EventBytes()
  fc.assert(
    fc.property(canonicalEvent, (text) => {
      const [bytes, start, end] = within(text)
      expect(event.take(bytes, start, end)).toBe(true)
      expect(of(event)).toEqual(ofPayload(decodePayload(JSON.parse(text))))
      expect(event.takePrefix(bytes, start, bytes.length)).toBe(end)
      expect(event.take(bytes, start, end - 1)).toBe(false)
      expect(event.take(bytes, start, end + 1)).toBe(false)
    }),
  )
})

test('every size has the form that is recognized', () => {
  const event = new EventBytes()
  for (let size = 16; size < 300; size++) {
    for (const text of [encodePayload(7, 1, 2, size), textOfBinary(encodeBinaryPayload(7, 1, 2, size))]) {
      expect(event.take(...within(text))).toBe(true)
      expect(of(event)).toEqual(ofPayload(decodePayload(JSON.parse(text))))
    }
  }
  const largest = encodePayload(7, 1, 2, MAX_PAYLOAD_BYTES)
  expect(event.take(...within(largest))).toBe(true)
  expect(of(event)).toEqual(ofPayload(JSON.parse(largest)))
})

test('any other text is an event, or is refused in the same words, as when it is parsed', () => {
  const event = new EventBytes()
  const text = fc.oneof(
    eventText,
    fc.tuple(eventText, mutations).map(([valid, list]) => mutated(Buffer.from(valid), list).toString()),
  )
  fc.assert(
    fc.property(text, (json) => {
      const parsed = tried(() => ofPayload(decodePayload(JSON.parse(json))))
      const taken = tried(() => {
        event.takeText(...within(json))
        return of(event)
      })
      expect(taken).toEqual(parsed)
    }),
    { numRuns: 3_000 },
  )
})

test('a binary event is read as it is decoded', () => {
  const event = new EventBytes()
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const decoded = tried(() => ofPayload(decodePayload(bytes)))
      const taken = tried(() => {
        event.takeBinary(...within(bytes))
        return of(event)
      })
      expect(taken).toEqual(decoded)
    }),
  )
})
