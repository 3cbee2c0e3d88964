import { afterEach, describe, expect, test } from 'vitest'
import { subscribe, type TestSubscriber } from '../../clients/fixture/subscriber.ts'
import { parseLoopback } from '../../clients/measure/interface-counters.ts'
import { until } from '../../server/fixture/until.ts'
import { type LocalServer, startServer } from '../../server/local-server.ts'
import { dueTimesBefore } from '../../server/schedule.ts'
import { completeVariant, type Variant } from '../../server/variant.ts'
import type { Point } from '../scenario.ts'
import { heldPollDelaysUs, heldPollRange } from './latency.ts'
import { chunkBytes, frameHeaderBytes, pollBytes, predict } from './prediction.ts'
import { joinsChunks, nearestUs } from './shared-chunks.ts'

const NODE = process.versions.node

const running: { server?: LocalServer; subscriber?: TestSubscriber } = {}
afterEach(async () => {
  running.subscriber?.stop()
  await running.subscriber?.done
  await running.server?.app.close()
  delete running.subscriber
  delete running.server
})

const point = (payloadBytes: number, variant: Partial<Variant> = {}): Point => ({
  feed: { schedule: { kind: 'constant', ratePerSecond: 10 }, payloadBytes },
  load: { subscribers: 10, warmUpMs: 1000, measureMs: 2000, pollIntervalMs: 1000, holdMs: 25_000 },
  variant: completeVariant(variant),
})

describe('the byte model', () => {
  test('has the sizes of the specifications', () => {
    expect([1, 15, 16, 255, 256].map(chunkBytes)).toEqual([6, 20, 22, 261, 263])
    expect([125, 126, 65_535, 65_536].map(frameHeaderBytes)).toEqual([2, 4, 4, 10])
  })

  test.each([
    ['long-poll', 1],
    ['long-poll', 3],
    ['short-poll', 1],
    ['short-poll', 0],
    ['jsonp-poll', 2],
  ])('of %s with %i events in an answer is what a real socket counts', async (technique, events) => {
    running.server = await startServer()
    // A port of four digits would make the request a byte shorter.
    const portDigits = new URL(running.server.url).port.length
    running.subscriber = await subscribe(technique, running.server.url, { pollIntervalMs: 300 })
    const { feed } = running.server
    const { meter } = running.subscriber
    const counters = running.server.app.techniqueCounters.get(technique) ?? expect.fail()
    // From the end of one answer to the end of the next lies exactly one poll.
    await until(
      'the first cursor is there',
      () => meter.read().requests >= (technique === 'short-poll' ? 1 : 2),
    )
    if (technique !== 'short-poll') await until('it is held', () => counters.open === 1)
    const before = meter.read()
    const polls = counters.opened
    for (let i = 0; i < events; i++) feed.publish()
    await until('the next poll was made', () => counters.opened > polls)
    await until('its answer is read', () => meter.read().bytesDown > before.bytesDown)
    const after = meter.read()
    const down = after.bytesDown - before.bytesDown
    const up = after.bytesUp - before.bytesUp
    expect(portDigits).toBe(5)
    // A held poll's request left before the count began and its successor's after: cursors of one digit are alike.
    expect(down + up).toBe(pollBytes(technique, { cursor: 0, events, payloadBytes: 100 }))
  })

  test('predicts a cell: streams and long polls to the byte', () => {
    expect(predict('websocket', point(100), NODE)).toMatchObject({
      bytesPerEvent: 102,
      wireBytesPerEvent: 206,
    })
    expect(predict('sse', point(100), NODE)).toMatchObject({ bytesPerEvent: 121, wireBytesPerEvent: 225 })
    expect(predict('iframe-stream', point(100), NODE)).toMatchObject({
      bytesPerEvent: 137,
      wireBytesPerEvent: 241,
    })
    expect(predict('long-poll', point(100), NODE)).toMatchObject({
      bytesPerEvent: 450,
      wireBytesPerEvent: 606,
    })
    expect(predict('bare-tcp', point(1_448), NODE)).toMatchObject({
      bytesPerEvent: 1_449,
      wireBytesPerEvent: 1_449 + 3 * 52,
    })
    expect(predict('carrier-pigeon', point(100), NODE)).toEqual({
      bytesPerEvent: null,
      wireBytesPerEvent: null,
      meanLatencyUs: null,
      maxLatencyUs: null,
    })
  })

  test('predicts that a poll’s headers are shared by all events of its interval', () => {
    const { bytesPerEvent, meanLatencyUs } = predict('short-poll', point(100), NODE)
    expect(meanLatencyUs).toBe(500_000)
    // Ten events a poll: a tenth of its headers, the payload, and what separates them.
    const empty = pollBytes('short-poll', { cursor: 10, events: 0, payloadBytes: 100 }) ?? 0
    expect(bytesPerEvent).toBeGreaterThan(100 + empty / 10)
    expect(bytesPerEvent).toBeLessThan(102 + empty / 10)
  })
})

describe('events of one instant', () => {
  const bursts: Point = {
    ...point(100),
    feed: { schedule: { kind: 'bursts', burstEvents: 20, everyMs: 500 }, payloadBytes: 100 },
  }
  const bytesOf = (technique: string, node: string, variant: Partial<Variant> = {}) =>
    predict(technique, { ...bursts, variant: completeVariant(variant) }, node).bytesPerEvent

  test('share a chunk where Node.js joins what it writes in one turn: from 26.9 on', () => {
    const versions = ['', '20.19.0', '24.21.0', '26.0.0', '26.8.2', '26.9.0', '26.10.0', '27.0.0']
    expect(versions.map(joinsChunks)).toEqual([false, false, false, false, false, true, true, true])
    // Numbers 41 to 120, of which 59 have two digits: 115 bytes each, and 116.
    expect(bytesOf('sse', '24.21.0')).toBe((59 * chunkBytes(115) + 21 * chunkBytes(116)) / 80)
    const four = [20 * 115, 20 * 115, 19 * 115 + 116, 20 * 116].map(chunkBytes)
    expect(bytesOf('sse', '26.10.0')).toBe(four.reduce((all, bytes) => all + bytes, 0) / 80)
    expect(bytesOf('iframe-stream', '26.10.0')).toBe(chunkBytes(20 * 131) / 20)
  })

  test.each(['websocket', 'socket-io', 'bare-tcp', 'xml-socket', 'long-poll', 'short-poll'])(
    'of %s cost the same on every Node.js',
    (technique) => expect(bytesOf(technique, '26.10.0')).toBe(bytesOf(technique, '24.21.0')),
  )

  test('have a chunk each where the fan-out is prepared', () => {
    const prepared = bytesOf('sse', '26.10.0', { fanOut: 'prepared' })
    expect(prepared).toBe(bytesOf('sse', '24.21.0'))
  })

  test('share records of TLS, and frames of HTTP/2, as no model says', () => {
    for (const variant of [{ tls: true }, { http: '2' }] as const) {
      for (const node of ['24.21.0', '26.10.0']) expect(bytesOf('sse', node, variant)).toBeNull()
    }
  })

  test('are told from those that follow: how near to each other instants lie', () => {
    expect(nearestUs(bursts)).toBe(500_000)
    expect(nearestUs(point(100))).toBe(100_000)
    expect(nearestUs({ ...bursts, feed: { ...bursts.feed, schedule: { kind: 'silent' } } })).toBe(Infinity)
  })
})

describe('the delay of held polls', () => {
  const R = 100_000
  const delaysOf = (...dueMs: number[]) =>
    heldPollDelaysUs(
      dueMs.map((ms) => ms * 1e3),
      R,
    ).map(({ delayUs }) => delayUs / 1e3)

  test('is half a round trip where a poll waits, and more while it is on its way', () => {
    // The poll after the first answer is there at 100 ms, and takes what came by then; the next at 200 ms.
    expect(delaysOf(0, 10, 90, 150, 1_000)).toEqual([50, 140, 60, 100, 50])
    // Events of one instant travel together.
    expect(delaysOf(500, 500, 500)).toEqual([50, 50, 50])
  })

  test('is never more than one and a half round trips, and of a Poisson feed tends to the formula', () => {
    for (const ratePerSecond of [1, 4, 16]) {
      const due = dueTimesBefore({ kind: 'poisson', ratePerSecond, seed: 5 }, 2e9)
      const delays = heldPollDelaysUs(due, R).map(({ delayUs }) => delayUs)
      expect(Math.max(...delays)).toBeLessThanOrEqual(1.5 * R)
      const rR = ratePerSecond * (R / 1e6)
      const formula = R / 2 + (R / 2) * (rR / (rR + Math.exp(-rR)))
      const mean = delays.reduce((sum, delay) => sum + delay, 0) / delays.length
      expect(Math.abs(mean / formula - 1)).toBeLessThan(0.02)
    }
  })

  test('stands in the prediction of a cell, whose bytes are not modelled where events share answers', () => {
    const { feed, load, variant } = point(100)
    const schedule = { kind: 'constant', ratePerSecond: 20 } as const
    const far = { feed: { ...feed, schedule }, load, variant, network: { roundTripMs: 100 } }
    const near = predict('long-poll', { ...far, network: {} }, NODE)
    const predicted = predict('long-poll', far, NODE)
    // Every 50 ms an event, every 100 ms an answer: one waits a whole round trip, the next half of one.
    expect(predicted.maxLatencyUs).toBeCloseTo(100_000, 3)
    expect(predicted.meanLatencyUs).toBeCloseTo(75_000, -4)
    expect(near.meanLatencyUs).toBeNull()
    expect([predicted.bytesPerEvent, near.bytesPerEvent]).toEqual([null, expect.any(Number)])
    // What a machine adds to the cycle moves the mean; the longest is that of a whole cycle.
    const range = heldPollRange('long-poll', far)
    expect(range?.meanUs[0]).toBeLessThanOrEqual(75_000)
    expect(range?.maxUs[1]).toBe(165_000)
    expect(heldPollRange('sse', far)).toBeNull()
  })

  test('of a short poll whose timer starts with the answer is longer by half a round trip', () => {
    const { feed, load, variant } = point(100)
    const at = (pollTimer: 'fixed' | 'timeout') =>
      predict(
        'short-poll',
        { feed, load, variant: { ...variant, pollTimer }, network: { roundTripMs: 100 } },
        NODE,
      ).meanLatencyUs
    expect(Number(at('timeout')) - Number(at('fixed'))).toBe(50_000)
  })
})

test('the counters of loopback are read from /proc/net/dev', () => {
  const text = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo: 2088540846 1639766    0    0    0     0          0         0 2088540846 1639766    0    0    0     0       0          0
  eth0:       1       2    0    0    0     0          0         0        0       0    0    0    0     0       0          0
`
  expect(parseLoopback(text)).toEqual({ bytes: 2_088_540_846, packets: 1_639_766 })
  expect(parseLoopback('nothing')).toBeNull()
})
