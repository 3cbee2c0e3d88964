import type { Connection } from './carriers/connection.ts'
import type { Reader } from './readers/reader.ts'
import type { Subscription } from './technique.ts'

/**
 * A subscription over a connection of its own. Resolves once the server has closed it; rejects when it fails, when the reader
 * throws, and when the subscription is aborted.
 * @param begin talks through the connection; returns what reads it.
 */
export function ownConnection(
  { url, door, signal }: Subscription,
  begin: (connection: Connection) => Reader,
): Promise<void> {
  signal.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const connection = door.open(new URL(url), {
    onBytes: (bytes, start, end) => reader.read(bytes, start, end),
    onClose: (error) => {
      signal.removeEventListener('abort', abort)
      if (error) reject(error)
      else resolve()
    },
  })
  const abort = () => connection.destroy(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  const reader = begin(connection)
  return promise
}
