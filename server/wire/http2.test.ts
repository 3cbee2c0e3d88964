import { once } from 'node:events'
import { connect, createServer } from 'node:http2'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dissectEventStream } from './event-stream.ts'
import { expectPartition } from './fixture/partition.ts'
import { startRecorder } from './fixture/recorder.ts'
import { dissectHttp2 } from './http2.ts'
import { ascii, type Span, sumClasses } from './span.ts'

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
const [
  DATA,
  HEADERS,
  PRIORITY,
  RST_STREAM,
  SETTINGS,
  PUSH_PROMISE,
  PING,
  GOAWAY,
  WINDOW_UPDATE,
  CONTINUATION,
] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const
const [END_STREAM, ACK, PADDED, WITH_PRIORITY] = [1, 1, 8, 32] as const

function frame(type: number, flags: number, stream: number, payload: Uint8Array | string = ''): Buffer {
  const content = Buffer.from(payload)
  const header = Buffer.alloc(9)
  header.writeUIntBE(content.length, 0, 3)
  header[3] = type
  header[4] = flags
  header.writeUInt32BE(stream, 5)
  return Buffer.concat([header, content])
}

/** The payload of a padded frame. */
const padded = (content: string, padding: number) =>
  Buffer.concat([Buffer.from([padding]), Buffer.from(content), Buffer.alloc(padding)])

function read(bytes: Buffer): Span[] {
  const spans = dissectHttp2(bytes, { body: dissectEventStream })
  expectPartition(spans, bytes.length)
  return spans
}

const brief = (spans: readonly Span[]) =>
  spans.map(({ class: byteClass, label, start, end }) => [byteClass, label, end - start])

describe('HTTP/2 frames', () => {
  test('are labelled by type, with their headers', () => {
    const bytes = Buffer.concat([
      PREFACE,
      frame(SETTINGS, 0, 0, Buffer.alloc(12)),
      frame(SETTINGS, ACK, 0),
      frame(WINDOW_UPDATE, 0, 0, Buffer.alloc(4)),
      frame(WINDOW_UPDATE, 0, 1, Buffer.alloc(4)),
      frame(PRIORITY, 0, 1, Buffer.alloc(5)),
      frame(HEADERS, PADDED | WITH_PRIORITY, 1, padded('12345fields', 3)),
      frame(CONTINUATION, 4, 1, 'more'),
      frame(PUSH_PROMISE, 4, 1, '1234fields'),
      frame(PING, 0, 0, Buffer.alloc(8)),
      frame(PING, ACK, 0, Buffer.alloc(8)),
      frame(RST_STREAM, 0, 1, Buffer.alloc(4)),
      frame(0x10, 0, 0, 'u=1'),
      frame(GOAWAY, 0, 0, Buffer.alloc(11)),
    ])
    expect(brief(read(bytes))).toEqual([
      ['handshake', 'connection preface', 24],
      ['control', 'SETTINGS', 21],
      ['control', 'SETTINGS ACK', 9],
      ['control', 'WINDOW_UPDATE', 13],
      ['control', 'WINDOW_UPDATE', 13],
      ['control', 'PRIORITY', 14],
      ['header', 'HEADERS', 24],
      ['header', 'CONTINUATION', 13],
      ['header', 'PUSH_PROMISE', 19],
      ['control', 'PING', 17],
      ['control', 'PING ACK', 17],
      ['control', 'RST_STREAM', 13],
      ['control', 'frame of unknown type 16', 12],
      ['control', 'GOAWAY', 20],
    ])
  })

  test('of DATA hold the bodies of streams, which go on over frames of others', () => {
    const bytes = Buffer.concat([
      frame(DATA, 0, 1, 'data: abc\n\ndata: d'),
      frame(DATA, 0, 3, 'data: 12'),
      frame(PING, 0, 0, Buffer.alloc(8)),
      frame(DATA, 0, 1, 'ef\n\n'),
      frame(DATA, END_STREAM, 3, '34\n\n: x\n\n'),
      frame(DATA, END_STREAM, 1),
    ])
    const spans = read(bytes)
    expect(brief(spans)).toEqual([
      ['framing', 'DATA frame header', 9],
      ['framing', 'field data', 6],
      ['payload', 'data', 3],
      ['framing', 'end of line', 1],
      ['framing', 'end of event', 1],
      ['framing', 'field data', 6],
      ['payload', 'data', 1],
      ['framing', 'DATA frame header', 9],
      ['framing', 'field data', 6],
      ['payload', 'data', 2],
      ['control', 'PING', 17],
      ['framing', 'DATA frame header', 9],
      ['payload', 'data', 2],
      ['framing', 'end of line', 1],
      ['framing', 'end of event', 1],
      ['framing', 'DATA frame header', 9],
      ['payload', 'data', 2],
      ['framing', 'end of line', 1],
      ['framing', 'end of event', 1],
      ['control', 'comment', 4],
      ['control', 'end of block', 1],
      ['framing', 'DATA frame header', 9],
    ])
    const data = spans.filter((span) => span.class === 'payload')
    expect(data.map(({ start, end }) => ascii(bytes, start, end))).toEqual(['abc', 'd', '12', 'ef', '34'])
  })

  test('of DATA may be padded, and nothing but that', () => {
    const bytes = Buffer.concat([
      frame(DATA, PADDED, 1, padded('data: abc\n', 5)),
      frame(DATA, PADDED, 1, padded('', 2)),
      frame(DATA, PADDED, 1, padded('\n', 0)),
    ])
    expect(brief(read(bytes))).toEqual([
      ['framing', 'DATA frame header', 9],
      ['framing', 'pad length', 1],
      ['framing', 'field data', 6],
      ['payload', 'data', 3],
      ['framing', 'end of line', 1],
      ['framing', 'padding', 5],
      ['framing', 'DATA frame header', 9],
      ['framing', 'pad length', 1],
      ['framing', 'padding', 2],
      ['framing', 'DATA frame header', 9],
      ['framing', 'pad length', 1],
      ['framing', 'end of event', 1],
    ])
  })

  test('of DATA are control where nobody reads them', () => {
    expect(brief(dissectHttp2(frame(DATA, 0, 1, 'data: abc\n\n'), {}))).toEqual([
      ['framing', 'DATA frame header', 9],
      ['control', 'DATA', 11],
    ])
  })

  test('do not mind the reserved bit', () => {
    const bytes = Buffer.concat([frame(DATA, 0, 1, 'data: a'), frame(DATA, 0, 0x8000_0001, '\n\n')])
    expect(sumClasses(read(bytes))).toMatchObject({ payload: 1, unparsed: 0 })
  })

  test.each([
    ['DATA of the connection', frame(DATA, 0, 0, 'abc')],
    ['HEADERS of the connection', frame(HEADERS, 0, 0, 'abc')],
    ['SETTINGS of a stream', frame(SETTINGS, 0, 1)],
    ['SETTINGS of a wrong length', frame(SETTINGS, 0, 0, 'abc')],
    ['SETTINGS ACK with settings', frame(SETTINGS, ACK, 0, Buffer.alloc(6))],
    ['PING of a wrong length', frame(PING, 0, 0, Buffer.alloc(7))],
    ['WINDOW_UPDATE of a wrong length', frame(WINDOW_UPDATE, 0, 0, Buffer.alloc(5))],
    ['RST_STREAM of a wrong length', frame(RST_STREAM, 0, 1)],
    ['PRIORITY of a wrong length', frame(PRIORITY, 0, 1, Buffer.alloc(4))],
    ['GOAWAY of a wrong length', frame(GOAWAY, 0, 0, Buffer.alloc(7))],
    [
      'HEADERS without the priority they announce',
      frame(HEADERS, PADDED | WITH_PRIORITY, 1, padded('abc', 3)),
    ],
    ['padding that is longer than its frame', frame(DATA, PADDED, 1, Buffer.from([3, 0, 0]))],
    ['padding without its length', frame(DATA, PADDED, 1)],
    ['a length without so many bytes', frame(DATA, 0, 1, Buffer.alloc(200)).subarray(0, 150)],
    ['a frame header that is cut short', frame(DATA, 0, 1).subarray(0, 8)],
  ])('that cannot be are unparsed, and all after them: %s', (_, bad) => {
    const good = frame(DATA, 0, 1, 'data: abc\n\n')
    expect(sumClasses(read(Buffer.concat([good, bad])))).toMatchObject({
      payload: 3,
      framing: good.length - 3,
      unparsed: bad.length,
    })
    expect(sumClasses(read(Buffer.concat([bad, Buffer.alloc(9)])))).toMatchObject({ payload: 0 })
  })

  test('partition any bytes, and throw at none', () => {
    const payload = fc.oneof(
      fc.constantFrom('data: abc\n\n', 'data: ', '\n', '12345678', '1234'),
      fc.uint8Array({ maxLength: 9 }),
    )
    const type = fc.oneof(fc.constantFrom(DATA, HEADERS, SETTINGS, PING), fc.nat({ max: 20 }))
    const hostile = fc
      .array(
        fc.oneof(
          fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes)),
          fc.constant(PREFACE),
          fc.tuple(type, fc.nat({ max: 63 }), fc.nat({ max: 3 }), payload).map((parts) => frame(...parts)),
          fc.tuple(type, fc.constantFrom(0, 4), fc.nat({ max: 3 }), payload).map((parts) => frame(...parts)),
        ),
        { maxLength: 12 },
      )
      .map((parts) => Buffer.concat(parts))
    fc.assert(
      fc.property(hostile, (bytes) => {
        const sums = sumClasses(read(bytes))
        expect(Object.values(sums).reduce((sum, part) => sum + part, 0)).toBe(bytes.length)
      }),
      { numRuns: 2_000 },
    )
  })

  test('may be very many', () => {
    const bytes = Buffer.concat(Array.from({ length: 300_000 }, () => frame(DATA, 0, 1)))
    expect(sumClasses(dissectHttp2(bytes, {})).framing).toBe(bytes.length)
  })
})

describe('a connection of node:http2', () => {
  const EVENTS = Array.from({ length: 20 }, (_, i) => `{"seq":${i}}`.padEnd(40 * i + 10, ' '))

  test('is understood to the last byte, in both directions', async () => {
    const { up, down } = await capture()
    const sums = sumClasses(read(down))
    expect(sums.unparsed).toBe(0)
    expect(sums.payload).toBe(2 * EVENTS.join('').length)
    const dataFrames = read(down).filter(({ label }) => label === 'DATA frame header').length
    // By event: `data: `, the end of its line and an empty one.
    expect(sums.framing).toBe(2 * EVENTS.length * 8 + dataFrames * 9)
    expect(dataFrames).toBeGreaterThanOrEqual(2 * EVENTS.length)

    const labels = read(up).map(({ label }) => label)
    expect(labels[0]).toBe('connection preface')
    expect(labels).toContain('SETTINGS ACK')
    expect(labels.filter((label) => label === 'HEADERS')).toHaveLength(2)
    expect(sumClasses(read(up)).unparsed).toBe(0)
  })

  test('cut short anywhere is partitioned, and keeps its whole frames', async () => {
    const { down } = await capture()
    fc.assert(
      fc.property(fc.nat({ max: down.length }), (length) => {
        const part = read(down.subarray(0, length))
        const whole = read(down)
        const common = part.filter(({ class: byteClass }) => byteClass !== 'unparsed')
        for (const { start, end, class: byteClass } of common) {
          expect(sumClasses(whole, start, end)[byteClass]).toBe(end - start)
        }
      }),
    )
  })

  /** Two event streams at a time, over a relay that keeps what passes. */
  async function capture(): Promise<{ up: Buffer; down: Buffer }> {
    const server = createServer()
    server.on('stream', async (stream) => {
      stream.respond({ ':status': 200, 'content-type': 'text/event-stream' })
      for (const data of EVENTS) {
        stream.write(`data: ${data}\n\n`)
        await new Promise((resolve) => setImmediate(resolve))
      }
      stream.end()
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port, up, down, relay } = await startRecorder(server)
    const client = connect(`http://127.0.0.1:${port}`)
    await Promise.all(
      ['/a', '/b'].map(async (path) => {
        const stream = client.request({ ':path': path })
        stream.resume()
        await once(stream, 'end')
      }),
    )
    client.close()
    await once(client, 'close')
    for (const each of [relay, server]) await new Promise((closed) => each.close(closed))
    return { up: Buffer.concat(up), down: Buffer.concat(down) }
  }
})
