import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LocalServer, startServer } from '../local-server.ts'
import { defaultVariant } from '../variant.ts'

/** What ws makes of a client's frames is what the prepared WebSocket has to make of them, to the byte. */
const servers: Partial<Record<'library' | 'prepared', LocalServer>> = {}
beforeAll(async () => {
  for (const fanOut of ['library', 'prepared'] as const) {
    const settings = { subscribersPublish: true, maxMessageBytes: 300 }
    // So short an event has no room for times, and says the same in every feed.
    servers[fanOut] = await startServer({ payloadBytes: 40, feedId: 'f00d42' }, settings, {
      ...defaultVariant,
      fanOut,
    })
  }
})
afterAll(() => Promise.all(Object.values(servers).map(({ app }) => app.close())))

const HANDSHAKE =
  'GET /websocket HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n' +
  'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n'

/** All that the server answers to these pieces, one write each, and then the client's end. */
function answerOf({ urlOf }: LocalServer, pieces: readonly Uint8Array[]): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(urlOf('websocket')).port), '127.0.0.1')
    let text = ''
    socket.on('error', () => {})
    socket.on('close', () => resolve(text))
    const say = async () => {
      for (const piece of pieces) {
        if (socket.writable) await new Promise((written) => socket.write(piece, written))
      }
      socket.end()
    }
    socket.on('data', (bytes) => {
      const isAccepted = text.includes('"cursor"')
      text += bytes.toString('latin1')
      if (!isAccepted && text.includes('"cursor"')) void say()
    })
    socket.write(HANDSHAKE)
  })
}

interface Frame {
  first: number
  payload: Uint8Array
  isMasked: boolean
  mask: Uint8Array
}

/** A frame as a client writes it, be it allowed or not. */
function bytesOf({ first, payload, isMasked, mask }: Frame): Buffer {
  const { length } = payload
  const head = Buffer.alloc(length <= 125 ? 2 : 4)
  head[0] = first
  head[1] = (isMasked ? 0x80 : 0) | (length <= 125 ? length : 126)
  if (length > 125) head.writeUInt16BE(length, 2)
  if (!isMasked) return Buffer.concat([head, payload])
  return Buffer.concat([head, mask, payload.map((byte, i) => byte ^ (mask[i % 4] as number))])
}

const text = (value: string) => new Uint8Array(Buffer.from(value))
const closing = fc
  .tuple(fc.integer({ min: 900, max: 5_100 }), fc.string({ maxLength: 20 }))
  .map(([code, reason]) => Buffer.concat([Buffer.from([code >> 8, code & 0xff]), Buffer.from(reason)]))
const payload = fc.oneof(
  fc.constantFrom('{"seq":0}', '{"seq":0,"pad":"é"}', '{"seq":1}', 'hello', '').map(text),
  closing.map((bytes) => new Uint8Array(bytes)),
  fc.uint8Array({ maxLength: 140 }),
  fc.constant(new Uint8Array(290)),
)
const frame = fc.record({
  first: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(0x81, 0x82, 0x89, 0x8a, 0x01, 0x02, 0x00, 0x80, 0x88) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 255 }) },
  ),
  payload,
  isMasked: fc.integer({ min: 0, max: 19 }).map((n) => n > 0),
  mask: fc.uint8Array({ minLength: 4, maxLength: 4 }),
})

test('answers whatever frames a client sends, cut anywhere, as ws does', async () => {
  const conversation = fc.tuple(
    fc.array(frame, { maxLength: 6 }),
    fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 4 }),
    fc.integer({ min: 0, max: 3 }),
  )
  await fc.assert(
    fc.asyncProperty(conversation, async ([frames, cuts, missing]) => {
      const whole = Buffer.concat(frames.map(bytesOf))
      const bytes = whole.subarray(0, whole.length - missing)
      const edges = [0, ...cuts.filter((at) => at < bytes.length).toSorted((a, b) => a - b), bytes.length]
      const pieces = edges.slice(1).map((edge, i) => bytes.subarray(edges[i], edge))
      // Numbers of events go on from one conversation to the next, alike in both feeds.
      const [library, prepared] = await Promise.all(
        (['library', 'prepared'] as const).map((fanOut) => answerOf(servers[fanOut] as LocalServer, pieces)),
      )
      expect(prepared).toBe(library)
    }),
    { numRuns: 300 },
  )
})
