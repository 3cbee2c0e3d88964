import { once } from 'node:events'
import { afterEach, describe, expect, test } from 'vitest'
import { until } from '../../server/fixture/until.ts'
import { Behind, seqsOf, upTo } from './fixture/behind.ts'
import { dial, startTcpServer } from './fixture/talk.ts'
import { startIdleTimeout } from './idle-timeout.ts'

const behind = new Behind()
afterEach(() => behind.end())

describe('an idle timeout', () => {
  test.each(['fin', 'rst'] as const)(
    'cuts a silent event stream by %s, and the subscriber resumes without loss',
    async (by) => {
      const { feed, app, url: target } = await behind.server()
      const { url } = await behind.network(startIdleTimeout(target, { idleMs: 60, by }))
      const subscriber = await behind.join('sse', url)
      for (const cuts of [1, 2, 3]) {
        await until('it is cut', () => subscriber.failures.length >= cuts)
        for (let i = 0; i < 5; i++) feed.publish()
        await until('it has caught up', () => subscriber.events.length >= feed.latestSeq)
      }
      expect(seqsOf(subscriber)).toEqual(upTo(15))
      expect(subscriber.gaps).toEqual([])
      expect(new Set(subscriber.failures)).toEqual(new Set(['ECONNRESET']))
      subscriber.stop()
      await until('the server has noticed', () => app.techniqueCounters.get('sse')?.open === 0)
    },
  )

  test('leaves a stream alone whose heartbeats come sooner', async () => {
    const { feed, url: target } = await behind.server({}, { heartbeatMs: 25 })
    const { url } = await behind.network(startIdleTimeout(target, { idleMs: 500 }))
    const subscriber = await behind.join('sse', url)
    const heartbeatBytes = 'd\r\n: heartbeat\n\n\r\n'.length
    const openedBytes = subscriber.meter.read().bytesDown
    // 40 heartbeats take twice as long as the silence that would be cut.
    await until(
      'many heartbeats have come',
      () => subscriber.meter.read().bytesDown > openedBytes + 40 * heartbeatBytes,
    )
    feed.publish()
    await until('the event has come', () => subscriber.events.length === 1)
    expect(subscriber.failures).toEqual([])
  })

  test.each([
    { by: 'fin' as const, ends: 'end' },
    { by: 'rst' as const, ends: 'ECONNRESET' },
  ])('tells both sides by $by', async ({ by, ends }) => {
    const told: string[] = []
    const listen = (socket: ReturnType<typeof dial>) =>
      socket
        .on('end', () => told.push('end'))
        .on('error', ({ code }: NodeJS.ErrnoException) => told.push(String(code)))
        .resume()
    const server = await behind.network(startTcpServer(listen))
    const { url } = await behind.network(startIdleTimeout(server.url, { idleMs: 20, by }))
    const near = listen(dial(url))
    await once(near, 'connect')
    await until('both are told', () => told.length === 2)
    expect(told).toEqual([ends, ends])
  })
})
