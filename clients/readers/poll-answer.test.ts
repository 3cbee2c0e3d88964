import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PollAnswer } from '../../server/event.ts'
import { decodePayload } from '../../server/payload.ts'
import {
  cuts,
  eventText,
  mutated,
  mutations,
  type Outcome,
  outcomeOf,
  readCut,
  readWhole,
} from './fixture/streams.ts'
import { PollAnswerReader } from './poll-answer.ts'
import { MAX_MESSAGE_BYTES, type Reader } from './reader.ts'

/** Several answers, one after the other, by one reader. */
function reading(
  bodies: readonly Buffer[],
  read: (reader: Reader, body: Buffer) => void,
  callback?: string,
): Outcome {
  return outcomeOf((got) => {
    const reader = new PollAnswerReader(
      (head) => got.push({ ...head }),
      (event) => got.push([event.seq, event.due, event.pub, event.payload()]),
      callback,
    )
    for (const body of bodies) {
      read(reader, body)
      reader.end()
    }
  })
}

/** What the library's twin hands on. */
function byLibrary(bodies: readonly Buffer[], callback?: string): Outcome {
  return outcomeOf((got) => {
    for (const body of bodies) {
      const text = body.toString()
      if (callback && !(text.startsWith(`${callback}(`) && text.endsWith(');'))) throw new Error('No call.')
      const json = callback ? text.slice(callback.length + 1, -2) : text
      const { cursor: seq, feedId, gap, events, ended }: PollAnswer<unknown> = JSON.parse(json)
      got.push({ seq, feedId, gap, ended: ended ?? false, events: events.length })
      for (const event of events) {
        const payload = decodePayload(event)
        got.push([payload.seq, payload.due, payload.pub, payload])
      }
    }
  })
}

const answer = fc
  .record({
    cursor: fc.oneof(fc.maxSafeNat(), fc.constantFrom('01', '1e3', '-1', 'null', '12345678901234567890')),
    feedId: fc.constantFrom('"feed"', '"feed"', '"feed"', '"other"', '"a\\"b"', 'null'),
    gap: fc.constantFrom('', '', '', '"gap":{"after":1,"next":5,"feedId":"feed"},'),
    ended: fc.constantFrom('', '', '', '"ended":true,', '"ended":false,'),
    events: fc.array(eventText, { maxLength: 5 }),
  })
  .map(
    ({ cursor, feedId, gap, ended, events }) =>
      `{"cursor":${cursor},"feedId":${feedId},${gap}${ended}"events":[${events.join(',')}]}`,
  )

test.each([undefined, 'push'])(
  'answers are what JSON.parse makes of them, cut or damaged; callback: %s',
  (callback) => {
    const body = answer.map((json) => Buffer.from(callback ? `${callback}(${json});` : json))
    const damaged = fc.tuple(body, mutations).map(([bytes, list]) => mutated(bytes, list))
    const bodies = fc
      .tuple(fc.array(body, { maxLength: 3 }), fc.array(damaged, { maxLength: 1 }))
      .map((all) => all.flat())
    fc.assert(
      fc.property(bodies, cuts, (all, pieces) => {
        const whole = reading(all, readWhole, callback)
        expect(whole).toEqual(byLibrary(all, callback))
        expect(reading(all, (reader, bytes) => readCut(reader, bytes, pieces), callback)).toEqual(whole)
      }),
      { numRuns: 1_500 },
    )
  },
)

test('an answer without an end is given up', () => {
  const reader = new PollAnswerReader(
    () => {},
    () => {},
  )
  const more = Buffer.alloc(65_536, 'x')
  let bytes = 0
  expect(() => {
    for (; bytes < 2 * MAX_MESSAGE_BYTES; bytes += more.length) readWhole(reader, more)
  }).toThrow('without an end')
  expect(bytes).toBeLessThanOrEqual(MAX_MESSAGE_BYTES)
})
