import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { delimitedReader } from '../../server/delimited.ts'
import iframeStream from '../../server/techniques/iframe-stream.ts'
import multipartStream from '../../server/techniques/multipart-stream.ts'
import { DelimitedReader } from './delimited.ts'
import { cuts, eventText, mutated, mutations, readCut, readWhole, taking } from './fixture/streams.ts'
import { MultipartReader } from './multipart.ts'
import { MAX_MESSAGE_BYTES, type OnBytes, type Reader } from './reader.ts'
import { ScriptPageReader } from './script-page.ts'

const textOf: (...[bytes, start, end]: Parameters<OnBytes>) => string = (bytes, start, end) =>
  Buffer.from(bytes.subarray(start, end)).toString()

function linesOf(bytes: Buffer, delimiter = 0x0a): string[] {
  const lines: string[] = []
  delimitedReader((line) => lines.push(line), { delimiter })(bytes)
  return lines
}

/** One reader of each protocol of lines: what it hands on, and the same as the library's twin reads it. */
const protocols: {
  name: string
  reader(got: unknown[]): Reader
  expected(bytes: Buffer): unknown[]
  message: fc.Arbitrary<string>
}[] = [
  ...[0x0a, 0x00].map((delimiter) => ({
    name: `messages ended by ${delimiter}`,
    reader: (got: unknown[]) =>
      new DelimitedReader(
        (...message) => got.push(textOf(...message)),
        delimiter,
        taking((text) => got.push(text)),
      ),
    expected: (bytes: Buffer) => linesOf(bytes, delimiter),
    message: fc
      .oneof(eventText, fc.string(), fc.constantFrom('', '\r', '\u{1f600}', 'long '.repeat(100)))
      .map((message) => message + String.fromCharCode(delimiter)),
  })),
  {
    name: 'parts',
    reader: (got) =>
      new MultipartReader(
        (...part) => got.push(textOf(...part)),
        taking((text) => got.push(text)),
      ),
    expected: (bytes) => {
      const lines = linesOf(bytes)
      return lines.filter((_, i) => isContentAt(lines, i)).map((line) => line.slice(0, -1))
    },
    message: fc.oneof(
      { weight: 4, arbitrary: eventText.map((data) => multipartStream.frame(eventOf(data)) as string) },
      fc.constantFrom('\r\n', '\n', 'X: y\r\n', '--other\r\n', '{}\r\n'),
    ),
  },
  {
    name: 'calls',
    reader: (got) =>
      new ScriptPageReader(
        (call, ...json) => got.push([call, textOf(...json)]),
        taking((text) => got.push(['push', text])),
      ),
    expected: (bytes) =>
      linesOf(bytes).flatMap((line) => {
        // The dot stands for any character here, also for those that end a line of JavaScript.
        const [, call, json] = /^<script>parent\.(\w+)\((.*)\)<\/script>$/s.exec(line) ?? []
        return call === undefined ? [] : [[call, json]]
      }),
    message: fc.oneof(
      { weight: 4, arbitrary: eventText.map((data) => iframeStream.frame(eventOf(data)) as string) },
      fc.constantFrom(
        '<!-- heartbeat -->\n',
        '<!doctype html><meta charset="utf-8"><body>\n',
        '<script>parent.pushOpen(12,"feed")</script>\n',
        '<script>parent.pushEnd("feed-ended")</script>\n',
        '<script>parent.pushGap({"after":1,"next":5})</script>\n',
        '<script>parent.push()</script>\n',
        '<script>parent.push)</script>\n',
        '<script>parent.(1)</script>\n',
        '<script>parent.a b(1)</script>\n',
        '<script>parent.push(1)</script> \n',
        '<script>parent.)</script>\n',
      ),
    ),
  },
]

const eventOf = (data: string) => ({ seq: 1, data, scheduledAtUs: 0, publishedAtUs: 0 })

/** An empty line that is itself content ends no header section. The library's twin takes it for one, and so does the reader. */
const isContentAt = (lines: readonly string[], i: number) => i > 0 && lines[i - 1] === '\r'

describe.each(protocols)('$name', ({ reader, expected, message }) => {
  const stream = fc.array(message, { maxLength: 10 }).map((messages) => Buffer.from(messages.join('')))
  const damaged = fc.tuple(stream, mutations).map(([bytes, list]) => mutated(bytes, list))

  const reading = (read: (reader: Reader) => void) => {
    const got: unknown[] = []
    read(reader(got))
    return got
  }

  test('are the same wherever the stream is cut, damaged or not', () => {
    fc.assert(
      fc.property(fc.oneof(stream, damaged), cuts, (bytes, pieces) => {
        const whole = reading((all) => readWhole(all, bytes))
        expect(whole).toEqual(expected(bytes))
        expect(reading((all) => readCut(all, bytes, pieces))).toEqual(whole)
      }),
      { numRuns: 1_000 },
    )
  })

  test('are given up where one does not end', () => {
    const endless = reader([])
    const more = Buffer.alloc(65_536, 'x')
    let bytes = 0
    expect(() => {
      for (; bytes < 2 * MAX_MESSAGE_BYTES; bytes += more.length) endless.read(more, 0, more.length)
    }).toThrow('without an end')
    expect(bytes).toBeLessThanOrEqual(MAX_MESSAGE_BYTES)
  })
})

test('the last of messages with delimiters between them ends with the stream', () => {
  const got: unknown[] = []
  const reader = new DelimitedReader((...message) => got.push(textOf(...message)), 0x1e)
  readCut(reader, Buffer.from('one\x1etwo'), { sizes: [2], around: '\n', offset: 0 })
  reader.end()
  reader.end()
  expect(got).toEqual(['one', 'two'])
})
