import { createCipheriv, createHmac, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { connect, createServer } from 'node:tls'
import fc from 'fast-check'
import { generate } from 'selfsigned'
import { beforeAll, describe, expect, test } from 'vitest'
import { expectPartition } from './fixture/partition.ts'
import { startRecorder } from './fixture/recorder.ts'
import { type Dissector, type Span, SpanWriter, sumClasses } from './span.ts'
import { overTls, readKeyLog, type TlsKeys } from './tls.ts'

const SUITES = ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256']
/** Header, content type and authentication tag. */
const RECORD_COST = 5 + 1 + 16
const MAX_CONTENT = 2 ** 14

const REQUESTS = ['a request', 'u'.repeat(20_000)]
const ANSWERS = ['d'.repeat(40_000), 'an answer']

interface Capture {
  up: Buffer
  down: Buffer
  keyLog: string[]
}

/** Reads all, and tells by a promise each when the messages have come. */
function arrivals(from: Readable, expected: readonly string[]): Promise<void>[] {
  const waits = expected.map(() => Promise.withResolvers<void>())
  let received = 0
  from.on('data', ({ length }: Buffer) => {
    received += length
    let total = 0
    for (const [i, message] of expected.entries()) {
      total += message.length
      if (received >= total) waits[i]?.resolve()
    }
  })
  return waits.map(({ promise }) => promise)
}

/** A connection on which each request is followed by its answer, over a relay that keeps what passes. */
async function capture(suite: string): Promise<Capture> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
  })
  const server = createServer({ key, cert, minVersion: 'TLSv1.3' }, async (socket) => {
    for (const [i, request] of arrivals(socket, REQUESTS).entries()) {
      await request
      socket.write(ANSWERS[i] as string)
    }
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port, up, down, relay } = await startRecorder(server)
  const keyLog: string[] = []
  const client = connect({
    port,
    host: '127.0.0.1',
    ciphers: suite,
    rejectUnauthorized: false,
  })
  client.on('keylog', (line) => keyLog.push(line.toString()))
  await once(client, 'secureConnect')
  for (const [i, answer] of arrivals(client, ANSWERS).entries()) {
    client.write(REQUESTS[i] as string)
    await answer
  }
  client.end()
  await once(client, 'close')
  for (const each of [relay, server]) await new Promise((closed) => each.close(closed))
  return { up: Buffer.concat(up), down: Buffer.concat(down), keyLog }
}

const content: Dissector = (bytes) => new SpanWriter(bytes.length).finish('payload', 'content')

/** Spans, and the plaintext that they were made of. */
function read(bytes: Uint8Array, keys: TlsKeys | undefined): { spans: Span[]; text: string } {
  let text = ''
  const spans = overTls(keys, (inner) => {
    text = Buffer.from(inner).toString('latin1')
    return content(inner)
  })(bytes)
  expectPartition(spans, bytes.length)
  return { spans, text }
}

const labels = (spans: readonly Span[]) => spans.map(({ label }) => label)

describe.each(SUITES)('a connection with %s', (suite) => {
  let recorded: Capture
  let keys: { up: TlsKeys; down: TlsKeys }
  beforeAll(async () => {
    recorded = await capture(suite)
    const found = readKeyLog(recorded.keyLog)
    if (!found) throw new Error('secrets are missing')
    keys = found
  })

  test.each([
    ['up', REQUESTS],
    ['down', ANSWERS],
  ] as const)('gives the content of the direction %s, for 22 bytes a record', (direction, messages) => {
    const { spans, text } = read(recorded[direction], keys[direction])
    expect(text === messages.join('')).toBe(true)
    const sums = sumClasses(spans)
    expect(sums).toMatchObject({ payload: text.length, unparsed: 0 })
    expect(sums.payload + sums.tls).toBe(recorded[direction].length)

    const headers = spans.flatMap(({ label }, i) => (label === 'record header' ? [i] : []))
    const sizes = headers.map((i) => {
      const [header, inside, type, tag] = spans.slice(i, i + 4) as [Span, Span, Span, Span]
      expect(labels([inside, type, tag])).toEqual(['content', 'content type', 'authentication tag'])
      const size = inside.end - inside.start
      expect(tag.end - header.start).toBe(size + RECORD_COST)
      return size
    })
    expect(Math.max(...sizes)).toBe(MAX_CONTENT)
    expect(sizes.length).toBe(messages.reduce((sum, { length }) => sum + Math.ceil(length / MAX_CONTENT), 0))
  })

  test('says what its other records are', () => {
    const around = (direction: 'up' | 'down') =>
      read(recorded[direction], keys[direction])
        .spans.filter(({ class: byteClass, label }) => byteClass === 'tls' && /^[A-Z]|_/.test(label))
        .map(({ label }) => label)
    expect(around('up')).toEqual(['ClientHello', 'change_cipher_spec', 'Finished', 'alert, close_notify'])
    const [hello, spec, ...encrypted] = around('down')
    expect([hello, spec]).toEqual(['ServerHello', 'change_cipher_spec'])
    expect(encrypted.join(', ')).toBe(
      'EncryptedExtensions, Certificate, CertificateVerify, Finished, NewSessionTicket, NewSessionTicket, alert, close_notify',
    )
  })

  test('without its keys is unparsed after the plaintext of its handshake', () => {
    const { spans } = read(recorded.down, undefined)
    expect(labels(spans.slice(0, 2))).toEqual(['ServerHello', 'change_cipher_spec'])
    expect(spans.slice(2)).toMatchObject([{ class: 'unparsed', end: recorded.down.length }])
  })

  test('with the keys of the other direction is unparsed as well', () => {
    expect(labels(read(recorded.down, keys.up).spans).slice(0, 2)).toEqual([
      'ServerHello',
      'change_cipher_spec',
    ])
    expect(sumClasses(read(recorded.down, keys.up).spans).payload).toBe(0)
  })

  test('cut short anywhere keeps all of its whole records', () => {
    const whole = read(recorded.down, keys.down)
    const ends = whole.spans.filter(
      ({ class: c, label }) => c === 'tls' && !['record header', 'content type'].includes(label),
    )
    fc.assert(
      fc.property(fc.nat({ max: recorded.down.length }), (length) => {
        const { spans, text } = read(recorded.down.subarray(0, length), keys.down)
        expect(whole.text.startsWith(text)).toBe(true)
        const lastEnd = ends.findLast(({ end }) => end <= length)?.end ?? 0
        expect(sumClasses(spans).unparsed).toBe(length - lastEnd)
      }),
    )
  })

  test('with one bit wrong is partitioned, and read no further than to the bit where it is encrypted', () => {
    const whole = read(recorded.down, keys.down)
    const encryptedFrom = whole.spans[2]?.start ?? 0
    fc.assert(
      fc.property(fc.nat({ max: recorded.down.length * 8 - 1 }), (bit) => {
        const bytes = Buffer.from(recorded.down)
        const at = bit >> 3
        bytes[at] = (bytes[at] as number) ^ (1 << (bit & 7))
        const { spans, text } = read(bytes, keys.down)
        expect(whole.text.startsWith(text)).toBe(true)
        if (at < encryptedFrom) return
        const rest = spans.at(-1) as Span
        expect(rest.class).toBe('unparsed')
        expect(rest.start).toBeLessThanOrEqual(at)
      }),
    )
  })
})

/** HKDF-Expand-Label of RFC 8446 section 7.1, for SHA-256. */
function expand(secret: Buffer, label: string, length: number): Buffer {
  const head = Buffer.from([0, length, label.length + 6])
  const info = Buffer.concat([head, Buffer.from(`tls13 ${label}`), Buffer.from([0, 1])])
  return createHmac('sha256', secret).update(info).digest().subarray(0, length)
}

/** Makes the protected records of one secret, with AES-128-GCM. */
function sealer(secret: Buffer): (type: number, text: Uint8Array | string, padding?: number) => Buffer {
  const [key, iv] = [expand(secret, 'key', 16), expand(secret, 'iv', 12)]
  let sequence = 0
  return (type, text, padding = 0) => {
    const inner = Buffer.concat([Buffer.from(text), Buffer.from([type]), Buffer.alloc(padding)])
    const nonce = Buffer.from(iv)
    nonce[11] = (nonce[11] as number) ^ sequence++
    const header = Buffer.from([23, 3, 3, (inner.length + 16) >> 8, (inner.length + 16) & 255])
    const cipher = createCipheriv('aes-128-gcm', key, nonce).setAAD(header)
    const sealed = Buffer.concat([cipher.update(inner), cipher.final()])
    return Buffer.concat([header, sealed, cipher.getAuthTag()])
  }
}

const HELLO = Buffer.from([22, 3, 1, 0, 5, 1, 0, 0, 1, 7])
const SPEC = Buffer.from([20, 3, 3, 0, 1, 1])
const FINISHED = Buffer.from([20, 0, 0, 3, 1, 2, 3])
const KEY_UPDATE = Buffer.from([24, 0, 0, 1, 0])

describe('records', () => {
  const keys: TlsKeys = { handshake: randomBytes(32), traffic: randomBytes(32) }
  const handshake = () => Buffer.concat([HELLO, SPEC, sealer(keys.handshake)(22, FINISHED)])

  test('go on with the next secret after a KeyUpdate, numbered from 0', () => {
    const first = sealer(keys.traffic)
    const nextSecret = expand(keys.traffic, 'traffic upd', 32)
    const second = sealer(nextSecret)
    const third = sealer(expand(nextSecret, 'traffic upd', 32))
    const { spans, text } = read(
      Buffer.concat([
        handshake(),
        first(23, 'a'),
        first(22, KEY_UPDATE),
        second(23, 'b'),
        second(23, 'c'),
        second(22, KEY_UPDATE),
        third(23, 'd'),
      ]),
      keys,
    )
    expect(text).toBe('abcd')
    expect(labels(spans).filter((label) => label === 'KeyUpdate')).toHaveLength(2)
    expect(sumClasses(spans).unparsed).toBe(0)
  })

  test('may be padded, and empty but for that', () => {
    const seal = sealer(keys.traffic)
    const bytes = Buffer.concat([handshake(), seal(23, 'abc\0', 7), seal(23, '', 2), seal(23, '')])
    const { spans, text } = read(bytes, keys)
    expect(text).toBe('abc\0')
    const lengths = spans.slice(3).map(({ label, start, end }) => [label, end - start])
    expect(lengths).toEqual([
      ['record header', 5],
      ['content', 4],
      ['content type', 1],
      ['padding', 7],
      ['authentication tag', 16],
      ['record header', 5],
      ['content type', 1],
      ['padding', 2],
      ['authentication tag', 16],
      ['record header', 5],
      ['content type', 1],
      ['authentication tag', 16],
    ])
  })

  test('may cut handshake messages anywhere', () => {
    const encrypted = Buffer.concat([Buffer.from([8, 0, 0, 2, 0, 0]), FINISHED])
    for (let cut = 1; cut < encrypted.length; cut++) {
      const seal = sealer(keys.handshake)
      const parts = [seal(22, encrypted.subarray(0, cut)), seal(22, encrypted.subarray(cut))]
      const bytes = Buffer.concat([HELLO, SPEC, ...parts, sealer(keys.traffic)(23, 'abc')])
      const { spans, text } = read(bytes, keys)
      expect(text).toBe('abc')
      expect(sumClasses(spans).unparsed).toBe(0)
    }
  })

  test('carry alerts, in plaintext too', () => {
    const sealed = sealer(keys.traffic)(21, Buffer.from([2, 80]))
    expect(labels(read(Buffer.concat([handshake(), sealed]), keys).spans).at(-1)).toBe('alert 80')
    const plain = Buffer.from([21, 3, 3, 0, 2, 2, 40])
    expect(labels(read(Buffer.concat([HELLO, plain]), undefined).spans)).toEqual(['ClientHello', 'alert 40'])
  })

  test.each([
    ['application data under the keys of the handshake', () => sealer(keys.handshake)(23, 'abc'), HELLO],
    ['nothing but padding', () => sealer(keys.handshake)(0, '', 3), HELLO],
    ['no handshake message at all', () => sealer(keys.handshake)(22, ''), HELLO],
    ['an unknown type of content', () => sealer(keys.handshake)(99, 'abc'), HELLO],
    [
      'more after Finished',
      () => sealer(keys.handshake)(22, Buffer.concat([FINISHED, KEY_UPDATE])),
      Buffer.concat([HELLO, SPEC]),
    ],
    ['too few bytes for a tag', () => Buffer.from([23, 3, 3, 0, 3, 1, 2, 3]), HELLO],
    ['a plaintext Certificate', () => Buffer.from([22, 3, 3, 0, 4, 11, 0, 0, 0]), HELLO],
    ['change_cipher_spec of two bytes', () => Buffer.from([20, 3, 3, 0, 2, 1, 1]), HELLO],
  ])('that cannot be are unparsed to the end: %s', (_, bad, before) => {
    const bytes = Buffer.concat([before, bad(), HELLO])
    expect(read(bytes, keys).spans.at(-1)).toMatchObject({ class: 'unparsed', start: before.length })
  })

  test('after Finished are neither change_cipher_spec nor plaintext', () => {
    const before = handshake()
    for (const bad of [SPEC, HELLO]) {
      const { spans } = read(Buffer.concat([before, bad]), keys)
      expect(spans.at(-1)).toMatchObject({ class: 'unparsed', start: before.length })
    }
  })

  test('of any bytes are partitioned, whatever the keys', () => {
    const seal = sealer(keys.handshake)
    const hostile = fc
      .array(
        fc.oneof(
          fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
          fc.constantFrom(
            HELLO,
            SPEC,
            seal(22, FINISHED.subarray(0, 2)),
            seal(22, FINISHED.subarray(2)),
            handshake(),
            sealer(keys.traffic)(23, 'abc', 3),
            Buffer.from([22, 3, 3, 0, 0]),
            Buffer.from([22, 3, 3, 0, 2, 1, 255]),
            Buffer.from([23, 3, 3, 255, 255]),
            Buffer.from([23, 3, 3, 0, 0]),
          ),
        ),
        { maxLength: 10 },
      )
      .map((parts) => Buffer.concat(parts))
    const secret = fc
      .constantFrom(0, 1, 20, 32, 48, 64)
      .chain((length) => fc.uint8Array({ minLength: length, maxLength: length }))
      .map((bytes) => Buffer.from(bytes))
    const someKeys = fc.option(fc.oneof(fc.constant(keys), fc.record({ handshake: secret, traffic: secret })))
    fc.assert(
      fc.property(hostile, someKeys, (bytes, any) => {
        const { spans } = read(bytes, any ?? undefined)
        expect(Object.values(sumClasses(spans)).reduce((sum, part) => sum + part, 0)).toBe(bytes.length)
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('a key log', () => {
  const random = '0'.repeat(64)
  const lines = [
    'CLIENT_HANDSHAKE_TRAFFIC_SECRET',
    'SERVER_HANDSHAKE_TRAFFIC_SECRET',
    'CLIENT_TRAFFIC_SECRET_0',
    'SERVER_TRAFFIC_SECRET_0',
  ].map((label, i) => `${label} ${random} ${String(i).repeat(64)}\n`)

  test('gives two secrets a direction, among lines of other kinds', () => {
    const found = readKeyLog(['# comment', ...lines.toReversed(), `EXPORTER_SECRET ${random} 00`, ''])
    const hex = (keys?: TlsKeys) => [keys?.handshake.toString('hex'), keys?.traffic.toString('hex')]
    expect(hex(found?.up)).toEqual(['0'.repeat(64), '2'.repeat(64)])
    expect(hex(found?.down)).toEqual(['1'.repeat(64), '3'.repeat(64)])
  })

  test.each([0, 1, 2, 3])('is of no use without its line %i', (missing) => {
    expect(readKeyLog(lines.toSpliced(missing, 1))).toBeUndefined()
    expect(readKeyLog(lines.toSpliced(missing, 1, (lines[missing] as string).slice(0, -2)))).toBeUndefined()
  })
})
