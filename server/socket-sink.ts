import type { Socket } from 'node:net'
import type { EndReason, Sink } from './audience.ts'
import { endingMessage, HEARTBEAT_MESSAGE } from './message.ts'

/** A bare socket as a sink. */
export class SocketSink implements Sink {
  readonly #socket: Socket
  readonly #terminator: string

  /** @param terminator follows each message that is no event. */
  constructor(socket: Socket, terminator: string) {
    this.#socket = socket
    this.#terminator = terminator
  }

  write(bytes: Uint8Array, _binary: boolean, flushed?: () => void): void {
    this.#socket.write(bytes, flushed)
  }

  bufferedBytes(): number {
    return this.#socket.writableLength
  }

  heartbeat(): void {
    this.#socket.write(HEARTBEAT_MESSAGE + this.#terminator)
  }

  end(reason: EndReason): void {
    this.#socket.end(endingMessage(reason) + this.#terminator)
  }

  destroy(): void {
    this.#socket.destroy()
  }
}
