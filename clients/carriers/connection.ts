import type { Socket } from 'node:net'
import type { Arrivals } from '../measure/arrivals.ts'
import { connectMetered, type SocketPlan, secured } from '../metered-socket.ts'
import type { OnBytes } from '../readers/reader.ts'
import { keepDown } from '../tap.ts'

/** What a connection's bytes are for. */
export interface Ends {
  /** The next bytes; may throw, which ends the connection with that error. */
  onBytes: OnBytes
  /** Once, when it is closed: without an error where the server has ended it. */
  onClose(error: Error | undefined): void
}

/** A carrier's end of a connection. */
export interface Connection {
  /** Strings are sent as latin1: one byte a character. */
  write(bytes: string | Uint8Array): void
  /** Closes it at once; `onClose` is told the error. */
  destroy(error?: Error): void
}

/** All sockets of a process are read into one buffer, one after the other: who keeps bytes copies them. */
const SHARED = Buffer.allocUnsafeSlow(65_536)

/**
 * Opens a connection whose bytes are handed on as they are read, with TLS where the variant has it. A bare socket's bytes go
 * past its stream, from the kernel into a buffer that all sockets share.
 */
export function openConnection(
  plan: SocketPlan,
  arrivals: Arrivals,
  url: URL,
  { onBytes, onClose }: Ends,
): Connection {
  let socket: Socket
  const take: OnBytes = (bytes, start, end) => {
    arrivals.read()
    try {
      onBytes(bytes, start, end)
    } catch (error) {
      socket.destroy(error as Error)
    }
  }
  if (plan.variant.tls) {
    socket = secured(connectMetered(plan, url), 'http/1.1')
    socket.on('data', (chunk) => take(chunk, 0, chunk.length))
  } else {
    const metered = connectMetered(plan, url, {
      buffer: SHARED,
      callback: (length) => {
        if (metered.tapped) keepDown(metered.tapped, SHARED.subarray(0, length))
        take(SHARED, 0, length)
        return !socket.destroyed
      },
    })
    socket = metered.socket
  }
  let failure: Error | undefined
  socket.on('error', (error) => {
    failure = error
  })
  socket.on('close', () => onClose(failure))
  return {
    write: (bytes) => {
      if (!socket.destroyed) socket.write(bytes as string, 'latin1')
    },
    destroy: (error) => {
      failure ??= error
      socket.destroy()
    },
  }
}
