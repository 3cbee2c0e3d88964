import { afterEach, expect, test } from 'vitest'
import { until } from '../server/fixture/until.ts'
import { type LocalServer, startServer } from '../server/local-server.ts'
import { completeVariant } from '../server/variant.ts'
import { DISCARD } from './carriers/exchange.ts'
import { silentSubscription } from './fixture/subscriber.ts'
import { Meter } from './meter.ts'
import { clientTechnique } from './technique.ts'

let server: LocalServer
afterEach(() => server.app.close())

test('long polling, Server-Sent Events and fetch streaming share one connection of HTTP/2', async () => {
  const variant = completeVariant({ http: '2' })
  server = await startServer({}, { subscribersPublish: true }, variant)
  const meter = new Meter()
  const door = meter.door(variant)
  const abort = new AbortController()
  const names = ['long-poll', 'sse', 'fetch-stream']
  const received = new Map<string, number[]>(names.map((name) => [name, []]))
  let open = 0
  const ends = names.map(async (name) => {
    const twin = await clientTechnique(name)
    await twin({
      ...silentSubscription(server.url, door, abort.signal),
      onOpen: () => {
        open++
      },
      onEvent: ({ seq }) => received.get(name)?.push(seq),
    }).catch(() => {})
  })
  await until('all are open', () => open === names.length)
  for (let seq = 1; seq <= 5; seq++) {
    server.feed.publish()
    await until('all have it', () => [...received.values()].every((seqs) => seqs.length === seq))
  }
  expect(meter.read().connections).toBe(1)
  abort.abort()
  await Promise.all(ends)
  await meter.close()
})

test('a held poll whose client has gone is not answered', async () => {
  const variant = completeVariant({ http: '2' })
  server = await startServer({}, {}, variant)
  const meter = new Meter()
  const abort = new AbortController()
  const counters = server.app.techniqueCounters.get('long-poll')
  const url = new URL('/long-poll?lastEventId=0', server.url)
  const asked = meter.door(variant).ask({ method: 'GET', url }, () => DISCARD, abort.signal)
  await until('it is held', () => counters?.open === 1)
  abort.abort()
  await expect(asked).rejects.toThrow()
  await until('it is let go', () => counters?.open === 0)
  expect(counters?.emptyAnswers).toBe(0)
  await meter.close()
})

test('a client that cannot do HTTP/2 gets HTTP/1.1 on the same port', async () => {
  const variant = completeVariant({ http: '2' })
  server = await startServer({}, {}, variant)
  const meter = new Meter()
  const door = meter.door(completeVariant({ tls: true }))
  const signal = AbortSignal.timeout(5_000)
  const told: unknown[] = []
  await door.ask(
    { method: 'GET', url: new URL('/health', server.url) },
    (status, headers) => {
      told.push(status, headers.get('connection'))
      return DISCARD
    },
    signal,
  )
  expect(told).toEqual([200, 'keep-alive'])
  await meter.close()
})
