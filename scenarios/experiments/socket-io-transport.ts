import { io, type ManagerOptions } from 'socket.io-client'
import { startIdleTimeout } from '../../clients/network/idle-timeout.ts'
import { startProxyWithoutUpgrade } from '../../clients/network/no-upgrade.ts'
import type { Row } from '../../results/observation.ts'
import { nowUs } from '../../server/clock.ts'
import type { Experiment } from '../bench/experiment.ts'
import { Stage } from './networks/site.ts'
import { type SocketIoServer, startSocketIo } from './networks/socket-io-server.ts'
import { holdsWithin, pause } from './networks/wait.ts'

const TRIALS = 6
const PATIENCE_MS = 1_500
/** Longer than an upgrade takes, and than a server waits for one that does not come. */
const SETTLED_MS = 700
const CLIENTS: Record<string, Partial<ManagerOptions>> = {
  stock: {},
  'transports: websocket': { transports: ['websocket'] },
}
const PATHS = {
  direct: (target: string) => startIdleTimeout(target, { idleMs: 60_000 }),
  'a proxy that drops Upgrade': startProxyWithoutUpgrade,
}

/** Watches which transport Socket.IO's client begins with, and with which it goes on. */
export const experiment: Experiment = {
  name: 'socket-io-transport',
  question: 'Which transport does Socket.IO use, from the first request on?',
  expectation: 'Polling first, everywhere; WebSocket after an upgrade, where the path lets it through.',
  expectedMs: 8_000,
  async run({ signal }) {
    await using stage = new Stage()
    const rows: Row[] = []
    for (const [path, start] of Object.entries(PATHS)) {
      for (const [client, options] of Object.entries(CLIENTS)) {
        for (let trial = 1; trial <= TRIALS; trial++) {
          // A new one each: a proxy's connections outlive the client whose bytes are counted.
          const server = await startSocketIo(stage)
          server.io.on('connection', (socket) => socket.emit('event', 'x'.repeat(100)))
          const { url } = await stage.network(start(server.url))
          rows.push({ client, path, trial, ...(await watch(server, url, options, signal)) })
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
): Promise<Row> {
  const startUs = nowUs()
  const socket = io(url, { ...options, reconnection: false, forceNew: true })
  const { engine } = socket.io
  const begunWith = engine.transport.name
  const seen: Row = {}
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
