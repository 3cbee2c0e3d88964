import { afterEach, describe, expect, test } from 'vitest'
import { statusesAfterH2c, statusesOf } from './fixture/h2c.ts'
import { type Served, type ServePlan, serve } from './serve.ts'
import { completeVariant, type Variant } from './variant.ts'

const servers: Served[] = []
afterEach(async () => {
  for (const { app } of servers.splice(0)) await app.close()
})

async function start(plan: ServePlan): Promise<Served> {
  const server = await serve(plan)
  servers.push(server)
  return server
}

describe('an offer of h2c is ignored, and its request answered like the next one', () => {
  test.each<[string, ServePlan]>([
    ['with all techniques', {}],
    ['without a WebSocket', { techniques: ['short-poll'] }],
    ['with WebSocket', { techniques: ['short-poll', 'websocket'] }],
    ['with Socket.IO', { techniques: ['short-poll', 'socket-io'] }],
    ['over TLS', { variant: completeVariant({ tls: true }) }],
    ['beside HTTP/2', { variant: completeVariant({ http: '2', tls: true }) }],
  ])('%s', async (_, plan) => {
    const { url } = await start(plan)
    expect(await statusesAfterH2c(url, '/short-poll')).toEqual([200, 200])
  })

  test('on the port of a prepared fan-out', async () => {
    const { app } = await start({ variant: completeVariant({ fanOut: 'prepared' }) })
    for (const technique of ['sse', 'websocket']) {
      const url = app.techniqueUrls.get(technique) as string
      expect(await statusesAfterH2c(url, '/short-poll')).toEqual([200, 200])
      expect(await statusesAfterH2c(url, '/websocket')).toEqual([426, 426])
    }
  })

  test('with its body', async () => {
    const { url } = await start({ settings: { subscribersPublish: true } })
    const body = '{"seq":0}'
    const head = `POST /sse HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n`
    const offer = 'Connection: Upgrade\r\nUpgrade: h2c\r\n'
    const requests = [`${head}${offer}\r\n${body}`, `${head}Connection: close\r\n\r\n${body}`]
    expect(await statusesOf(url, ...requests)).toEqual([204, 204])
  })
})

describe('a WebSocket is opened where it is spoken, and elsewhere the request is answered', () => {
  const offer =
    'Connection: Upgrade\r\nUpgrade: WebSocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n'

  test.each<[string, ServePlan]>([
    ['with all techniques', {}],
    ['with Socket.IO alone', { techniques: ['short-poll', 'socket-io'] }],
    ['without a WebSocket', { techniques: ['short-poll'] }],
  ])('%s', async (_, plan) => {
    const { url } = await start(plan)
    const asked = (path: string, more = '') => `GET ${path} HTTP/1.1\r\nHost: a\r\n${more}\r\n`
    const last = asked('/health', 'Connection: close\r\n')
    for (const path of ['/short-poll', '/health'])
      expect(await statusesOf(url, asked(path, offer), last)).toEqual([200, 200])
    expect(await statusesOf(url, asked('/nowhere', offer), last)).toEqual([404, 200])
    // Socket.IO is one path further.
    expect(await statusesOf(url, asked('/socket-io?EIO=4&transport=websocket', offer), last)).toEqual([
      404, 200,
    ])
  })

  test('with a query and a slash, too', async () => {
    const { url } = await start({})
    const paths = [
      '/websocket',
      '/websocket/',
      '/websocket?lastEventId=0',
      '/socket-io/?EIO=4&transport=websocket',
    ]
    const opened = paths.map((path) => statusesOf(url, `GET ${path} HTTP/1.1\r\nHost: a\r\n${offer}\r\n`))
    expect(await Promise.all(opened)).toEqual(paths.map(() => [101]))
  })
})

test.each<[string, Variant]>([
  ['of HTTP/1.1', completeVariant({})],
  ['of HTTP/2', completeVariant({ http: '2', tls: true })],
])('who asks a server %s for a tunnel is told that there is none', async (_, variant) => {
  const { url } = await start({ variant })
  expect(await statusesOf(url, 'CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n')).toEqual([501])
})

test('who asks for a tunnel, says more and leaves, leaves nothing behind', async () => {
  const { url, app } = await start({})
  expect(await statusesOf(url, 'CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n', 'and more')).toEqual([501])
  await expect.poll(() => app.openSockets.size, { timeout: 5_000 }).toBe(0)
})

test('a WebSocket that is asked for with a body is refused, and its connection closed', async () => {
  const { url, app } = await start({})
  const asked = 'GET /websocket HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n'
  expect(await statusesOf(url, `${asked}Content-Length: 5\r\n\r\nhello`)).toEqual([400])
  await expect.poll(() => app.openSockets.size, { timeout: 5_000 }).toBe(0)
})
