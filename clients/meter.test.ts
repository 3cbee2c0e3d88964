import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { expect, test } from 'vitest'
import { Meter } from './meter.ts'

test('a meter is closed when its sockets are, whatever they failed by before', async () => {
  const server = createServer((socket) => socket.on('error', () => {}).resume()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const meter = new Meter()
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.on('error', () => {})
  meter.countConnection(socket)
  await once(socket, 'connect')
  socket.write('12345')
  const closing = meter.close()
  // As of a request that is aborted in that very moment: the error comes, and then the close.
  socket.emit('error', new Error('aborted'))
  await expect(closing).resolves.toBeUndefined()
  expect(meter.read()).toMatchObject({ connections: 1, bytesUp: 5 })
  server.close()
})
