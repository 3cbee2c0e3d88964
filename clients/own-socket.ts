import type { Socket } from 'node:net'
import type { Subscription } from './technique.ts'

/**
 * A subscription over a connection of its own. Resolves once it is closed and all is well; rejects when it fails or
 * the subscription is aborted.
 * @param use talks through the connection; returns what tells, once it is closed, what went wrong: undefined for
 * nothing.
 */
export function ownSocket(
  { url, door, signal }: Subscription,
  use: (socket: Socket) => () => Error | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const socket = door.connect(new URL(url))
    const abort = () => socket.destroy(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    const failure = use(socket)
    socket.on('error', reject)
    socket.on('close', () => {
      signal.removeEventListener('abort', abort)
      const error = failure()
      if (error) reject(error)
      else resolve()
    })
  })
}
