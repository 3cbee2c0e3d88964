import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FeedEvent } from '../event.ts'
import iframeStream from '../techniques/iframe-stream.ts'
import longPoll from '../techniques/long-poll.ts'
import sse from '../techniques/sse.ts'
import websocket from '../techniques/websocket.ts'
import { dissectEventStream } from './event-stream.ts'
import { expectPartition } from './fixture/partition.ts'
import { dissectHttp } from './http.ts'
import { dissectMessage } from './message.ts'
import { dissectPollAnswer } from './poll-answer.ts'
import { dissectScriptPage } from './script-page.ts'
import { ascii, type Dissector, sumClasses } from './span.ts'
import { webSocketFrames } from './websocket-frames.ts'

const dissectWebSocketFrames = webSocketFrames(dissectMessage)

const dissectors: Record<string, Dissector> = {
  'event stream': dissectEventStream,
  'script page': dissectScriptPage,
  'poll answer': dissectPollAnswer,
  'WebSocket frames': dissectWebSocketFrames,
  'HTTP, chunked events': (bytes) => dissectHttp(bytes, { body: dissectEventStream }),
  'HTTP, upgraded': (bytes) => dissectHttp(bytes, { upgraded: dissectWebSocketFrames }),
}

const event = (seq: number, data: string): FeedEvent => ({ seq, data, scheduledAtUs: 0, publishedAtUs: 0 })
const payload = (seq: number, bytes: number) => `${`{"seq":${seq}`.padEnd(bytes - 1)}}`

/** Chunked transfer coding with a seam after every `size` bytes. */
function chunked(body: string, size: number): string {
  const bytes = Buffer.from(body)
  let text = ''
  for (let at = 0; at < bytes.length; at += size) {
    const piece = bytes.subarray(at, at + size)
    text += `${piece.length.toString(16)}\r\n${piece.toString('latin1')}\r\n`
  }
  return text
}
const HEAD = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'

/** A frame from the server, or with a masking key from the client. */
function frame(opcode: number, data: Buffer, mask?: Buffer): Buffer {
  const length =
    data.length <= 125
      ? Buffer.from([data.length])
      : data.length <= 65_535
        ? Buffer.from([126, data.length >> 8, data.length & 255])
        : Buffer.concat([Buffer.from([127]), Buffer.from(data.length.toString(16).padStart(16, '0'), 'hex')])
  if (mask) length[0] = (length[0] as number) | 0x80
  const masked = mask ? Buffer.from(data.map((byte, i) => byte ^ (mask[i % 4] as number))) : data
  return Buffer.concat([Buffer.from([0x80 | opcode]), length, mask ?? Buffer.alloc(0), masked])
}

/** Bytes that are sometimes almost right. */
const hostile = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
      fc.constantFrom(
        HEAD,
        'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n\r\n',
        'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n',
        'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n',
        'GET / HTTP/1.1\r\nHost: a\r\n\r\n',
        '5\r\ndata:\r\n',
        'ffffffff\r\n',
        '0\r\n\r\n',
        '\r\n',
        'data: {"seq":1}\n\n',
        'event: gap\ndata: x\n\n',
        ': comment\n',
        'id',
        '<script>parent.push({"seq":1})</script>\n',
        '<script>',
        '{"cursor":1,"events":[{"a":"]}\\""},[1]]}',
        '\x81\x08{"seq":1',
        '\x89\x00',
        '\x81\x7f\xff\xff\xff\xff\xff\xff\xff\xff',
        '\x81\x84abcd',
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => Buffer.from(parts.join(''), 'latin1'))

describe.each(Object.entries(dissectors))('%s', (_, dissect) => {
  test('partitions any bytes, and throws at none', () => {
    fc.assert(
      fc.property(hostile, (bytes) => {
        const spans = dissect(bytes)
        expectPartition(spans, bytes.length)
        const sums = Object.values(sumClasses(spans)).reduce((sum, part) => sum + part, 0)
        expect(sums).toBe(bytes.length)
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('an event stream', () => {
  test('costs what the byte model says: P + 6k + 2 for k lines of data, and 5 + digits for the ID', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z{}":,]{0,40}$/), { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 9_999_999 }),
        fc.integer({ min: 1, max: 60 }),
        (lines, seq, size) => {
          const data = lines.join('\n')
          const framed = String(sse.frame(event(seq, data)))
          const bytes = Buffer.from(HEAD + chunked(framed, size), 'latin1')
          const spans = sse.wire.down(bytes)
          expectPartition(spans, bytes.length)
          const sums = sumClasses(spans)
          expect(sums.unparsed).toBe(0)
          expect(sums.header).toBe(HEAD.length)
          expect(sums.payload).toBe(data.length)
          expect(framed.length).toBe(data.length + 6 * lines.length + 2 + 5 + String(seq).length)
          expect(sums.framing).toBe(bytes.length - HEAD.length - data.length)
        },
      ),
    )
  })

  test('takes cursors, gaps and heartbeats for control', () => {
    const bytes = Buffer.from('retry: 2000\nid: 7\n\n: heartbeat\n\nevent: gap\ndata: {}\n\n')
    expect(sumClasses(dissectEventStream(bytes))).toMatchObject({ control: bytes.length })
  })

  test('labels an event that is cut short as unparsed', () => {
    const spans = dissectEventStream(Buffer.from('data: a\n\ndata: b\n'))
    expect(spans.map(({ class: c, label }) => [c, label])).toEqual([
      ['framing', 'field data'],
      ['payload', 'data'],
      ['framing', 'end of line'],
      ['framing', 'end of event'],
      ['unparsed', 'event cut short'],
    ])
  })

  test.each(['\n', '\r', '\r\n'])('knows the line end %j', (end) => {
    const bytes = Buffer.from(`data: abc${end}${end}`)
    expect(sumClasses(dissectEventStream(bytes))).toMatchObject({ payload: 3, framing: bytes.length - 3 })
  })
})

describe('the page of iframe streaming', () => {
  test('costs what the byte model says: P + 27 + the length of the function’s name', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 16, max: 3_000 }),
        fc.integer({ min: 1, max: 500 }),
        (payloadBytes, size) => {
          const framed = String(iframeStream.frame(event(1, payload(1, payloadBytes))))
          const bytes = Buffer.from(HEAD + chunked(framed, size), 'latin1')
          const sums = sumClasses(iframeStream.wire.down(bytes))
          expect(framed.length).toBe(payloadBytes + 27 + 4)
          expect(sums).toMatchObject({ payload: payloadBytes, header: HEAD.length, unparsed: 0, control: 0 })
        },
      ),
    )
  })
})

describe('WebSocket frames', () => {
  test.each([
    [16, 2],
    [125, 2],
    [126, 4],
    [65_535, 4],
    [65_536, 10],
  ])(
    'of %i bytes of payload have %i bytes of framing, and four more from the client',
    (payloadBytes, framing) => {
      const data = Buffer.from(payload(1, payloadBytes))
      expect(sumClasses(dissectWebSocketFrames(frame(1, data)))).toMatchObject({
        payload: payloadBytes,
        framing,
      })
      const masked = frame(1, data, Buffer.from([1, 2, 3, 4]))
      expect(sumClasses(websocket.wire.up(masked))).toMatchObject({ unparsed: masked.length })
      const upgrade = Buffer.from(
        'GET /websocket HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
      )
      expect(sumClasses(websocket.wire.up(Buffer.concat([upgrade, masked])))).toMatchObject({
        handshake: upgrade.length,
        payload: payloadBytes,
        framing: framing + 4,
      })
    },
  )

  test('that control the connection, and messages that are no events, are control', () => {
    const bytes = Buffer.concat([
      frame(9, Buffer.from('hi')),
      frame(1, Buffer.from('{"cursor":3}')),
      frame(8, Buffer.from([3, 232])),
    ])
    expect(sumClasses(dissectWebSocketFrames(bytes))).toMatchObject({ control: bytes.length })
  })

  test('after one that cannot be are unparsed, all of them', () => {
    const good = frame(1, Buffer.from(payload(1, 20)))
    for (const bad of [frame(3, Buffer.alloc(0)), Buffer.from([0x09, 0]), Buffer.from([0x89, 126, 0, 200])]) {
      const sums = sumClasses(dissectWebSocketFrames(Buffer.concat([good, bad, good])))
      expect(sums).toMatchObject({ payload: 20, framing: 2, unparsed: bad.length + good.length })
    }
  })
})

describe('answers to polls', () => {
  test('are header, framing and payload, one behind the other on one connection', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 16, max: 400 }), { maxLength: 5 }), (sizes) => {
        const events = sizes.map((size, i) => payload(i + 1, size))
        const body = `{"cursor":${sizes.length},"events":[${events.join(',')}]}`
        const head = `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n`
        const bytes = Buffer.from((head + body).repeat(3))
        const spans = longPoll.wire.down(bytes)
        expectPartition(spans, bytes.length)
        const total = sizes.reduce((sum, size) => sum + size, 0)
        expect(sumClasses(spans)).toMatchObject({
          header: 3 * head.length,
          payload: 3 * total,
          framing: 3 * (body.length - total),
          unparsed: 0,
        })
      }),
    )
  })

  test('may hold brackets and quotes within strings', () => {
    const bytes = Buffer.from('{"events":[{"a":"]}\\"["},{"b":[{}]}]}')
    const texts = dissectPollAnswer(bytes)
      .filter((span) => span.class === 'payload')
      .map(({ start, end }) => ascii(bytes, start, end))
    expect(texts).toEqual(['{"a":"]}\\"["}', '{"b":[{}]}'])
  })
})

describe('HTTP messages', () => {
  test('are labelled by line', () => {
    const bytes = Buffer.from('GET /sse HTTP/1.1\r\nHost: a\r\nLast-Event-ID: 3\r\n\r\n')
    expect(dissectHttp(bytes, {}).map(({ label }) => label)).toEqual([
      'request line',
      'header field host',
      'header field last-event-id',
      'end of header section',
    ])
  })

  test.each([204, 304, 100])('of status %i have no body', (status) => {
    const bytes = Buffer.from(`HTTP/1.1 ${status} X\r\nContent-Length: 5\r\n\r\n`.repeat(2))
    expect(sumClasses(dissectHttp(bytes, {})).header).toBe(bytes.length)
  })

  test('that are cut short are unparsed, and what came before them is not', () => {
    const whole = 'HTTP/1.1 204 No Content\r\n\r\n'
    const sums = sumClasses(dissectHttp(Buffer.from(`${whole}HTTP/1.1 20`), {}))
    expect(sums).toMatchObject({ header: whole.length, unparsed: 11 })
  })
})
