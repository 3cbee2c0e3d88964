import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { until } from '../../server/fixture/until.ts'
import { Behind } from './fixture/behind.ts'
import { allOf, dial, startTcpServer } from './fixture/talk.ts'
import { addressOf, networkOf, Sockets, tunnel } from './network.ts'

const behind = new Behind()
afterEach(() => behind.end())

describe('a tunnel', () => {
  /** Both ends of a connection that goes through one. */
  async function connection(): Promise<[Socket, Socket]> {
    const { promise: far, resolve } = Promise.withResolvers<Socket>()
    const server = await behind.network(startTcpServer((socket) => resolve(socket.on('error', () => {}))))
    const sockets = new Sockets()
    const middle = createServer({ allowHalfOpen: true }, (socket) => {
      const onwards = connect({ ...addressOf(server.url), allowHalfOpen: true })
      sockets.track(onwards)
      tunnel(socket, onwards)
    })
    const { url } = await behind.network(networkOf(middle, server.url, sockets))
    return [dial(url), await far]
  }

  test('lets one side answer after the other has said all it had to say', async () => {
    const [near, far] = await connection()
    near.end('question')
    expect((await allOf(far)).toString()).toBe('question')
    const long = 'answer'.repeat(500_000)
    far.end(long)
    expect((await allOf(near)).toString()).toBe(long)
    await until('both are closed', () => near.destroyed && far.destroyed)
  })

  test('passes a reset on, either way', async () => {
    for (const direction of ['up', 'down']) {
      const [near, far] = await connection()
      const [from, to] = direction === 'up' ? [near, far] : [far, near]
      const failed = new Promise((resolve) => to.on('error', resolve))
      to.resume()
      from.resetAndDestroy()
      expect(await failed).toMatchObject({ code: 'ECONNRESET' })
    }
  })
})

describe('a network', () => {
  test.each(['http', 'https', 'tcp'])('keeps the scheme of its target, %s', async (scheme) => {
    const network = networkOf(createServer(), `${scheme}://127.0.0.1:1`, new Sockets())
    const { url } = await behind.network(network)
    expect(new URL(url).protocol).toBe(`${scheme}:`)
  })

  test('closes although its peers do not', async () => {
    const network = await startTcpServer(() => {})
    const idle = dial(network.url)
    await once(idle, 'connect')
    await network.close()
    idle.destroy()
  })

  test.each([
    ['http://127.0.0.1:8080', { host: '127.0.0.1', port: 8080 }],
    ['tcp://[::1]:8080', { host: '::1', port: 8080 }],
    ['https://example.test', { host: 'example.test', port: 443 }],
  ])('connects to %s', (target, address) => {
    expect(addressOf(target)).toEqual(address)
  })
})
