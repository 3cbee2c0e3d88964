import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { until } from '../fixture/until.ts'
import { type LocalServer, startServer } from '../local-server.ts'
import { registry, whyNot } from '../registry.ts'
import type { ServerSettings } from '../settings.ts'
import { completeVariant, defaultVariant, type Variant } from '../variant.ts'

const servers: LocalServer[] = []
const sockets: Socket[] = []
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  for (const { app } of servers.splice(0)) await app.close()
})

async function start(
  fanOut: Variant['fanOut'],
  settings: Partial<ServerSettings> = {},
): Promise<LocalServer> {
  // So short an event has no room for times, and says the same in every feed.
  const feed = { feedId: 'f00d42', payloadBytes: 40 }
  const server = await startServer(feed, settings, { ...defaultVariant, fanOut })
  servers.push(server)
  return server
}

/** What comes on a connection to a technique's own port. */
function dial(server: LocalServer, technique: string): { socket: Socket; text(): string } {
  const socket = connect(Number(new URL(server.urlOf(technique)).port), '127.0.0.1')
  sockets.push(socket)
  let text = ''
  socket.on('data', (bytes) => {
    text += bytes.toString('latin1')
  })
  return { socket, text: () => text.replace(/Date: .*/, 'Date: (now)') }
}

const requestOf = (technique: string, more = '') =>
  `GET /${technique} HTTP/1.1\r\nHost: a\r\n${
    technique === 'websocket'
      ? 'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n'
      : ''
  }${more}\r\n`

const prepared = registry
  .map(({ name }) => name)
  .filter((name) => !whyNot(name, completeVariant({ fanOut: 'prepared' })))

describe.each(prepared)('%s', (technique) => {
  test('is to the byte what the library sends, from the head to the end, without node:http', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    onTestFinished(() => void vi.useRealTimers())
    const seen: Record<string, string> = {}
    for (const fanOut of ['library', 'prepared'] as const) {
      const server = await start(fanOut, { heartbeatMs: 100 })
      const { app, feed } = server
      let requests = 0
      app.server.on('request', () => requests++).on('upgrade', () => requests++)
      const { socket, text } = dial(server, technique)
      for (let i = 0; i < 3; i++) feed.publish()
      socket.write(requestOf(technique, 'Last-Event-ID: 3\r\nFeed-ID: f00d42\r\n'))
      await until('it is accepted', () => app.techniqueCounters.get(technique)?.open === 1)
      // One in a turn: node:http makes one chunk of all that are.
      for (const seq of [4, 5]) {
        feed.publish()
        await until('the event has come', () => text().includes(`"seq":${seq}`))
      }
      const before = text().length
      vi.advanceTimersByTime(100)
      await until('a heartbeat has come', () => text().length > before)
      feed.end()
      await until('the end has come', () => app.techniqueCounters.get(technique)?.open === 0)
      await until('it is told', () => /feed-ended|\r\n0\r\n\r\n$/.test(text()))
      seen[fanOut] = text()
      expect(requests).toBe(fanOut === 'library' ? 1 : 0)
    }
    expect(seen.prepared).toBe(seen.library)
  })
})

describe('what is no plain stream is answered by node:http on the same port', () => {
  test.each([
    ['another path', 'GET /health HTTP/1.1\r\nHost: a\r\n\r\n', 'HTTP/1.1 200 OK'],
    ['a path that does not exist', 'GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n', 'HTTP/1.1 404 Not Found'],
    ['a cursor that is none', requestOf('sse', 'Last-Event-ID: x\r\n'), 'HTTP/1.1 400 Bad Request'],
    ['no host', 'GET /sse HTTP/1.1\r\n\r\n', 'HTTP/1.1 400 Bad Request'],
    ['a POST', 'POST /sse HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx', 'HTTP/1.1 403 Forbidden'],
    ['a stream of HTTP/1.0', 'GET /sse HTTP/1.0\r\nHost: a\r\n\r\n', 'HTTP/1.1 200 OK'],
    ['nonsense', '\x16\x03\x01\r\n\r\n', 'HTTP/1.1 400 Bad Request'],
  ])('%s', async (_, request, expected) => {
    const { socket, text } = dial(await start('prepared'), 'sse')
    socket.write(request)
    await until('it is answered', () => text().includes('\r\n'))
    expect(text().split('\r\n')[0]).toBe(expected)
  })

  test('a request that comes in pieces', async () => {
    const server = await start('prepared')
    const { socket, text } = dial(server, 'sse')
    const request = requestOf('sse')
    socket.write(request.slice(0, 20))
    await until('it has been read', () => [...server.app.openSockets][0]?.bytesRead === 20)
    socket.write(request.slice(20))
    await until('it is answered', () => text().includes('event: opening'))
    server.feed.publish()
    await until('it gets events', () => text().includes('"seq":1'))
  })

  test('who asks SSE again once the feed is over', async () => {
    const server = await start('prepared')
    server.feed.end()
    const { socket, text } = dial(server, 'sse')
    socket.write(requestOf('sse'))
    await until('it is answered', () => text().includes('\r\n'))
    expect(text().split('\r\n')[0]).toBe('HTTP/1.1 204 No Content')
  })
})

test('who says nothing is cut off after the greeting’s time', async () => {
  const { socket } = dial(await start('prepared', { greetingMs: 100 }), 'sse')
  await once(socket, 'close')
  expect(socket.bytesRead).toBe(0)
})

test('who ends its side without a word is ended, too', async () => {
  const server = await start('prepared', { greetingMs: 60_000 })
  const { socket } = dial(server, 'websocket')
  socket.end()
  await once(socket, 'close')
  await until('nothing is left', () => server.app.openSockets.size === 0)
})
