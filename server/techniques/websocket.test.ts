import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { type ClientOptions, WebSocket } from 'ws'
import { until } from '../fixture/until.ts'
import { type LocalServer, startServer } from '../local-server.ts'
import { defaultVariant } from '../variant.ts'

const HEARTBEAT_MS = 250

let server: LocalServer
let url: string
afterEach(() => server.app.close())

describe.each(['library', 'prepared'] as const)('with the fan-out %s', (fanOut) => {
  beforeEach(async () => {
    server = await startServer(
      {},
      { allowedOrigins: ['https://allowed.example'], heartbeatMs: HEARTBEAT_MS, maxMessageBytes: 4_096 },
      { ...defaultVariant, fanOut },
    )
    url = `${server.urlOf('websocket').replace('http', 'ws')}/websocket`
  })

  describe('the Origin', () => {
    test.each([
      ['that is not sent, for no web page asks', {}, 101],
      ['of the server itself', { self: true }, 101],
      ['that is allowed', { origin: 'https://allowed.example' }, 101],
      ['that is not allowed', { origin: 'https://evil.example' }, 403],
      ['that only starts like an allowed one', { origin: 'https://allowed.example.evil.example' }, 403],
      ['of a sandboxed page', { origin: 'null' }, 403],
      ['that is no URL', { origin: '://' }, 403],
    ])('%s', async (_, { self, origin }: { self?: boolean; origin?: string }, status) => {
      const sent = self ? server.urlOf('websocket') : origin
      expect(await handshake(sent === undefined ? {} : { origin: sent })).toBe(status)
    })
  })

  test('the subprotocol is agreed where it is offered', async () => {
    const agreed = new WebSocket(url, ['other', 'pushlab.v1'])
    await once(agreed, 'open')
    expect(agreed.protocol).toBe('pushlab.v1')
    agreed.close()
  })

  test('a plain GET is told to upgrade', async () => {
    const response = await fetch(url.replace('ws', 'http'))
    expect(response.status).toBe(426)
    expect(response.headers.get('upgrade')).toBe('websocket')
  })

  test('a peer that answers pings stays, however late, and one that answers no more is cut off', async () => {
    // Whoever measures time measures this one.
    vi.useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'],
    })
    onTestFinished(() => void vi.useRealTimers())
    const [living, slow, dead] = [{}, { autoPong: false }, { autoPong: false }].map(
      (options) => new WebSocket(url, options),
    ) as [WebSocket, WebSocket, WebSocket]
    await Promise.all([living, slow, dead].map((socket) => once(socket, 'open')))
    const left = () => server.app.techniqueCounters.get('websocket')?.open
    const heard = () => [...server.app.openSockets].reduce((sum, { bytesRead }) => sum + bytesRead, 0)
    /** Lets a heartbeat pass, and what it makes peers do: a pong has 6 bytes and its content. */
    const beat = async (pinged: readonly WebSocket[], pongs: () => number = () => 6) => {
      const before = heard()
      const asked = Promise.all(pinged.map((socket) => once(socket, 'ping')))
      vi.advanceTimersByTime(HEARTBEAT_MS)
      await asked
      await until('pongs have come', () => heard() - before >= pongs())
      await new Promise(setImmediate)
    }
    dead.once('ping', (content) => dead.pong(content))
    await beat([living, slow, dead], () => 12)
    for (let i = 0; i < 2; i++) await beat([living, slow, dead])
    expect(left()).toBe(3)
    // Two heartbeats after the first ping that it has not answered.
    const closed = once(dead, 'close')
    vi.advanceTimersByTime(HEARTBEAT_MS)
    expect((await closed)[0]).toBe(1006)
    // 4 s after its first ping.
    for (let i = 0; i < 13; i++) await beat([living, slow])
    slow.pong('')
    for (let i = 0; i < 20; i++) await beat([living, slow])
    expect(left()).toBe(2)
    slow.terminate()
    await until('one is left', () => left() === 1)
    living.close()
  })

  test('close codes say why', async () => {
    const socket = new WebSocket(url)
    await once(socket, 'open')
    server.feed.end()
    const [code, reason] = await once(socket, 'close')
    expect([code, String(reason)]).toEqual([1000, 'feed-ended'])
  })

  test('a closing server says 1001, so that clients come back', async () => {
    const socket = new WebSocket(url)
    await once(socket, 'open')
    const closed = once(socket, 'close')
    await server.app.close()
    expect((await closed)[0]).toBe(1001)
  })

  describe('a client that', () => {
    test.each([
      ['publishes', (socket: WebSocket) => socket.send('hello'), 1008],
      ['sends more than a message may hold', (socket: WebSocket) => socket.send('x'.repeat(5_000)), 1009],
    ])('%s is shown out, and others stay', async (_, misbehave, expected) => {
      const [bad, good] = [new WebSocket(url), new WebSocket(url)]
      await Promise.all([once(bad, 'open'), once(good, 'open')])
      misbehave(bad)
      expect((await once(bad, 'close'))[0]).toBe(expected)
      const message = once(good, 'message')
      server.feed.publish()
      await message
      expect(good.readyState).toBe(WebSocket.OPEN)
      await until('one is left', () => server.app.techniqueCounters.get('websocket')?.open === 1)
      good.close()
    })
  })
})

/** The status of the answer to the opening handshake. */
function handshake(options: ClientOptions, protocols: string[] = []): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, protocols, options)
    socket.on('open', () => {
      resolve(101)
      socket.close()
    })
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode))
    socket.on('error', reject)
  })
}
