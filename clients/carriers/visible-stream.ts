import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'

/**
 * A socket behind a stream of JavaScript's own. TLS reads and writes the handle of a socket that it is given past the
 * socket; what it is given here it has to read and write where a tap can see it.
 */
export class VisibleStream extends Duplex {
  readonly #socket: Socket

  constructor(socket: Socket) {
    super()
    this.#socket = socket
    socket.on('data', (chunk) => {
      if (!this.push(chunk)) socket.pause()
    })
    socket.on('end', () => this.push(null))
    socket.on('close', () => this.destroy())
    // The stream above is told by the end that follows.
    socket.on('error', () => {})
  }

  override _read(): void {
    this.#socket.resume()
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#socket.write(chunk, encoding, done)
  }

  override _final(done: () => void): void {
    this.#socket.end(done)
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.destroy()
    done(error)
  }
}
