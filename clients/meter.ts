import { subscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { Agent, type AgentOptions, type ClientRequest } from 'node:http'
import { connect, type Socket, type TcpNetConnectOpts } from 'node:net'
import type { Tap } from './tap.ts'

/** Bytes of the TCP streams, connections and requests so far, exactly as this process's sockets counted them. */
export interface MeterReading {
  /** Client to server. */
  bytesUp: number
  /** Server to client. */
  bytesDown: number
  /** TCP connections opened. */
  connections: number
  /** HTTP requests begun, opening handshakes of WebSocket included. */
  requests: number
}

/**
 * TCP's own keep-alive probes, after so long without traffic, as Chromium has it. Node's default of 1 s would add two
 * packets a second to every silent connection, which is what a sparse feed is to show the cost of.
 */
const TCP_KEEP_ALIVE_MS = 45_000

/**
 * The only door to the network: makes the agents through which twins connect, and counts what passes. The counts
 * are those of the sockets themselves (HTTP or WebSocket and all above, without TCP/IP headers).
 */
export class Meter {
  readonly #open = new Set<Socket>()
  readonly #closed: MeterReading = { bytesUp: 0, bytesDown: 0, connections: 0, requests: 0 }

  /**
   * An agent for one subscriber: one connection, kept alive, as a browser's page would have.
   * @param tap keeps every byte of it.
   */
  agent(tap?: Tap): Agent {
    return new MeteredAgent({ keepAlive: true, keepAliveMsecs: TCP_KEEP_ALIVE_MS, maxSockets: 1 }, this, tap)
  }

  read(): MeterReading {
    const reading = { ...this.#closed }
    for (const socket of this.#open) {
      reading.bytesUp += socket.bytesWritten
      reading.bytesDown += socket.bytesRead
    }
    return reading
  }

  /** Closes what is still open, connections kept alive for a next request for example; nothing is counted twice. */
  async close(): Promise<void> {
    const closing = [...this.#open].map((socket) => once(socket, 'close'))
    for (const socket of this.#open) socket.destroy()
    await Promise.all(closing)
  }

  countRequest(): void {
    this.#closed.requests++
  }

  countConnection(socket: Socket): void {
    this.#closed.connections++
    this.#open.add(socket)
    socket.once('close', () => {
      this.#open.delete(socket)
      this.#closed.bytesUp += socket.bytesWritten
      this.#closed.bytesDown += socket.bytesRead
    })
  }
}

class MeteredAgent extends Agent {
  readonly meter: Meter
  readonly #tap: Tap | undefined

  constructor(options: AgentOptions, meter: Meter, tap?: Tap) {
    super(options)
    this.meter = meter
    this.#tap = tap
  }

  override createConnection(options: TcpNetConnectOpts): Socket {
    const socket = connect({ ...options, noDelay: true })
    this.meter.countConnection(socket)
    this.#tap?.watch(socket)
    return socket
  }
}

// Node announces every request here, those that `ws` makes for its opening handshake too.
subscribe('http.client.request.start', (message) => {
  const { agent } = (message as { request: ClientRequest & { agent?: unknown } }).request
  if (agent instanceof MeteredAgent) agent.meter.countRequest()
})
