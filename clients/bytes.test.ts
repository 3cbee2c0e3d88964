import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { turnBytes } from '../results/model/prediction.ts'
import { joinsChunks } from '../results/model/shared-chunks.ts'
import { until } from '../server/fixture/until.ts'
import { type LocalServer, startServer } from '../server/local-server.ts'
import { encodePayload } from '../server/payload.ts'
import { whyNot } from '../server/registry.ts'
import { completeVariant } from '../server/variant.ts'
import { subscribe, type TestSubscriber } from './fixture/subscriber.ts'

/**
 * Bytes per event on real sockets against the byte model, which for P bytes of payload and C(n) = n + hex digits of
 * n + 4 for one chunk of n bytes (RFC 9112 section 7.1) says:
 */
const chunk = (bytes: number) => bytes + bytes.toString(16).length + 4
// RFC 6455 section 5.2: no masking key from the server.
const frame = (bytes: number) => bytes + (bytes <= 125 ? 2 : bytes <= 65_535 ? 4 : 10)
const bare = (bytes: number) => bytes
/** What carries what an event is framed in. */
const model: Record<
  string,
  [carried: (bytes: number) => number, framed: (payloadBytes: number, seq: number) => number]
> = {
  // id: SEQ LF data: P LF LF
  sse: [chunk, (payloadBytes, seq) => payloadBytes + 8 + 5 + String(seq).length],
  // <script>parent.push(P)</script> LF
  'iframe-stream': [chunk, (payloadBytes) => payloadBytes + 27 + 'push'.length],
  'bare-tcp': [bare, (payloadBytes) => payloadBytes + 1],
  'fetch-stream': [chunk, (payloadBytes) => payloadBytes + 1],
  // Content-Type: application/json CR LF CR LF P CR LF --pushlab CR LF
  'multipart-stream': [chunk, (payloadBytes) => payloadBytes + 'pushlab'.length + 40],
  // NUL
  'xml-socket': [bare, (payloadBytes) => payloadBytes + 1],
  websocket: [frame, (payloadBytes) => payloadBytes],
}

/** Bytes of some events, each on its own or, where a technique has chunks, joined in one. */
function modelled(technique: string, payloadBytes: number, seqs: readonly number[], joined = false): number {
  const [carried, framed] = model[technique] ?? expect.fail()
  const sizes = seqs.map((seq) => framed(payloadBytes, seq))
  return joined && carried === chunk ? chunk(sum(sizes)) : sum(sizes.map(carried))
}

const sum = (sizes: readonly number[]) => sizes.reduce((total, bytes) => total + bytes, 0)

/**
 * The floor writes its one request by hand, past Node's HTTP client; XMLSocket has none, but a connection for the
 * policy.
 */
const requests: Record<string, number> = { 'bare-tcp': 0, 'xml-socket': 0 }

const running: { server?: LocalServer; subscriber?: TestSubscriber } = {}
afterEach(async () => {
  running.subscriber?.stop()
  await running.subscriber?.done
  await running.server?.app.close()
})

/** Each technique by each of its fan-outs: their bytes are the same, but for chunks that node:http joins. */
const fanOuts = Object.keys(model).flatMap((technique) =>
  (['library', 'prepared'] as const)
    .map((fanOut) => ({ technique, variant: completeVariant({ fanOut }) }))
    .filter(({ variant }) => !whyNot(technique, variant)),
)

describe.each(fanOuts)('$technique, by the fan-out $variant.fanOut', ({ technique, variant }) => {
  test.each([16, 100, 125, 126, 1_000, 65_535, 65_536])(
    'costs what the model says at %i bytes',
    async (payloadBytes) => {
      running.server = await startServer({ payloadBytes }, {}, variant)
      running.subscriber = await subscribe(technique, running.server.urlOf(technique), { variant })
      const { feed } = running.server
      const { meter, events } = running.subscriber
      for (let seq = 1; seq <= 12; seq++) {
        const before = meter.read()
        feed.publish()
        await until('it has come', () => events.length === seq)
        const after = meter.read()
        expect(after.bytesDown - before.bytesDown).toBe(modelled(technique, payloadBytes, [seq]))
        expect(after.bytesUp).toBe(before.bytesUp)
        expect([after.requests, after.connections]).toEqual([before.requests, before.connections])
        expect(after.requests).toBe(requests[technique] ?? 1)
        expect(after.connections).toBe(technique === 'xml-socket' ? 2 : 1)
      }
    },
  )
})

describe(`events published in one turn, by Node.js ${process.versions.node}`, () => {
  const joined = joinsChunks(process.versions.node)
  /** Events of one turn, together where chunks are joined: the one with which the buffer of 65,536 bytes is full ends a chunk. */
  const turns: [payloadBytes: number, chunks: number[][]][] = [
    [100, [[1, 2]]],
    [100, [Array.from({ length: 20 }, (_, i) => i + 1)]],
    [
      30_000,
      [
        [1, 2, 3],
        [4, 5],
      ],
    ],
    [65_536, [[1], [2], [3]]],
  ]

  test.each(fanOuts)(
    'are a chunk or a frame each of $technique, or one chunk, by the fan-out $variant.fanOut',
    async ({ technique, variant }) => {
      for (const [payloadBytes, chunks] of turns) {
        const server = await startServer({ payloadBytes }, {}, variant)
        running.server = server
        const subscriber = await subscribe(technique, server.urlOf(technique), { variant })
        running.subscriber = subscriber
        const before = subscriber.meter.read().bytesDown
        const seqs = chunks.flat().map(() => server.feed.publish().seq)
        await until('all have come', () => subscriber.events.length === seqs.length)
        const bytes = chunks.map((together) =>
          modelled(technique, payloadBytes, together, joined && variant.fanOut === 'library'),
        )
        expect(subscriber.meter.read().bytesDown - before).toBe(sum(bytes))
        const feed = { payloadBytes, schedule: { kind: 'silent' } } as const
        expect(turnBytes(technique, { feed, variant }, seqs, joined)).toBe(sum(bytes))
        subscriber.stop()
        await subscriber.done
        await server.app.close()
      }
    },
  )
})

describe('what was published about heads and frames', () => {
  const head = async (path: string, headers: Record<string, string> = {}) => {
    const { port } = new URL(running.server?.url ?? '')
    const socket = connect(Number(port), '127.0.0.1')
    const fields = Object.entries({ Host: 'a', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
    socket.write(`GET ${path} HTTP/1.1\r\n${fields.join('')}\r\n`)
    const [bytes] = await once(socket, 'data')
    socket.destroy()
    return String(bytes).split('\r\n\r\n')[0]?.length ?? 0
  }

  test('of Fastify holds, with what this server says besides', async () => {
    running.server = await startServer({ feedId: 'f00d42' }, { conditional: true })
    const { app, feed } = running.server
    feed.publish()
    feed.end()
    expect((await head('/sse')) + 4).toBe(112)
    // A 304 has these, and what it says of itself: 114 bytes, and 12 for the ETag of who published 126.
    const etag = '"f00d42-1e"'
    const answer = await head('/short-poll?lastEventId=1', { 'if-none-match': etag })
    const own = `cache-control: no-cache\r\netag: ${etag}\r\n`.length
    expect(answer + 4 - own).toBe(
      'HTTP/1.1 304 Not Modified\r\n'.length +
        'Date: Sat, 01 Jan 2000 00:00:00 GMT\r\nConnection: keep-alive\r\nKeep-Alive: timeout=72\r\n\r\n'
          .length,
    )
    expect(app.techniqueCounters.get('short-poll')?.emptyAnswers).toBe(1)
  })

  test('of a masking key holds: four bytes more from client to server', async () => {
    for (const [payloadBytes, framing] of [
      [100, 6],
      [1_000, 8],
      [65_536, 14],
    ] as const) {
      running.server = await startServer({ payloadBytes }, { subscribersPublish: true, maxMessageBytes: 1e6 })
      running.subscriber = await subscribe('websocket', running.server.url)
      const { meter, publish, events } = running.subscriber
      const before = meter.read().bytesUp
      await publish(encodePayload(0, 0, 0, payloadBytes))
      await until('it is back', () => events.length === 1)
      expect(meter.read().bytesUp - before).toBe(payloadBytes + framing)
      running.subscriber.stop()
      await running.subscriber.done
      await running.server.app.close()
    }
  })

  test('of JSONP holds: the poll it rides on, and the length of the callback and three more', async () => {
    running.server = await startServer()
    const { url } = running.server
    const json = await (await fetch(`${url}/long-poll`)).text()
    for (const callback of ['a', 'pushlab.push']) {
      const script = await (await fetch(`${url}/jsonp-poll?callback=${callback}`)).text()
      expect(script).toBe(`${callback}(${json});`)
      expect(script.length).toBe(json.length + callback.length + 3)
    }
  })
})

describe.each(['short-poll', 'long-poll', 'jsonp-poll'])('%s', (technique) => {
  test('carries an event as its payload within a JSON answer, over one connection kept alive', async () => {
    running.server = await startServer()
    running.subscriber = await subscribe(technique, running.server.url)
    const { feed } = running.server
    const { meter, events } = running.subscriber
    for (let seq = 1; seq <= 9; seq++) {
      feed.publish()
      await until('it has come', () => events.length === seq)
    }
    expect(meter.read().connections).toBe(1)
    if (technique !== 'short-poll') {
      // One request for the first cursor, one for each event, one that waits.
      await until('the next poll has left', () => meter.read().requests === 11)
    }
  })
})
