import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { subscribe } from '../../clients/fixture/subscriber.ts'
import { Tap } from '../../clients/tap.ts'
import { until } from '../fixture/until.ts'
import { startServer } from '../local-server.ts'
import { registry } from '../registry.ts'
import { serverTechnique, type Wire } from '../technique.ts'
import sse from '../techniques/sse.ts'
import websocket from '../techniques/websocket.ts'
import { expectPartition } from './fixture/partition.ts'
import { overHttp } from './http.ts'
import { type Span, shift, sumClasses } from './span.ts'
import { ConnectionUnits, LONGEST_UNIT_BYTES, type WireUnit } from './units.ts'

type Direction = 'up' | 'down'
interface Piece {
  direction: Direction
  bytes: Uint8Array
}

/** Long enough for a busy machine: a WebSocket that has not answered one by the next is cut off. */
const HEARTBEAT_MS = 250
const techniques = registry.filter(({ carrier }) => carrier !== 'tcp').map(({ name }) => name)

/** What passes the connections of subscribers: a gap, events of two sizes, heartbeats, and the server's closing. */
async function record(technique: string): Promise<Piece[][]> {
  const { feed, app, urlOf } = await startServer(
    { historyEvents: 3 },
    { heartbeatMs: HEARTBEAT_MS, holdMs: 30 },
  )
  const tap = new Tap()
  for (let i = 0; i < 5; i++) feed.publish()
  const late = await subscribe(technique, urlOf(technique), { cursor: { seq: 0 }, tap })
  const fresh = await subscribe(technique, urlOf(technique), { tap })
  for (let i = 0; i < 4; i++) {
    feed.publish()
    if (i > 0) feed.publish()
    const latest = feed.latestSeq
    await until('it has come', () => [late, fresh].every(({ events }) => events.at(-1)?.seq === latest))
    if (i === 1) await sleep(1.5 * HEARTBEAT_MS)
  }
  await until('all have come', () => late.events.at(-1)?.seq === 12 && fresh.events.length === 7)
  expect(late.gaps).toHaveLength(1)
  await app.close()
  for (const subscriber of [late, fresh]) {
    subscriber.stop()
    await subscriber.done
  }
  return tap.connections.map((connection) =>
    (['up', 'down'] as const)
      .flatMap((direction) => {
        const { ends, atUs } = connection[direction]
        const all = connection[direction].bytes()
        return ends.map((end, i) => ({
          direction,
          bytes: all.subarray(ends[i - 1] ?? 0, end),
          atUs: atUs[i] as number,
        }))
      })
      .sort((a, b) => a.atUs - b.atUs),
  )
}

/** The same bytes in the same order, in pieces of these sizes, taken in turn. */
function cut(pieces: readonly Piece[], sizes: readonly number[]): Piece[] {
  const joined: Piece[] = []
  for (const { direction, bytes } of pieces) {
    const last = joined.at(-1)
    if (last?.direction === direction) last.bytes = Buffer.concat([last.bytes, bytes])
    else joined.push({ direction, bytes })
  }
  let turn = 0
  return joined.flatMap(({ direction, bytes }) => {
    const parts: Piece[] = []
    for (let at = 0; at < bytes.length; ) {
      const size = sizes[turn++ % sizes.length] as number
      parts.push({ direction, bytes: bytes.subarray(at, at + size) })
      at += size
    }
    return parts
  })
}

function read(wire: Wire, pieces: readonly Piece[]): WireUnit[] {
  const units: WireUnit[] = []
  const reader = new ConnectionUnits(wire, (unit) => units.push(unit))
  pieces.forEach(({ direction, bytes }, i) => {
    reader[direction](bytes, i)
  })
  reader.close()
  return units
}

const bytesOf = (pieces: readonly Piece[], direction: Direction) =>
  Buffer.concat(pieces.filter((piece) => piece.direction === direction).map(({ bytes }) => bytes))

/** Spans of all units of a direction, where they stand in it. */
function spansOf(units: readonly WireUnit[], direction: Direction): Span[] {
  let at = 0
  return units
    .filter((unit) => unit.direction === direction)
    .flatMap(({ bytes, spans }) => {
      expectPartition(spans, bytes.length)
      at += bytes.length
      return shift(spans, at - bytes.length)
    })
}

/** What cannot be read comes in as many pieces as it has come in. */
function joined(spans: readonly Span[]): Span[] {
  const all: Span[] = []
  for (const span of spans) {
    const last = all.at(-1)
    if (span.class === 'unparsed' && last?.class === 'unparsed' && last.label === span.label)
      last.end = span.end
    else all.push({ ...span })
  }
  return all
}

const sizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 900 })), {
  minLength: 1,
  maxLength: 12,
})

/** Units are all bytes, and their spans those of the whole. */
function expectSame(wire: Wire, pieces: readonly Piece[], split: readonly number[]): void {
  const units = read(wire, cut(pieces, split))
  for (const direction of ['up', 'down'] as const) {
    const whole = bytesOf(pieces, direction)
    const own = units.filter((unit) => unit.direction === direction)
    expect(Buffer.concat(own.map(({ bytes }) => bytes)).equals(whole)).toBe(true)
    const spans = wire[direction](whole)
    expect(joined(spansOf(units, direction))).toEqual(joined(spans))
    expect(sumClasses(spansOf(units, direction))).toEqual(sumClasses(spans))
  }
}

describe.each(techniques)('%s', (technique) => {
  let connections: Piece[][] = []
  beforeAll(async () => {
    connections = await record(technique)
  })

  test('is read as it passes just as it is read as a whole, however it is split', async () => {
    const { wire } = await serverTechnique(technique)
    expect(connections.length).toBeGreaterThan(0)
    fc.assert(
      fc.property(sizes, fc.constantFrom(...connections), (split, pieces) => expectSame(wire, pieces, split)),
      { numRuns: 60, examples: connections.flatMap((pieces) => [[[1], pieces]] as [number[], Piece[]][]) },
    )
    const units = connections.flatMap((pieces) => read(wire, cut(pieces, [7])))
    expect(units.filter(({ what }) => what === 'rest')).toEqual([])
    const payloads = units
      .filter(({ direction }) => direction === 'down')
      .flatMap(({ spans }) => spans.filter((span) => span.class === 'payload'))
    // The first missed events 1 and 2 of 12, the second came after event 5.
    expect(payloads).toHaveLength(10 + 7)
  })

  test('gives what was cut in the middle as the rest, and reads it as far as it goes', async () => {
    const { wire } = await serverTechnique(technique)
    const [first = []] = connections
    const units = read(wire, first)
    for (const direction of ['up', 'down'] as const) {
      const whole = bytesOf(first, direction)
      for (const end of [whole.length - 1, 30, 1]) {
        const pieces = [{ direction, bytes: whole.subarray(0, end) }]
        expectSame(wire, pieces, [13])
        expect(read(wire, pieces).at(-1)?.what).toBe('rest')
      }
    }
    expect(units[0]).toMatchObject({ direction: 'up', fromUs: 0, atUs: 0 })
  })
})

const http = (text: string, direction: Direction = 'down'): Piece => ({
  direction,
  bytes: Buffer.from(text, 'latin1'),
})
const shapes = (units: readonly WireUnit[]) =>
  units.map(({ direction, what, about, bytes }) => [direction, what, about, bytes.length])

describe('units', () => {
  const plain = overHttp({})

  test('are whole messages, with their bodies by length or in chunks', () => {
    const post = 'POST /sse HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n'
    const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n'
    const counted = 'HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nabc'
    const pieces = [http(post + post, 'up'), http(chunked + counted)]
    for (const size of [1, 5, 1_000]) {
      expect(shapes(read(plain, cut(pieces, [size])))).toEqual([
        ['up', 'request', '/sse', post.length],
        ['up', 'request', '/sse', post.length],
        ['down', 'response', '200', chunked.length],
        ['down', 'response', '404', counted.length],
      ])
      expectSame(plain, pieces, [size])
    }
  })

  test('know that answers to HEAD, 204 and 304 have no body, and that one without a length goes to the end', () => {
    const head = 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n'
    const none = 'HTTP/1.1 204 No Content\r\nContent-Length: 3\r\n\r\n'
    const open = 'HTTP/1.1 200 OK\r\n\r\nabc'
    const asks = ['HEAD', 'GET', 'GET'].map((method) => `${method} / HTTP/1.1\r\n\r\n`).join('')
    const units = read(plain, cut([http(asks, 'up'), http(head + none + open)], [11]))
    expect(shapes(units.filter(({ direction }) => direction === 'down'))).toEqual([
      ['down', 'response', '200', head.length],
      ['down', 'response', '204', none.length],
      ['down', 'response', '200', open.length],
    ])
  })

  test('of a stream are its head and its chunks, and another answer may follow on the connection', () => {
    const head = 'HTTP/1.1 200 OK\r\nX-Accel-Buffering: no\r\nTransfer-Encoding: chunked\r\n\r\n'
    const chunks = ['9\r\ndata: 1\n\n\r\n', '0\r\n\r\n']
    const next = 'HTTP/1.1 204 No Content\r\n\r\n'
    const asks = 'GET /sse HTTP/1.1\r\n\r\nGET /next HTTP/1.1\r\n\r\n'
    const units = read(sse.wire, [http(asks, 'up'), http(head + chunks.join('') + next)])
    expect(shapes(units).slice(2)).toEqual([
      ['down', 'response-head', '200', head.length],
      ['down', 'chunk', undefined, (chunks[0] as string).length],
      ['down', 'chunk', undefined, 5],
      ['down', 'response', '204', next.length],
    ])
    expect(units.map(({ target }) => target)).toEqual(['/sse', '/next', '/sse', '/sse', '/sse', '/next'])
  })

  test('of a message in several frames are one, with a ping between them', () => {
    const upgrade = 'HTTP/1.1 101 Switching Protocols\r\n\r\n'
    const message = '\x01\x08{"seq":1\x89\x01p\x80\x01}'
    const pieces = [http(`${upgrade}\x89\x00${message}\x88\x02\x03\xe8`)]
    for (const size of [1, 3, 100]) {
      expectSame(websocket.wire, pieces, [size])
      expect(
        shapes(read(websocket.wire, cut(pieces, [size]))).map(([, what, , bytes]) => [what, bytes]),
      ).toEqual([
        ['handshake-response', upgrade.length],
        ['frame', 2],
        ['frame', message.length],
        ['frame', 4],
      ])
    }
  })

  test('that cannot be read are the rest, whatever follows', () => {
    const good = 'HTTP/1.1 204 No Content\r\n\r\n'
    const upgrade = 'HTTP/1.1 101 Switching Protocols\r\n\r\n'
    for (const [wire, text] of [
      [plain, `${good}nonsense\r\n\r\n${good}`],
      [plain, 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n\r\n'],
      [
        sse.wire,
        'HTTP/1.1 200 OK\r\nX-Accel-Buffering: no\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcdefgh',
      ],
      [websocket.wire, `${upgrade}\x03\x00${good}`],
    ] as const) {
      for (const size of [1, 4, 100]) {
        expectSame(wire, [http(text)], [size])
        expect(read(wire, cut([http(text)], [size])).at(-1)?.what).toBe('rest')
      }
    }
  })

  test('that are too long come in pieces, and what follows is read again where their length was known', () => {
    const length = 2.5 * LONGEST_UNIT_BYTES
    const head = `HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n`
    const next = 'HTTP/1.1 204 No Content\r\n\r\n'
    const pieces = [http(head + 'a'.repeat(length) + next)]
    const units = read(plain, cut(pieces, [65_536]))
    expect(Buffer.concat(units.map(({ bytes }) => bytes)).equals(bytesOf(pieces, 'down'))).toBe(true)
    expect(Math.max(...units.map(({ bytes }) => bytes.length))).toBeLessThan(LONGEST_UNIT_BYTES + 65_537)
    expect(new Set(units.slice(0, -1).map(({ what }) => what))).toEqual(new Set(['rest']))
    expect(units.at(-1)).toMatchObject({ what: 'response', about: '204' })
    const endless = read(plain, cut([http(`HTTP/1.1 200 OK\r\n\r\n${'a'.repeat(length)}`)], [65_536]))
    expect(
      endless.every(({ what, bytes }) => what === 'rest' && bytes.length < 1.2 * LONGEST_UNIT_BYTES),
    ).toBe(true)
  })
})
