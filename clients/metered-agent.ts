import { subscribe } from 'node:diagnostics_channel'
import { Agent, type AgentOptions, type ClientRequest } from 'node:http'
import { connect, type Socket, type TcpNetConnectOpts } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { Variant } from '../server/variant.ts'
import type { Tap } from './tap.ts'
import { VisibleStream } from './visible-stream.ts'

/** Who counts what a metered agent opens and asks: the meter. */
export interface SocketCounter {
  countRequest(): void
  countConnection(socket: Socket): void
}

/**
 * TCP's own keep-alive probes, after so long without traffic, as Chromium has it. Node's default of 1 s would add two
 * packets a second to every silent connection, which is what a sparse feed is to show the cost of.
 */
const TCP_KEEP_ALIVE_MS = 45_000
/** Connections of one subscriber at a time, as browsers have it for HTTP/1.1. */
const MAX_SOCKETS = 6

/**
 * Makes metered sockets, with TLS above them where the variant has it, for `node:http`, `ws` and who else takes an
 * agent.
 */
export class MeteredAgent extends Agent {
  readonly meter: SocketCounter
  // Checked by node:http against the URL's; the sockets below are of either kind.
  readonly protocol: string
  readonly #variant: Variant
  readonly #tap: Tap | undefined

  constructor(meter: SocketCounter, variant: Variant, tap?: Tap) {
    const { keepAlive } = variant
    // Node says `Connection: close` only where no request could ever wait for another's connection.
    const maxSockets = keepAlive ? MAX_SOCKETS : Number.POSITIVE_INFINITY
    const options: AgentOptions = { keepAlive, keepAliveMsecs: TCP_KEEP_ALIVE_MS, maxSockets }
    super(options)
    this.meter = meter
    this.protocol = variant.tls ? 'https:' : 'http:'
    this.#variant = variant
    this.#tap = tap
  }

  override createConnection(options: TcpNetConnectOpts): Socket {
    return this.connectTo(options, 'http/1.1')
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

  /** @param protocol that TLS's ALPN is to agree on (RFC 7301). */
  connectTo(options: TcpNetConnectOpts, protocol: 'http/1.1' | 'h2'): Socket {
    const { host = '127.0.0.1', port } = options
    const socket = connect({ host, port, noDelay: this.#variant.noDelay })
    this.meter.countConnection(socket)
    const tapped = this.#tap?.watch(socket)
    if (!this.#variant.tls) return socket
    const secure = connectTls({
      socket: tapped ? new VisibleStream(socket) : socket,
      ALPNProtocols: [protocol],
      minVersion: 'TLSv1.3',
      // Of the server that this bench has just started; nobody has signed its certificate.
      rejectUnauthorized: false,
    })
    secure.on('keylog', (line: Buffer) => tapped?.keyLog.push(line.toString().trim()))
    if (tapped) tapped.protocol = protocol
    secure.on('close', () => socket.destroy())
    socket.on('close', () => secure.destroy())
    return secure
  }
}

// Node announces every request here, those that `ws` makes for its opening handshake too.
subscribe('http.client.request.start', (message) => {
  const { agent } = (message as { request: ClientRequest & { agent?: unknown } }).request
  if (agent instanceof MeteredAgent) agent.meter.countRequest()
})
