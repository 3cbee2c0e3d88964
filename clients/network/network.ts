import { once } from 'node:events'
import type { AddressInfo, Server, Socket } from 'node:net'

/** Something between subscribers and their server. */
export interface Network {
  /** Where subscribers connect instead; the scheme is the target's. */
  url: string
  /** Ends every connection; resolves once all are closed and the port is free. */
  close(): Promise<void>
}

const LONGEST_CLOSE_MS = 1_000

/** The sockets of one network, on both sides, so that none outlives it. */
export class Sockets {
  readonly #open = new Set<Socket>()

  track(socket: Socket): void {
    if (this.#open.has(socket)) return
    this.#open.add(socket)
    socket.once('close', () => this.#open.delete(socket))
    // Whoever uses a socket listens to its errors; one that waits for its next use has nobody.
    socket.on('error', () => {})
  }

  async close(): Promise<void> {
    const closing = [...this.#open].map(
      (socket) =>
        new Promise<void>((closed) => {
          socket.once('close', closed)
          // One that was reset while it was shutting down may be closed and never say so.
          setTimeout(closed, LONGEST_CLOSE_MS).unref()
        }),
    )
    for (const socket of this.#open) socket.destroy()
    await Promise.all(closing)
  }
}

/**
 * Puts a server, of HTTP or of bare TCP, on a free port of this machine, and makes it the way to the target.
 * @param onClosed once nothing passes any more.
 */
export async function networkOf(
  server: Server,
  target: string,
  sockets: Sockets,
  onClosed = () => {},
): Promise<Network> {
  server.on('connection', (socket) => sockets.track(socket))
  const port = await listenLocally(server)
  return {
    url: `${new URL(target).protocol}//127.0.0.1:${port}`,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      await Promise.all([closed, sockets.close()])
      onClosed()
    },
  }
}

/** Puts a server on a free port of this machine; resolves with the port once it listens. */
export async function listenLocally(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return (server.address() as AddressInfo).port
}

/** What to connect to for a target, `http://127.0.0.1:8080` or `tcp://[::1]:8080`. */
export function addressOf(target: string): { host: string; port: number } {
  const { hostname, port, protocol } = new URL(target)
  const byScheme = protocol === 'https:' ? 443 : 80
  return { host: hostname.replace(/^\[(.*)\]$/, '$1'), port: port === '' ? byScheme : Number(port) }
}

/** Passes bytes, half-closes and resets on in both directions, as soon as they come, until both sockets are closed. */
export function tunnel(near: Socket, far: Socket): void {
  for (const [from, to] of [
    [near, far],
    [far, near],
  ] as const) {
    from.pipe(to)
    from.on('error', () => to.resetAndDestroy())
    // What it had sent before may still be on its way.
    from.on('close', () => to.destroySoon())
  }
}
