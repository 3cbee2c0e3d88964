import type { Socket } from 'node:net'
import type { EndReason, Sink } from './audience.ts'
import { endingMessage, HEARTBEAT_MESSAGE } from './message.ts'

/** What a stream on a socket says besides its events, as it goes on the wire: the same for all subscribers. */
export interface SocketStream {
  heartbeat: string | Uint8Array
  endings: Readonly<Record<EndReason, string | Uint8Array>>
}

/** A stream whose messages end with a delimiter. */
export function delimitedStream(delimiter: string): SocketStream {
  const ending = (reason: EndReason) => endingMessage(reason) + delimiter
  return {
    heartbeat: HEARTBEAT_MESSAGE + delimiter,
    endings: { 'feed-ended': ending('feed-ended'), 'server-closing': ending('server-closing') },
  }
}

/** A bare socket as a sink. */
export class SocketSink implements Sink {
  readonly #socket: Socket
  readonly #stream: SocketStream

  constructor(socket: Socket, stream: SocketStream) {
    this.#socket = socket
    this.#stream = stream
  }

  write(bytes: Uint8Array, _binary: boolean, flushed?: () => void): void {
    this.#socket.write(bytes, flushed)
  }

  bufferedBytes(): number {
    return this.#socket.writableLength
  }

  heartbeat(): void {
    this.#socket.write(this.#stream.heartbeat)
  }

  end(reason: EndReason): void {
    this.#socket.end(this.#stream.endings[reason])
  }

  destroy(): void {
    this.#socket.destroy()
  }
}
