import type { WebSocket } from 'ws'
import { type Failed, obeyParent } from '../../../server/parent.ts'
import { type ProcessMemory, readMemory } from '../../../server/process-memory.ts'
import { startWebSockets, type WebSockets } from '../networks/web-sockets.ts'

/**
 * A process with nothing but WebSockets, driven over the child process's IPC channel: the project's own server greets
 * each subscriber with a first message, so that it never holds a connection that has carried none.
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

let server: WebSockets | undefined

obeyParent<ToDeflateServer, FromDeflateServer>(async (message) => {
  if (message.type === 'listen') {
    // The threshold is ws's own, 1,024 bytes, which would leave most messages alone.
    const perMessageDeflate = message.compression && { threshold: 0 }
    server = await startWebSockets({ backlog: 4096, perMessageDeflate })
    return { type: 'listening', url: server.url }
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
