import { randomBytes } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { until } from '../../server/fixture/until.ts'
import { failureOf } from '../fixture/subscriber.ts'
import { Behind, seqsOf, upTo } from './fixture/behind.ts'
import { allOf, dial } from './fixture/talk.ts'
import { startHttpOnlyProxy } from './http-only.ts'

const behind = new Behind()
afterEach(() => behind.end())

describe('behind a proxy for HTTP only', () => {
  test('an XMLSocket fails', async () => {
    const { app, urlOf } = await behind.server({}, { policyPorts: ['*'] })
    const { url } = await behind.network(startHttpOnlyProxy(urlOf('xml-socket')))
    expect(await failureOf('xml-socket', url)).toBe('POLICY_REFUSED')
    expect(app.techniqueCounters.get('xml-socket')?.open).toBe(0)
  })

  test.each(['short-poll', 'sse', 'websocket'])('%s delivers every event once, in order', async (name) => {
    const { feed, url: target } = await behind.server()
    const { url } = await behind.network(startHttpOnlyProxy(target))
    const subscriber = await behind.join(name, url)
    for (let i = 0; i < 20; i++) feed.publish()
    await until('all have come', () => subscriber.events.length >= 20)
    expect(seqsOf(subscriber)).toEqual(upTo(20))
    expect(subscriber.failures).toEqual([])
  })

  test.each([
    { what: "XMLSocket's first message", bytes: '<policy-file-request/>\0' },
    { what: 'a ClientHello of TLS', bytes: Buffer.concat([Buffer.of(22, 3, 1, 2, 0), randomBytes(512)]) },
    { what: 'the preface of HTTP/2', bytes: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n' },
    { what: 'HTTP/0.9', bytes: 'GET /\r\n\r\n' },
  ])('$what is answered 400, and the connection closed', async ({ bytes }) => {
    const { url: target } = await behind.server()
    const { url } = await behind.network(startHttpOnlyProxy(target))
    const socket = dial(url)
    socket.write(bytes)
    expect((await allOf(socket)).toString()).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
    socket.end()
    await until('it is closed', () => socket.destroyed)
  })
})
