import { afterEach, describe, expect, test } from 'vitest'
import { until } from '../../server/fixture/until.ts'
import { failureOf } from '../fixture/subscriber.ts'
import { Behind, seqsOf, upTo } from './fixture/behind.ts'
import { startProxyWithoutUpgrade } from './no-upgrade.ts'

const behind = new Behind()
afterEach(() => behind.end())

describe('behind a proxy without upgrades', () => {
  test('a WebSocket fails, and says that the server wanted an upgrade', async () => {
    const { app, url: target } = await behind.server()
    const { url } = await behind.network(startProxyWithoutUpgrade(target))
    expect(await failureOf('websocket', url)).toBe('HTTP_426')
    expect(app.techniqueCounters.get('websocket')?.open).toBe(0)
  })

  test.each(['sse', 'long-poll', 'socket-io'])('%s delivers every event once, in order', async (name) => {
    const { feed, url: target } = await behind.server()
    const { url } = await behind.network(startProxyWithoutUpgrade(target))
    const subscriber = await behind.join(name, url)
    for (let i = 1; i <= 20; i++) {
      feed.publish()
      await until('it has come', () => subscriber.events.length === i)
    }
    expect(seqsOf(subscriber)).toEqual(upTo(20))
    expect(subscriber.failures).toEqual([])
  })

  test('Socket.IO stays with its polls: every event asks for another', async () => {
    const { feed, url: target } = await behind.server()
    const { url } = await behind.network(startProxyWithoutUpgrade(target))
    const subscriber = await behind.join('socket-io', url)
    const before = subscriber.meter.read().requests
    for (let i = 1; i <= 20; i++) {
      feed.publish()
      await until('it has come', () => subscriber.events.length === i)
    }
    expect(subscriber.meter.read().requests - before).toBeGreaterThanOrEqual(15)
  })
})
