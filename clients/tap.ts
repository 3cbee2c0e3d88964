import type { Socket } from 'node:net'
import { nowUs } from '../server/clock.ts'
import { Pieces } from './pieces.ts'

/** All that passed one connection so far. */
export interface TappedConnection {
  /** Client to server, in the order of writing. */
  up: Pieces
  /** Server to client, read by read. */
  down: Pieces
  /** When the socket began to connect, monotonic microseconds. */
  beganAtUs: number
  socket: Socket
  /** What TLS's key log said of it (NSS key log format); empty without TLS. */
  keyLog: string[]
  /** What is spoken on it, in the words of ALPN. */
  protocol: 'http/1.1' | 'h2'
}

/** Bytes of each connection up to an instant. */
export type TapMark = { up: number; down: number }[]

/** Keeps every byte of a subscriber's connections, for a ledger in which each is accounted for. */
export class Tap {
  readonly connections: TappedConnection[] = []

  /** Watches a socket that has not been used yet. */
  watch(socket: Socket): TappedConnection {
    const connection: TappedConnection = {
      ...{ up: new Pieces(), down: new Pieces(), beganAtUs: nowUs() },
      ...{ socket, keyLog: [], protocol: 'http/1.1' },
    }
    this.connections.push(connection)
    const { push, write } = socket
    // What the kernel delivers enters a stream by push(); a 'data' listener would see twice what is unshifted when a
    // connection is upgraded.
    socket.push = (chunk, encoding) => {
      if (chunk) keepDown(connection, chunk)
      return push.call(socket, chunk, encoding)
    }
    socket.write = ((...args: Parameters<typeof write>) => {
      const [chunk, encoding] = args as unknown as [string | Uint8Array, unknown]
      // What comes after the end is thrown away by the socket, too.
      if (socket.destroyed || socket.writableEnded) return write.apply(socket, args)
      connection.up.add(
        typeof chunk === 'string'
          ? Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
          : Uint8Array.from(chunk),
      )
      return write.apply(socket, args)
    }) as typeof write
    return connection
  }

  mark(): TapMark {
    return this.connections.map(({ up, down }) => ({ up: up.length, down: down.length }))
  }
}

/** Keeps what was read past the stream: a socket with `onread` pushes nothing. */
export function keepDown({ down }: TappedConnection, chunk: Uint8Array): void {
  down.add(Uint8Array.from(chunk))
}
