import { once } from 'node:events'
import {
  Agent,
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { nowUs } from '../../server/clock.ts'
import { statusesAfterH2c, statusesOf } from '../../server/fixture/h2c.ts'
import { until } from '../../server/fixture/until.ts'
import { encodePayload } from '../../server/payload.ts'
import { Behind } from './fixture/behind.ts'
import { deafUrl } from './fixture/talk.ts'
import { endToEnd, startHttpProxy } from './http-proxy.ts'
import { networkOf, Sockets } from './network.ts'

const behind = new Behind()
afterEach(() => behind.end())

/** A server of HTTP that is no pushlab, behind a proxy; resolves with the proxy's URL. */
async function proxied(serve: (asked: IncomingMessage, answer: ServerResponse) => void): Promise<string> {
  const server: Server = createServer(serve)
  const target = await behind.network(networkOf(server, 'http://127.0.0.1', new Sockets()))
  return (await behind.network(startHttpProxy(target.url))).url
}

describe('a proxy of HTTP', () => {
  test('drops what belongs to one connection, and what Connection names besides', () => {
    const fields = [
      'Host',
      'a',
      'Connection',
      'keep-alive, X-Own',
      'x-own',
      '1',
      'Upgrade',
      'websocket',
      'TE',
      'trailers',
    ]
    expect(endToEnd([...fields, 'Set-Cookie', 'a=1', 'Set-Cookie', 'b=2'])).toEqual([
      ...['Host', 'a', 'Set-Cookie', 'a=1', 'Set-Cookie', 'b=2'],
    ])
  })

  test('passes requests on with their bodies, of known length and in chunks', async () => {
    const url = await proxied(async (asked, answer) => {
      const { method, url: path, headers } = asked
      answer.end(JSON.stringify({ method, path, host: headers.host, body: await text(asked) }))
    })
    for (const headers of [{ 'content-length': '5' }, { 'transfer-encoding': 'chunked' }]) {
      for (const method of ['POST', 'GET']) {
        const asked = request(new URL('/a?b=c', url), { method, headers })
        asked.end('hello')
        const [answer] = (await once(asked, 'response')) as [IncomingMessage]
        const { host } = new URL(url)
        expect(JSON.parse(await text(answer))).toEqual({ method, path: '/a?b=c', host, body: 'hello' })
      }
    }
  })

  test('uses a connection again for the next request', async () => {
    const url = await proxied((_asked, answer) => answer.writeHead(204).end())
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const ports = new Set<number | undefined>()
    for (let i = 0; i < 3; i++) {
      const asked = request(url, { agent }).end()
      const [answer] = (await once(asked, 'response')) as [IncomingMessage]
      ports.add(answer.socket.localPort)
      expect(answer.statusCode).toBe(204)
      answer.resume()
      await once(answer, 'end')
    }
    expect(ports.size).toBe(1)
    agent.destroy()
  })

  test('does not make an answer look complete that was cut', async () => {
    const url = await proxied((_asked, answer) => {
      answer.write('the first half', () => answer.destroy())
    })
    const asked = request(url).end()
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    await expect(text(answer)).rejects.toMatchObject({ code: 'ECONNRESET' })
  })

  test('tells the server when the subscriber leaves, before an answer and in it', async () => {
    const seen: string[] = []
    const url = await proxied((asked, answer) => {
      seen.push(`${asked.url} came`)
      answer.on('close', () => seen.push(`${asked.url} left`))
      if (asked.url === '/stream') answer.write('open')
    })
    const held = request(new URL('/held', url)).on('error', () => {})
    held.end()
    await until('it came', () => seen.includes('/held came'))
    held.destroy()
    await until('it left', () => seen.includes('/held left'))
    const stream = request(new URL('/stream', url)).on('error', () => {})
    stream.end()
    await once(stream, 'response')
    stream.destroy()
    await until('it left', () => seen.includes('/stream left'))
  })

  test('answers 502 where nobody listens', async () => {
    const target = (await deafUrl()).replace('tcp', 'http')
    const { url } = await behind.network(startHttpProxy(target))
    const asked = request(url).end()
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    expect(answer.statusCode).toBe(502)
    answer.resume()
  })

  test('refuses a target that it could not read', async () => {
    await expect(startHttpProxy('https://127.0.0.1:1')).rejects.toMatchObject({ code: 'BAD_INPUT' })
  })

  test.each([true, false])('answers who offers h2c, and asks again (upgrades: %s)', async (upgrades) => {
    const { url: target } = await behind.server()
    const { url } = await behind.network(startHttpProxy(target, { upgrades }))
    expect(await statusesAfterH2c(url, '/short-poll')).toEqual([200, 200])
    expect(await statusesOf(url, 'CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n')).toEqual([501])
  })

  test('passes the refusal of an upgrade on', async () => {
    const { url: target } = await behind.server()
    const { url } = await behind.network(startHttpProxy(target))
    const socket = new WebSocket(`${url.replace('http', 'ws')}/websocket`, {
      origin: 'http://elsewhere.test',
    })
    socket.on('error', () => {})
    const [, answer] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage]
    expect(answer.statusCode).toBe(403)
    expect(JSON.parse(await text(answer))).toMatchObject({ code: 'FORBIDDEN' })
    socket.terminate()
  })

  test.each(['sse', 'websocket', 'socket-io'])('lets a subscriber of %s publish', async (name) => {
    const { feed, url: target } = await behind.server({}, { subscribersPublish: true })
    const { url } = await behind.network(startHttpProxy(target))
    const subscriber = await behind.join(name, url)
    await subscriber.publish(encodePayload(0, nowUs() - feed.epochUs, 0, 100))
    await until('it has come', () => subscriber.events.length === 1)
    expect(subscriber.failures).toEqual([])
  })

  test('ends streams and upgraded connections when it is closed, and is not to be reached any more', async () => {
    const { app, url: target } = await behind.server()
    const network = await startHttpProxy(target)
    const subscribers = [await behind.join('sse', network.url), await behind.join('websocket', network.url)]
    await network.close()
    for (const { failures } of subscribers) {
      await until('it cannot come back', () => failures.includes('ECONNREFUSED'))
    }
    await until('the server has noticed', () =>
      ['sse', 'websocket'].every((name) => app.techniqueCounters.get(name)?.open === 0),
    )
  })
})
