import { createInflateRaw, type InflateRaw } from 'node:zlib'
import type { PushlabError } from '../../server/error.ts'
import { badInput, tooLong } from './bytes.ts'
import { MAX_MESSAGE_BYTES } from './reader.ts'

/** What a sender takes off the end of each message (RFC 7692 section 7.2.1). */
const TAIL = Buffer.from([0x00, 0x00, 0xff, 0xff])

type Done = (error: PushlabError | undefined, bytes: Buffer) => void

/** Inflates the messages of one connection, one after the other, each with what the ones before it have taught. */
export class Inflater {
  #stream: InflateRaw | undefined
  #parts: Buffer[] = []
  #length = 0
  #done: Done | undefined

  /** Calls back later, never within. One message at a time. */
  inflate(bytes: Buffer, done: Done): void {
    this.#done = done
    this.#stream ??= this.#open()
    const stream = this.#stream
    stream.write(bytes)
    stream.write(TAIL)
    stream.flush(() => {
      const inflated = this.#parts.length === 1 ? (this.#parts[0] as Buffer) : Buffer.concat(this.#parts)
      this.#parts = []
      this.#length = 0
      // A block that says it is the last one ends the stream, and not the connection.
      if (stream.readableEnded) this.close()
      this.#settle(undefined, inflated)
    })
  }

  close(): void {
    this.#stream?.removeAllListeners('data').close()
    this.#stream = undefined
  }

  #settle(error: PushlabError | undefined, bytes: Buffer): void {
    const done = this.#done
    this.#done = undefined
    done?.(error, bytes)
  }

  #open(): InflateRaw {
    const stream = createInflateRaw()
    stream.on('data', (part: Buffer) => {
      this.#parts.push(part)
      this.#length += part.length
      if (this.#length > MAX_MESSAGE_BYTES) this.#fail(tooLong())
    })
    stream.on('error', () => this.#fail(badInput('A compressed WebSocket message cannot be inflated')))
    return stream
  }

  #fail(error: PushlabError): void {
    this.#parts = []
    this.close()
    this.#settle(error, TAIL)
  }
}
