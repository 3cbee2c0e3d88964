import type { Writable } from 'node:stream'
import type { EndReason, Sink } from './audience.ts'
import { endingMessage, HEARTBEAT_MESSAGE } from './message.ts'

/** What a stream says besides its events, the same to all subscribers. */
export interface Said {
  heartbeat: string | Uint8Array
  endings: Readonly<Record<EndReason, string | Uint8Array>>
}

/** A stream whose messages end with a delimiter. */
export function delimitedStream(delimiter: string): Said {
  const ending = (reason: EndReason) => endingMessage(reason) + delimiter
  return {
    heartbeat: HEARTBEAT_MESSAGE + delimiter,
    endings: { 'feed-ended': ending('feed-ended'), 'server-closing': ending('server-closing') },
  }
}

/** A socket, or a response, as a sink: one object for each subscriber, and no functions of its own. */
export class StreamSink implements Sink {
  readonly #writable: Writable
  readonly #said: Said

  constructor(writable: Writable, said: Said) {
    this.#writable = writable
    this.#said = said
  }

  write(bytes: Uint8Array, _binary: boolean, flushed?: () => void): void {
    this.#writable.write(bytes, flushed)
  }

  bufferedBytes(): number {
    return this.#writable.writableLength
  }

  heartbeat(): void {
    this.#writable.write(this.#said.heartbeat)
  }

  end(reason: EndReason): void {
    this.#writable.end(this.#said.endings[reason])
  }

  destroy(): void {
    this.#writable.destroy()
  }
}
