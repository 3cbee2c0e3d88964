import { io, type ManagerOptions } from 'socket.io-client'
import { startIdleTimeout } from '../../clients/network/idle-timeout.ts'
import type { Network } from '../../clients/network/network.ts'
import { startProxyWithoutUpgrade } from '../../clients/network/no-upgrade.ts'
import { type SocketIoTransportRow, socketIoTransportRows } from '../../results/rows/socket-io-transport.ts'
import { nowUs } from '../../server/clock.ts'
import type { Experiment } from '../bench/experiment.ts'
import { Site } from './networks/site.ts'
import { type SocketIoServer, startSocketIo } from './networks/socket-io-server.ts'
import { holdsWithin, pause } from './networks/wait.ts'

const TRIALS = 6
const PATIENCE_MS = 1_500
/** Longer than an upgrade takes, and than a server waits for one that does not come. */
const SETTLED_MS = 700
const CLIENTS: Record<SocketIoTransportRow['client'], Partial<ManagerOptions>> = {
  stock: {},
  'transports: websocket': { transports: ['websocket'] },
}
const PATHS: Record<SocketIoTransportRow['path'], (target: string) => Promise<Network>> = {
  direct: (target) => startIdleTimeout(target, { idleMs: 60_000 }),
  'a proxy that drops Upgrade': startProxyWithoutUpgrade,
}

/** Watches which transport Socket.IO's client begins with, and with which it goes on. */
export const experiment: Experiment<typeof socketIoTransportRows> = {
  rows: socketIoTransportRows,
  question: 'Which transport does Socket.IO use, from the first request on?',
  expectation: 'Polling first, everywhere; WebSocket after an upgrade, where the path lets it through.',
  expectedMs: 8_000,
  async run({ signal }) {
    await using site = new Site()
    const rows: SocketIoTransportRow[] = []
    for (const path of socketIoTransportRows.columns.path) {
      for (const client of socketIoTransportRows.columns.client) {
        for (let trial = 1; trial <= TRIALS; trial++) {
          // A new one each: a proxy's connections outlive the client whose bytes are counted.
          const server = await startSocketIo(site)
          server.io.on('connection', (socket) => socket.emit('event', 'x'.repeat(100)))
          const { url } = await site.network(PATHS[path](server.url))
          rows.push({ client, path, trial, ...(await watch(server, url, CLIENTS[client], signal)) })
        }
      }
    }
    return { rows }
  },
}

async function watch(
  { requests }: SocketIoServer,
  url: string,
  options: Partial<ManagerOptions>,
  signal: AbortSignal,
): Promise<Omit<SocketIoTransportRow, 'client' | 'path' | 'trial'>> {
  const startUs = nowUs()
  const socket = io(url, { ...options, reconnection: false, forceNew: true })
  const { engine } = socket.io
  const begunWith = engine.transport.name
  const seen: Partial<SocketIoTransportRow> = {}
  let failed = false
  socket.on('connect_error', () => {
    failed = true
  })
  engine.on('upgrade', () => {
    seen.upgradedAfterUs = nowUs() - startUs
  })
  socket.once('event', () => {
    seen.firstMessageOver = engine.transport.name
    seen.firstMessageAfterUs = nowUs() - startUs
    // A socket stays with the request that it brought, also after an upgrade.
    const sockets = new Set(requests.map(({ socket }) => socket))
    seen.bytesBeforeFirstMessage = [...sockets].reduce(
      (sum, { bytesRead, bytesWritten }) => sum + bytesRead + bytesWritten,
      0,
    )
    seen.requestsBeforeFirstMessage = requests.length
  })
  try {
    await holdsWithin(PATIENCE_MS, signal, () => failed || seen.firstMessageOver !== undefined)
    if (!failed) await holdsWithin(SETTLED_MS, signal, () => engine.transport.name === 'websocket')
    // The upgrade's last packets are under way.
    await pause(20, signal)
    const first = new URL(requests[0]?.url ?? '', url)
    return {
      firstRequest: first.searchParams.get('transport') ?? 'none',
      begunWith,
      endedWith: failed ? 'none' : engine.transport.name,
      ...seen,
    }
  } finally {
    socket.disconnect()
  }
}
