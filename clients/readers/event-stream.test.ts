import { createParser } from 'eventsource-parser'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import sse from '../../server/techniques/sse.ts'
import { EventStreamReader } from './event-stream.ts'
import { cuts, eventText, mutated, mutations, readCut, readWhole, taking } from './fixture/streams.ts'
import { MAX_MESSAGE_BYTES, type Reader } from './reader.ts'

function reading(read: (reader: Reader) => void): unknown[] {
  const events: unknown[] = []
  read(
    new EventStreamReader(
      (type, bytes, start, end) => events.push([type, Buffer.from(bytes.subarray(start, end)).toString()]),
      taking((text) => events.push(['message', text])),
    ),
  )
  return events
}

/** An event whose type is `message`, or empty, is one without a type; the library hands on what the stream says. */
function byLibrary(bytes: Buffer): unknown[] {
  const events: unknown[] = []
  createParser({ onEvent: ({ event, data }) => events.push([event || 'message', data]) }).feed(
    bytes.toString(),
  )
  return events
}

const lineEnd = fc.oneof({ weight: 5, arbitrary: fc.constant('\n') }, fc.constantFrom('\r', '\r\n'))
const field = fc.oneof(
  eventText.map((data) => `data: ${data}`),
  fc.string().map((data) => `data:${data}`),
  fc.constantFrom(
    'data',
    'data:',
    'data: ',
    'data:  two spaces',
    'data:\u{1f600}\u2028',
    'dat',
    'datas: x',
    'data : x',
    'Data: x',
    ' data: x',
    'event: gap',
    'event:opening',
    'event',
    'event: ',
    'events: x',
    'id: 12',
    'id',
    'id: \0',
    'retry: 1000',
    'retry: x',
    ': comment',
    ':',
    '',
    'whatever',
    '\ufeffdata: x',
    `: ${'long '.repeat(100)}`,
    `data: ${'long '.repeat(100)}`,
  ),
)
const stream = fc
  .tuple(
    fc.constantFrom('', '', '\ufeff', '\ufeff\ufeff'),
    fc.array(
      fc.oneof(
        fc
          .tuple(fc.array(field, { maxLength: 4 }), lineEnd)
          .map(([fields, end]) => [...fields, '', ''].join(end)),
        fc.tuple(field, lineEnd).map((parts) => parts.join('')),
        fc
          .tuple(fc.nat(), eventText)
          .map(([seq, data]) => sse.frame({ seq, data, scheduledAtUs: 0, publishedAtUs: 0 }) as string),
      ),
      { maxLength: 8 },
    ),
  )
  .map(([mark, blocks]) => Buffer.from(mark + blocks.join('')))
const damaged = fc.tuple(stream, mutations).map(([bytes, list]) => mutated(bytes, list))

test('an event stream gives what the library reads in it, wherever it is cut, damaged or not', () => {
  fc.assert(
    fc.property(fc.oneof(stream, damaged), cuts, (bytes, pieces) => {
      const whole = reading((reader) => readWhole(reader, bytes))
      expect(whole).toEqual(byLibrary(bytes))
      expect(reading((reader) => readCut(reader, bytes, pieces))).toEqual(whole)
    }),
    { numRuns: 2_000 },
  )
})

test('what is incomplete at the end is no event', () => {
  expect(reading((reader) => readWhole(reader, Buffer.from('data: a\n\ndata: b\n')))).toEqual([
    ['message', 'a'],
  ])
})

test.each([
  ['line', Buffer.from('data: '), Buffer.alloc(65_536, 'x')],
  ['comment', Buffer.from(':'), Buffer.alloc(65_536, 'x')],
  ['event', Buffer.alloc(0), Buffer.from(`data: ${'x'.repeat(1_000)}\n`)],
])('a %s without an end is given up', (_what, first, more) => {
  const reader = new EventStreamReader(() => {})
  reader.read(first, 0, first.length)
  let bytes = 0
  expect(() => {
    for (; bytes < 2 * MAX_MESSAGE_BYTES; bytes += more.length) reader.read(more, 0, more.length)
  }).toThrow('without an end')
  // The fields' names are not kept.
  expect(bytes).toBeLessThan(1.01 * MAX_MESSAGE_BYTES)
})
