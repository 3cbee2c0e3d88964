import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { type Failed, obeyParent } from '../../../server/parent.ts'
import { type ProcessMemory, readMemory } from '../../../server/process-memory.ts'

/**
 * A process with nothing but WebSockets, driven over the child process's IPC channel: the project's own
 * server greets each subscriber with a first message, so that it never holds a connection that has carried
 * none.
 */
export type ToDeflateServer =
  | { type: 'listen'; compression: boolean }
  | { type: 'broadcast' }
  | { type: 'memory' }

export type FromDeflateServer =
  | { type: 'listening'; url: string }
  | { type: 'written' }
  | ({ type: 'memory'; held: number } & ProcessMemory)
  | Failed

const MESSAGE = JSON.stringify({ seq: 1, pad: 'volume 812 bid '.repeat(5) })

let server: WebSocketServer | undefined

obeyParent<ToDeflateServer, FromDeflateServer>(async (message) => {
  if (message.type === 'listen') {
    // The threshold is ws's own, 1,024 bytes, which would leave most messages alone.
    const perMessageDeflate = message.compression && { threshold: 0 }
    server = new WebSocketServer({ host: '127.0.0.1', port: 0, backlog: 4096, perMessageDeflate })
    await once(server, 'listening')
    return { type: 'listening', url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}` }
  }
  if (message.type === 'broadcast') {
    await Promise.all([...(server?.clients ?? [])].map(write))
    return { type: 'written' }
  }
  return { type: 'memory', ...(await readMemory()), held: server?.clients.size ?? 0 }
})

function write(client: WebSocket): Promise<void> {
  return new Promise((written, failed) => {
    client.send(MESSAGE, (error) => (error ? failed(error) : written()))
  })
}
