import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { nowUs } from '../../server/clock.ts'
import { until } from '../../server/fixture/until.ts'
import { registry } from '../../server/registry.ts'
import { completeVariant, defaultVariant } from '../../server/variant.ts'
import { Meter } from '../meter.ts'
import { clientTechnique } from '../technique.ts'
import { type DelayOptions, startDelay } from './delay.ts'
import { Behind, seqsOf, upTo } from './fixture/behind.ts'
import { allOf, deafUrl, dial, startTcpServer } from './fixture/talk.ts'

const behind = new Behind()
afterEach(() => behind.end())

/** A connection through a delay, and its other end. */
async function connection(
  options: DelayOptions,
): Promise<{ near: Socket; far: Promise<Socket>; dialledUs: number }> {
  const { promise: far, resolve } = Promise.withResolvers<Socket>()
  const server = await behind.network(startTcpServer((socket) => resolve(socket.on('error', () => {}))))
  const { url } = await behind.network(startDelay(server.url, options))
  const dialledUs = nowUs()
  return { near: dial(url), far, dialledUs }
}

describe('through 20 ms of delay', () => {
  test.each(registry.map(({ name }) => name))('%s delivers every event once, in order', async (name) => {
    const { feed, urlOf } = await behind.server({}, { policyPorts: ['*'] })
    const { url } = await behind.network(startDelay(urlOf(name), { delayMs: 20, jitterMs: 2 }))
    const subscriber = await behind.join(name, url)
    for (let i = 0; i < 30; i++) {
      feed.publish()
      if (i % 5 === 0) await sleep(5)
    }
    await until('all have come', () => subscriber.events.length >= 30)
    expect(seqsOf(subscriber)).toEqual(upTo(30))
    expect(subscriber.gaps).toEqual([])
    expect(subscriber.failures).toEqual([])
  })

  test('so does SSE over TLS and HTTP/2', async () => {
    const variant = completeVariant({ http: '2' })
    const { feed, url: target } = await behind.server({}, {}, variant)
    const { url } = await behind.network(startDelay(target, { delayMs: 20 }))
    const subscriber = await behind.join('sse', url, { variant })
    for (let i = 0; i < 30; i++) feed.publish()
    await until('all have come', () => subscriber.events.length >= 30)
    expect(seqsOf(subscriber)).toEqual(upTo(30))
    expect(subscriber.failures).toEqual([])
  })

  test('no event arrives earlier than 20 ms after it was published', async () => {
    const { feed, url: target } = await behind.server()
    const { url } = await behind.network(startDelay(target, { delayMs: 20 }))
    const arrivedUs: number[] = []
    const { promise: opened, resolve } = Promise.withResolvers<void>()
    const abort = new AbortController()
    const meter = new Meter()
    const twin = await clientTechnique('sse')
    const over = twin({
      url,
      door: meter.door(defaultVariant),
      pollIntervalMs: 0,
      pollPhaseMs: 0,
      signal: abort.signal,
      onOpen: () => resolve(),
      onEvent: () => arrivedUs.push(nowUs()),
      onGap: () => {},
      onEmptyAnswer: () => {},
    }).catch(() => {})
    await opened
    const publishedUs: number[] = []
    for (let i = 0; i < 20; i++) {
      publishedUs.push(feed.publish().publishedAtUs)
      await sleep(3)
    }
    await until('all have come', () => arrivedUs.length === 20)
    abort.abort()
    await over
    await meter.close()
    const fastestUs = Math.min(...arrivedUs.map((us, i) => us - (publishedUs[i] as number)))
    expect(fastestUs).toBeGreaterThanOrEqual(20_000)
  })
})

describe('a connection over a delay', () => {
  test('is accepted after three delays, answers first after four, and then after two', async () => {
    const { near, far, dialledUs } = await connection({ delayMs: 20 })
    near.write('a')
    const server = await far
    expect(nowUs() - dialledUs).toBeGreaterThanOrEqual(60_000)
    server.pipe(server)
    await once(near, 'data')
    expect(nowUs() - dialledUs).toBeGreaterThanOrEqual(80_000)
    const askedUs = nowUs()
    near.write('b')
    await once(near, 'data')
    expect(nowUs() - askedUs).toBeGreaterThanOrEqual(40_000)
  })

  test('answers after half a close, and closes', async () => {
    const { near, far } = await connection({ delayMs: 5 })
    near.end('question')
    const server = await far
    expect((await allOf(server)).toString()).toBe('question')
    server.end('answer')
    expect((await allOf(near)).toString()).toBe('answer')
    await until('both are closed', () => near.destroyed && server.destroyed)
  })

  test('passes a reset on, upwards after what was sent before it', async () => {
    const { near, far } = await connection({ delayMs: 5 })
    near.write('last words')
    const server = await far
    const failed = once(server, 'error').catch((error) => [error])
    await once(server, 'data')
    near.resetAndDestroy()
    expect((await failed)[0]).toMatchObject({ code: 'ECONNRESET' })
  })

  test('passes a reset on downwards', async () => {
    const { near, far } = await connection({ delayMs: 5 })
    const failed = new Promise<NodeJS.ErrnoException>((resolve) => near.on('error', resolve))
    ;(await far).resetAndDestroy()
    expect(await failed).toMatchObject({ code: 'ECONNRESET' })
  })

  test('is reset where nobody listens', async () => {
    const { url } = await behind.network(startDelay(await deafUrl(), { delayMs: 5 }))
    const near = dial(url)
    const failed = new Promise<NodeJS.ErrnoException>((resolve) => near.on('error', resolve))
    expect(await failed).toMatchObject({ code: 'ECONNRESET' })
  })
})

describe('bytes', () => {
  test('keep their order under jitter, however they are cut, both ways', async () => {
    const { near, far } = await connection({ delayMs: 1, jitterMs: 4, seed: 3 })
    const server = await far
    const received = { up: [] as Buffer[], down: [] as Buffer[] }
    server.on('data', (chunk) => received.up.push(chunk))
    near.on('data', (chunk) => received.down.push(chunk))
    const sent = { up: '', down: '' }
    const writes = fc.array(
      fc.record({ up: fc.boolean(), text: fc.string({ maxLength: 200 }), pause: fc.boolean() }),
    )
    const [plan] = fc.sample(fc.tuple(...Array.from({ length: 20 }, () => writes)), { numRuns: 1, seed: 5 })
    for (const { up, text, pause } of (plan ?? []).flat()) {
      if (up) near.write(text)
      else server.write(text)
      sent[up ? 'up' : 'down'] += text
      if (pause) await sleep(1)
    }
    near.end()
    server.end()
    await until('both are closed', () => near.destroyed && server.destroyed)
    expect(Buffer.concat(received.up).toString()).toBe(sent.up)
    expect(Buffer.concat(received.down).toString()).toBe(sent.down)
  })

  const size = 1_000_000
  test.each([
    { limit: 'no limit', bytesPerSecond: Number.POSITIVE_INFINITY },
    { limit: '4 MB/s', bytesPerSecond: 4e6 },
  ])('of a megabyte each way come as they were with $limit, and no faster', async ({ bytesPerSecond }) => {
    const { near, far } = await connection({ delayMs: 5, jitterMs: 3, bytesPerSecond })
    const [up, down] = [randomBytes(size), randomBytes(size)]
    const startUs = nowUs()
    near.end(up)
    const server = await far
    server.end(down)
    const [receivedUp, receivedDown] = await Promise.all([allOf(server), allOf(near)])
    const leastMs = 5 + (size / bytesPerSecond) * 1e3
    expect((nowUs() - startUs) / 1e3).toBeGreaterThanOrEqual(leastMs)
    expect(digest(receivedUp)).toBe(digest(up))
    expect(digest(receivedDown)).toBe(digest(down))
  })

  test('are not collected without bound for a peer that does not read', async () => {
    const { near, far } = await connection({ delayMs: 5 })
    near.pause()
    const server = await far
    const chunk = Buffer.alloc(1_000_000)
    const total = 60 * chunk.length
    for (let i = 0; i < 60; i++) server.write(chunk)
    const taken = () => server.bytesWritten - server.writableLength
    let before = -1
    await until('no more is taken', async () => {
      before = taken()
      await sleep(200)
      return taken() === before
    })
    // Most of it is in the kernel's buffers.
    expect(taken()).toBeLessThan(25e6)
    server.end()
    near.resume()
    expect((await allOf(near)).length).toBe(total)
  })
})

test('closing ends every connection, those that are still being set up too', async () => {
  const { near, far } = await connection({ delayMs: 5 })
  const server = await far
  const { url } = await behind.network(startTcpServer(() => {}))
  const slow = await startDelay(url, { delayMs: 60_000 })
  const waiting = dial(slow.url)
  await once(waiting, 'connect')
  await slow.close()
  await until('it is closed', () => {
    waiting.resume().end()
    return waiting.destroyed
  })
  await behind.end()
  near.resume().end()
  server.resume().end()
  await until('both are closed', () => near.destroyed && server.destroyed)
})

const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
