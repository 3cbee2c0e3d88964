import { expect, test } from 'vitest'
import { startServer } from '../server/local-server.ts'
import { defaultVariant } from '../server/variant.ts'
import { localAddressOf, portsPerAddress } from './connections.ts'
import { Swarm } from './swarm.ts'
import { clientTechnique } from './technique.ts'

test('subscribers for whom an address has no port left connect from the next, to loopback alone', () => {
  const from = (number: number) => localAddressOf('http://127.0.0.1:80', number, 28_232)
  expect([0, 28_231, 28_232, 99_999].map(from)).toEqual([undefined, undefined, '127.0.0.2', '127.0.0.4'])
  expect(localAddressOf('http://192.0.2.1:80', 28_232, 28_232)).toBeUndefined()
  expect(portsPerAddress()).toBeGreaterThan(0)
})

test('so does a swarm, and its subscribers are accepted', async () => {
  const server = await startServer()
  const feed = { schedule: { kind: 'silent' as const }, payloadBytes: 100 }
  const load = { subscribers: 5, warmUpMs: 0, measureMs: 1, pollIntervalMs: 1_000, holdMs: 1_000 }
  const point = { feed, load, variant: defaultVariant }
  const technique = await clientTechnique('sse')
  const swarm = new Swarm({ technique, url: server.url, point, perAddress: 2 })
  try {
    await swarm.rampUp()
    const from = [...server.app.openSockets].map(({ remoteAddress }) => remoteAddress).sort()
    expect(from).toEqual(['127.0.0.1', '127.0.0.1', '127.0.0.2', '127.0.0.2', '127.0.0.3'])
  } finally {
    await swarm.close()
    await server.app.close()
  }
})
