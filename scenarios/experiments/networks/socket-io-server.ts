import { createServer, type IncomingMessage } from 'node:http'
import { Server } from 'socket.io'
import { listenLocally } from '../../../clients/network/network.ts'
import type { Site } from './site.ts'

/** Socket.IO's own are 45 s, 25 s and 20 s; these show the same sooner. */
export const TIMES = { connectTimeout: 1_000, pingInterval: 500, pingTimeout: 500 }
/** As Socket.IO's own, likewise. */
const DESTROY_UPGRADE_MS = 500

export interface SocketIoServer {
  /** `http://127.0.0.1:1234`. */
  url: string
  io: Server
  /** Every request that came, upgrades too. */
  requests: IncomingMessage[]
}

/** A stock Socket.IO server on a port of its own, but for its times. */
export async function startSocketIo(site: Site): Promise<SocketIoServer> {
  const http = createServer((_request, response) => response.writeHead(404).end())
  const requests: IncomingMessage[] = []
  const io = new Server(http, { ...TIMES, destroyUpgradeTimeout: DESTROY_UPGRADE_MS, serveClient: false })
  // Before Socket.IO's own listeners, which keep what is theirs from others.
  http.prependListener('request', (request) => requests.push(request))
  http.prependListener('upgrade', (request) => requests.push(request))
  const url = `http://127.0.0.1:${await listenLocally(http)}`
  site.endWith(() => io.close())
  return { url, io, requests }
}
