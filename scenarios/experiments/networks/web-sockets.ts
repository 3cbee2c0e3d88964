import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws'

/** A server that does nothing but WebSockets. */
export interface WebSockets {
  /** `ws://127.0.0.1:1234`. */
  url: string
  server: WebSocketServer
  /** Its ends of the connections that are open. */
  clients: ReadonlySet<WebSocket>
  /** Cuts them, and takes no more. */
  close(): void
}

/** Starts one on a free port of this machine. */
export async function startWebSockets(options: ServerOptions = {}): Promise<WebSockets> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, ...options })
  await once(server, 'listening')
  const { clients } = server
  const close = () => {
    for (const client of clients) client.terminate()
    server.close()
  }
  return { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`, server, clients, close }
}
