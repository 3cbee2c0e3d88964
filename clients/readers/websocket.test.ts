import { randomBytes } from 'node:crypto'
import { constants, createDeflateRaw, type DeflateRaw, deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as ws from 'ws'
import { cuts, eventText, mutated, mutations, readCut, readWhole } from './fixture/streams.ts'
import { MAX_MESSAGE_BYTES, type Reader } from './reader.ts'
import { WebSocketReader } from './websocket.ts'
import { BINARY, CLOSE, clientFrame, closeFrame, PING, PONG, TEXT } from './websocket-frame.ts'

/** What ws exports and its types do not know. */
interface Library {
  Receiver: new (options: {
    isServer?: boolean
    maxPayload?: number
    extensions?: Record<string, unknown>
  }) => NodeJS.WritableStream
  PerMessageDeflate: new (options: object, isServer: boolean, maxPayload: number) => PerMessageDeflate
}
interface PerMessageDeflate {
  accept(offers: object[]): object
  cleanup(): void
}
const { Receiver, PerMessageDeflate } = ws as unknown as Library

interface Outcome {
  /** Messages, and how the peer closed. */
  got: unknown[]
  pings: string[]
  failed: boolean
  why?: string
}

const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')

/** Resolves once all has been handed on that can be. */
async function reading(read: (reader: Reader) => void, deflate: boolean): Promise<Outcome> {
  const outcome: Outcome = { got: [], pings: [], failed: false }
  const { got, pings } = outcome
  let closed = false
  let waiting = 0
  let why: string | undefined
  const reader = new WebSocketReader<string>(
    {
      onMessage: (bytes, start, end, isBinary, mark) => {
        if (mark !== undefined) expect(--waiting).toBeGreaterThanOrEqual(0)
        got.push([isBinary ? 'binary' : 'text', textOf(bytes.subarray(start, end))])
      },
      onPing: (bytes) => pings.push(textOf(bytes)),
      onClose: (code, reason) => {
        closed = true
        got.push(['close', code, reason])
      },
      takeMark: () => `read ${waiting++}`,
      onError: (error) => {
        outcome.failed = true
        why = (error as Error).message
      },
    },
    deflate,
  )
  let thrown = false
  try {
    read(reader)
  } catch (error) {
    thrown = true
    why = (error as Error).message
  }
  while (waiting > 0 && !closed && !outcome.failed) await new Promise(setImmediate)
  outcome.failed ||= thrown
  reader.close()
  return why === undefined ? outcome : { ...outcome, why }
}

async function byLibrary(bytes: Buffer, deflate: boolean): Promise<Outcome> {
  const outcome: Outcome = { got: [], pings: [], failed: false }
  const extension = new PerMessageDeflate({}, false, MAX_MESSAGE_BYTES)
  if (deflate) extension.accept([{}])
  const receiver = new Receiver({
    isServer: false,
    maxPayload: MAX_MESSAGE_BYTES,
    extensions: deflate ? { 'permessage-deflate': extension } : {},
  })
  receiver.on('message', (data: Buffer, isBinary: boolean) =>
    outcome.got.push([isBinary ? 'binary' : 'text', textOf(data)]),
  )
  receiver.on('ping', (data: Buffer) => outcome.pings.push(textOf(data)))
  receiver.on('conclude', (code: number, reason: Buffer) =>
    outcome.got.push(['close', code, reason.toString()]),
  )
  receiver.on('error', () => {
    outcome.failed = true
  })
  await new Promise<void>((resolve) => receiver.write(bytes, () => resolve()))
  await new Promise(setImmediate)
  extension.cleanup()
  return outcome
}

/** A frame as a server sends it. */
function frame(first: number, payload: Uint8Array): Buffer {
  const masked = clientFrame(0, payload, new Uint8Array(4))
  const headBytes = masked.length - payload.length - 4
  masked[0] = first
  masked[1] = (masked[1] as number) & 0x7f
  return Buffer.concat([masked.subarray(0, headBytes), masked.subarray(headBytes + 4)])
}

/** The payload in fragments, with what a peer may send between them. */
function fragments(opcode: number, payload: Uint8Array, sizes: readonly number[], between: Buffer): Buffer {
  const parts = sizes.map((size, i) =>
    frame(i === 0 ? opcode : 0, payload.subarray(sum(sizes, i), sum(sizes, i) + size)),
  )
  const rest = frame(sizes.length === 0 ? 0x80 | opcode : 0x80, payload.subarray(sum(sizes, sizes.length)))
  return Buffer.concat([...parts.flatMap((part) => [part, between]), rest])
}
const sum = (sizes: readonly number[], count: number) =>
  sizes.slice(0, count).reduce((all, size) => all + size, 0)

const control = fc.oneof(
  fc.uint8Array({ maxLength: 125 }).map((bytes) => frame(0x80 | PING, bytes)),
  fc.uint8Array({ maxLength: 125 }).map((bytes) => frame(0x80 | PONG, bytes)),
)
const message: fc.Arbitrary<Message> = fc.record({
  payload: fc.oneof(
    eventText.map((text) => ({ opcode: TEXT, bytes: Buffer.from(text) })),
    fc.string({ unit: 'grapheme' }).map((text) => ({ opcode: TEXT, bytes: Buffer.from(text) })),
    fc.uint8Array().map((bytes) => ({ opcode: BINARY, bytes: Buffer.from(bytes) })),
    fc
      .integer({ min: 120, max: 70_000 })
      .map((length) => ({ opcode: TEXT, bytes: Buffer.alloc(length, 'long ') })),
  ),
  sizes: fc.oneof(fc.constant<number[]>([]), fc.array(fc.nat({ max: 80 }), { maxLength: 3 })),
  between: fc.option(control, { nil: Buffer.alloc(0) }),
  compressed: fc.boolean(),
})
const ending = fc.oneof(
  fc.constant(Buffer.alloc(0)),
  fc
    .constantFrom(1000, 1001, 1005, 1011, 3000, 4999)
    .map((code) =>
      frame(0x80 | CLOSE, code === 1005 ? Buffer.alloc(0) : closePayload(code, '\u{1f600} done')),
    ),
)
function closePayload(code: number, reason: string): Buffer {
  return Buffer.concat([Buffer.of(code >> 8, code & 0xff), Buffer.from(reason)])
}

/** A server's half of permessage-deflate: what it takes off, RFC 7692 section 7.2.1. */
function compressed(stream: DeflateRaw, bytes: Buffer): Promise<Buffer> {
  return new Promise((resolve) => {
    const parts: Buffer[] = []
    const take = (part: Buffer) => parts.push(part)
    stream.on('data', take)
    stream.write(bytes)
    stream.flush(() => {
      stream.off('data', take)
      resolve(Buffer.concat(parts).subarray(0, -4))
    })
  })
}

interface Message {
  payload: { opcode: number; bytes: Buffer }
  sizes: number[]
  between: Buffer
  compressed: boolean
}

async function streamOf(messages: readonly Message[], end: Buffer, deflate: boolean): Promise<Buffer> {
  const parts: Buffer[] = []
  const stream = createDeflateRaw()
  for (const { payload, sizes, between, compressed: isCompressed } of messages) {
    if (deflate && isCompressed) {
      const bytes = await compressed(stream, payload.bytes)
      parts.push(
        fragments(
          0x40 | payload.opcode,
          bytes,
          sizes.filter((size) => size < bytes.length / 4),
          between,
        ),
      )
    } else parts.push(fragments(payload.opcode, payload.bytes, sizes, between))
  }
  stream.close()
  return Buffer.concat([...parts, end])
}

const stream = fc.tuple(fc.array(message, { maxLength: 6 }), ending)

test.each([false, true])(
  'messages are what ws reads, wherever the connection is cut; deflate: %s',
  async (deflate) => {
    await fc.assert(
      fc.asyncProperty(stream, cuts, async ([messages, end], pieces) => {
        const bytes = await streamOf(messages, end, deflate)
        const whole = await reading((reader) => readWhole(reader, bytes), deflate)
        expect(whole.failed).toBe(false)
        expect(whole.got.length).toBe(messages.length + Math.sign(end.length))
        expect(whole).toEqual(await byLibrary(bytes, deflate))
        expect(await reading((reader) => readCut(reader, bytes, pieces), deflate)).toEqual(whole)
      }),
      { numRuns: deflate ? 150 : 500 },
    )
  },
)

test.each([false, true])('damaged frames are read as far as ws reads them; deflate: %s', async (deflate) => {
  await fc.assert(
    fc.asyncProperty(stream, mutations, cuts, async ([messages, end], list, pieces) => {
      const bytes = mutated(await streamOf(messages, end, deflate), list)
      const theirs = await byLibrary(bytes, deflate)
      const ours = await reading((reader) => readCut(reader, bytes, pieces), deflate)
      // A length in more bytes than it needs must not be sent (section 5.2); ws lets it pass.
      const isLonger = ours.why?.includes('fewest bytes')
      expect(ours.got).toEqual(isLonger ? theirs.got.slice(0, ours.got.length) : theirs.got)
      // ws inflates every fragment as it comes, and so finds damage in one whose message never ends.
      const inFragments = deflate && messages.some(({ sizes }) => sizes.length > 0)
      if (ours.failed && !isLonger) expect(theirs.failed).toBe(true)
      if (!ours.failed && !inFragments) expect(theirs.failed).toBe(false)
    }),
    { numRuns: deflate ? 300 : 1_000 },
  )
})

test('a compressed block that says it is the last is not', async () => {
  const last = Buffer.concat([deflateRawSync('last'), Buffer.of(0)])
  const bytes = Buffer.concat([frame(0xc1, last), frame(0x81, Buffer.from('plain')), frame(0xc1, last)])
  const ours = await reading((reader) => readWhole(reader, bytes), true)
  expect(ours.got).toEqual([
    ['text', 'last'],
    ['text', 'plain'],
    ['text', 'last'],
  ])
  expect(ours).toEqual(await byLibrary(bytes, true))
})

test('a message belongs to the read that brought its last byte, and comes in its turn', async () => {
  const stream = createDeflateRaw()
  const long = await compressed(stream, Buffer.alloc(100_000, 'long '))
  stream.close()
  const got: unknown[] = []
  let read = ''
  const reader = new WebSocketReader<string>(
    {
      onMessage: (_bytes, start, end, isBinary, mark) => got.push([end - start, isBinary, mark]),
      onPing: () => got.push('ping'),
      onClose: (code) => got.push(code),
      takeMark: () => read,
      onError: (error) => got.push(error),
    },
    true,
  )
  const frames = [
    frame(0x81, Buffer.from('a')),
    frame(0xc1, long),
    frame(0x82, Buffer.from('bc')),
    frame(0x89, Buffer.of()),
  ]
  for (const [i, bytes] of [...frames, frame(0x88, Buffer.of(3, 232))].entries()) {
    read = `read ${i}`
    readCut(reader, bytes, { sizes: [bytes.length], around: '\0', offset: 0 })
  }
  read = 'later'
  while (!got.includes(1000)) await new Promise(setImmediate)
  expect(got).toEqual([[1, false, undefined], 'ping', [100_000, false, 'read 1'], [2, true, 'read 2'], 1000])
})

test.each([
  ['a frame that says it has more', frame(0x82, Buffer.alloc(MAX_MESSAGE_BYTES + 1)).subarray(0, 10)],
  [
    'fragments',
    Buffer.concat([frame(0x02, Buffer.of()), ...Array(5).fill(frame(0x00, Buffer.alloc(1_048_576)))]),
  ],
  ['what a few bytes are inflated to', frame(0xc2, deflateRawSync(Buffer.alloc(10 * MAX_MESSAGE_BYTES)))],
])('%s than a message may have is given up', async (_what, bytes) => {
  const { failed, got, why } = await reading((reader) => readWhole(reader, bytes), true)
  expect({ failed, got }).toEqual({ failed: true, got: [] })
  expect(why).toContain('more than 4194304 bytes')
})

test('more compressed messages than can be inflated in time are given up, and not kept without end', async () => {
  const deflated = deflateRawSync(randomBytes(1_048_576), { finishFlush: constants.Z_SYNC_FLUSH })
  const message = frame(0xc2, deflated.subarray(0, -4))
  const { failed, got, why } = await reading((reader) => {
    for (let i = 0; i < 20; i++) readWhole(reader, message)
  }, true)
  expect(failed).toBe(true)
  expect(got.length).toBeLessThan(20)
  expect(why).toContain('than can be inflated in time')
})

test.each([
  ['a masked frame', clientFrame(TEXT, 'hi')],
  ['an unknown opcode', frame(0x83, Buffer.of())],
  ['an unknown control opcode', frame(0x8b, Buffer.of())],
  ['a continuation of nothing', frame(0x80, Buffer.of())],
  ['a message within another', Buffer.concat([frame(0x01, Buffer.of()), frame(0x81, Buffer.of())])],
  ['a ping in two parts', frame(0x09, Buffer.of())],
  ['a long ping', frame(0x89, Buffer.alloc(126))],
  ['a reserved bit', frame(0xa1, Buffer.of())],
  ['a compressed ping', frame(0xc9, Buffer.of())],
  ['a compressed continuation', Buffer.concat([frame(0x01, Buffer.of()), frame(0xc0, Buffer.of())])],
  ['text that is not UTF-8', frame(0x81, Buffer.of(0xc3, 0x28))],
  ['half a close code', frame(0x88, Buffer.of(3))],
  ['a close code that must not be sent', frame(0x88, Buffer.of(3, 0xee))],
])('%s is refused', async (_what, bytes) => {
  const { failed, got } = await reading((reader) => readWhole(reader, bytes), true)
  expect({ failed, got }).toEqual({ failed: true, got: [] })
})

test('a frame of a client is what ws reads at a server', async () => {
  const key = fc.uint8Array({ minLength: 4, maxLength: 4 })
  const lengths = fc.oneof(fc.nat({ max: 300 }), fc.constantFrom(125, 126, 65_535, 65_536))
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(lengths, key), { maxLength: 4 }), async (frames) => {
      const got: unknown[] = []
      const receiver = new Receiver({ isServer: true })
      receiver.on('message', (data: Buffer, isBinary: boolean) =>
        got.push([isBinary, data.length, data.every((byte) => byte === 7)]),
      )
      receiver.on('conclude', (code: number, reason: Buffer) => got.push([code, reason.toString()]))
      for (const [length, maskingKey] of frames)
        receiver.write(clientFrame(BINARY, Buffer.alloc(length, 7), maskingKey))
      await new Promise<void>((resolve) => receiver.write(closeFrame(1000, 'done'), () => resolve()))
      expect(got).toEqual([...frames.map(([length]) => [true, length, true]), [1000, 'done']])
    }),
    { numRuns: 50 },
  )
  // RFC 6455 section 5.7.
  expect(clientFrame(TEXT, 'Hello', Buffer.from('37fa213d', 'hex')).toString('hex')).toBe(
    '818537fa213d7f9f4d5158',
  )
  expect(clientFrame(TEXT, 'Hello')).not.toEqual(clientFrame(TEXT, 'Hello'))
})
