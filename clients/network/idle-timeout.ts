import { connect, createServer, type Socket } from 'node:net'
import { addressOf, type Network, networkOf, Sockets, tunnel } from './network.ts'

export interface IdleTimeoutOptions {
  /** A connection over which nothing passed for so long, in either direction, is closed; to about 1 ms. */
  idleMs: number
  /** How both sides are told: fin, as if the other had closed, or rst, as if it had never been; default fin. */
  by?: 'fin' | 'rst'
}

/** What load balancers, address translators and firewalls do to connections that seem forgotten. */
export function startIdleTimeout(
  target: string,
  { idleMs, by = 'fin' }: IdleTimeoutOptions,
): Promise<Network> {
  const sockets = new Sockets()
  const cut = (socket: Socket) => (by === 'rst' ? socket.resetAndDestroy() : socket.destroySoon())
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    const far = connect({ ...addressOf(target), allowHalfOpen: true, noDelay: true })
    sockets.track(far)
    tunnel(near, far)
    // All that passes, either way, is read from this socket or written to it.
    near.setTimeout(idleMs, () => {
      cut(near)
      cut(far)
    })
  })
  return networkOf(server, target, sockets)
}
