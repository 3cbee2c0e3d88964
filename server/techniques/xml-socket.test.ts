import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { startRelay } from '../../clients/fixture/relay.ts'
import { silentSubscription } from '../../clients/fixture/subscriber.ts'
import { Meter } from '../../clients/meter.ts'
import xmlSocket from '../../clients/techniques/xml-socket.ts'
import { until } from '../fixture/until.ts'
import { type LocalServer, startServer } from '../local-server.ts'

let server: LocalServer
afterEach(() => server.app.close())

const dial = () =>
  connect({ host: '127.0.0.1', port: Number(new URL(server.urlOf('xml-socket')).port), allowHalfOpen: true })

test('the policy file allows its own port, and a player refuses any other', async () => {
  server = await startServer()
  const socket = dial()
  socket.write('<policy-file-request/>\0')
  const [policy] = await once(socket, 'data')
  const { port } = new URL(server.urlOf('xml-socket'))
  expect(String(policy)).toBe(
    `<?xml version="1.0"?><cross-domain-policy><allow-access-from domain="127.0.0.1" to-ports="${port}"/></cross-domain-policy>\0`,
  )
  socket.destroy()
})

test('a player does not connect through a port that the policy does not name', async () => {
  server = await startServer()
  const relay = await startRelay(server.urlOf('xml-socket'))
  const meter = new Meter()
  const subscription = xmlSocket({
    ...silentSubscription(relay.url, meter.door(), AbortSignal.timeout(5_000)),
    onOpen: () => expect.fail('It connected'),
  })
  await expect(subscription).rejects.toMatchObject({ code: 'POLICY_REFUSED' })
  await relay.close()
})

test.each([
  ['has read the policy', '<policy-file-request/>\0'],
  ['was refused', 'nonsense\0'],
  ['said something that is no message', '<subscribe/>\0nonsense\0'],
  ['said nothing', ''],
])('a peer that %s is not waited for, although it leaves its side open', async (_, said) => {
  server = await startServer({}, { greetingMs: 100, subscribersPublish: true })
  const socket = dial()
  socket.on('error', () => {})
  if (said) socket.write(said)
  socket.resume()
  await once(socket, 'end')
  const counters = server.app.techniqueCounters.get('xml-socket')
  await until('it is let go', () => counters?.open === 0)
  // The server has closed both directions: what comes now is answered with a reset.
  await until('the connection is gone', () => {
    socket.write('x')
    return socket.destroyed
  })
})
