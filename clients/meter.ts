import type { Socket } from 'node:net'
import { defaultVariant, type Variant } from '../server/variant.ts'
import { Door } from './door.ts'
import { Arrivals } from './measure/arrivals.ts'
import type { SocketCounter } from './metered-socket.ts'
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
 * The only door to the network: makes the sockets through which twins connect, and counts what passes. The counts
 * are those of the TCP sockets themselves (TLS, HTTP, WebSocket and all above, without TCP/IP headers).
 */
export class Meter implements SocketCounter {
  /** When what its sockets read arrived. */
  readonly arrivals = new Arrivals()
  readonly #open = new Set<Socket>()
  readonly #closed: MeterReading = { bytesUp: 0, bytesDown: 0, connections: 0, requests: 0 }

  /**
   * The door of one subscriber. A connection that is free is used again, as in a browser's page.
   * @param tap keeps every byte that passes it.
   * @param counter told what it opens and asks, and tells this meter.
   * @param localAddress from which it connects; default: the system's choice.
   */
  door(
    variant: Variant = defaultVariant,
    tap?: Tap,
    counter: SocketCounter = this,
    localAddress?: string,
  ): Door {
    return new Door({ counter, variant, tap, localAddress }, this.arrivals)
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
    // Not events.once, which rejects where an error comes first: of an abort, for example, and then it closes, too.
    const closing = [...this.#open].map((socket) => new Promise((resolve) => socket.once('close', resolve)))
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
