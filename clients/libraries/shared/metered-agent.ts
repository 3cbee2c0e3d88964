import { subscribe } from 'node:diagnostics_channel'
import { Agent, type AgentOptions, type ClientRequest } from 'node:http'
import type { Socket, TcpNetConnectOpts } from 'node:net'
import { MAX_CONNECTIONS } from '../../carriers/http1.ts'
import type { Door } from '../../door.ts'
import { connectMetered, secured } from '../../metered-socket.ts'

/**
 * TCP's own keep-alive probes, after so long without traffic, as Chromium has it. Node's default of 1 s would add two
 * packets a second to every silent connection, which is what a sparse feed is to show the cost of.
 */
const KEEP_ALIVE_MS = 45_000

/** Makes a door's metered sockets, with TLS above them where the variant has it, for `node:http`, `ws` and who else takes an agent. */
class MeteredAgent extends Agent {
  readonly door: Door
  // Checked by node:http against the URL's; the sockets below are of either kind.
  readonly protocol: string

  constructor(door: Door) {
    const { keepAlive, tls } = door.plan.variant
    // Node says `Connection: close` only where no request could ever wait for another's connection.
    const maxSockets = keepAlive ? MAX_CONNECTIONS : Number.POSITIVE_INFINITY
    const options: AgentOptions = { keepAlive, keepAliveMsecs: KEEP_ALIVE_MS, maxSockets }
    super(options)
    this.door = door
    this.protocol = tls ? 'https:' : 'http:'
  }

  override createConnection({ host = '127.0.0.1', port }: TcpNetConnectOpts): Socket {
    const { plan } = this.door
    const metered = connectMetered(plan, new URL(`http://${host.includes(':') ? `[${host}]` : host}:${port}`))
    return plan.variant.tls ? secured(metered, 'http/1.1') : metered.socket
  }

  /**
   * Does not say that a socket has been used before: Socket.IO's client for Node.js would try a request again whose
   * used socket breaks, and never end it (xmlhttprequest-ssl 2.1.2). Failures are counted here, and follow.ts tries
   * again.
   */
  override reuseSocket(socket: Socket, request: ClientRequest): void {
    super.reuseSocket(socket, request)
    request.reusedSocket = false
  }
}

const agents = new WeakMap<Door, MeteredAgent>()

/** The agent of a door, whose connections all its requests share. */
export function agentOf(door: Door): Agent {
  const agent = agents.get(door) ?? new MeteredAgent(door)
  agents.set(door, agent)
  return agent
}

// Node announces every request here, those that `ws` makes for its opening handshake too.
subscribe('http.client.request.start', (message) => {
  const { agent } = (message as { request: ClientRequest & { agent?: unknown } }).request
  if (agent instanceof MeteredAgent) agent.door.plan.counter.countRequest()
})
