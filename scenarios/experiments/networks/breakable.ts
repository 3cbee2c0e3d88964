import { connect, createServer, type Socket } from 'node:net'
import { addressOf, type Network, networkOf, Sockets } from '../../../clients/network/network.ts'

/** A relay of TCP that can be out of order for a while. */
export interface Breakable extends Network {
  /** Resets what is open and, until it is mended, what comes. */
  break(): void
  mend(): void
}

/** Starts a relay before a server, whole until it is told to break. */
export async function startBreakable(target: string): Promise<Breakable> {
  const sockets = new Sockets()
  const open = new Set<Socket>()
  let broken = false
  const server = createServer({ noDelay: true }, (near) => {
    near.on('error', () => {})
    if (broken) {
      near.resetAndDestroy()
      return
    }
    const far = connect({ ...addressOf(target), noDelay: true })
    sockets.track(far)
    open.add(near)
    near.pipe(far).pipe(near)
    near.on('close', () => {
      open.delete(near)
      far.destroy()
    })
    far.on('close', () => near.destroy())
  })
  return {
    ...(await networkOf(server, target, sockets)),
    break: () => {
      broken = true
      for (const near of open) near.resetAndDestroy()
    },
    mend: () => {
      broken = false
    },
  }
}
