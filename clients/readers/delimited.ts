import { Gathering, indexWithin, LF } from './bytes.ts'
import type { OnBytes, Reader, TakeEvent } from './reader.ts'

/** Cuts a stream of bytes at a delimiter and hands each message on without it. */
export class DelimitedReader implements Reader {
  readonly #onMessage: OnBytes
  readonly #delimiter: number
  readonly #take: TakeEvent | undefined
  readonly #cut = new Gathering()

  /** @param take tries a whole chunk first; only where the delimiter is a control character. */
  constructor(onMessage: OnBytes, delimiter = LF, take?: TakeEvent) {
    this.#onMessage = onMessage
    this.#delimiter = delimiter
    this.#take = take
  }

  read(bytes: Uint8Array, start: number, end: number): void {
    if (this.#cut.length === 0 && bytes[end - 1] === this.#delimiter && this.#take?.(bytes, start, end - 1))
      return
    let at = start
    while (at < end) {
      const found = indexWithin(bytes, this.#delimiter, at, end)
      if (found === end || this.#cut.length > 0) this.#cut.add(bytes, at, found)
      if (found === end) return
      if (this.#cut.length > 0) this.#handOnCut()
      else this.#onMessage(bytes, at, found)
      at = found + 1
    }
  }

  /** Whether a message begins with the next byte. */
  isBetween(): boolean {
    return this.#cut.length === 0
  }

  /** Hands on what nothing ended but the end of the stream. Where delimiters stand between messages, that is the last one. */
  end(): void {
    if (this.#cut.length > 0) this.#handOnCut()
  }

  #handOnCut(): void {
    const { bytes, length } = this.#cut
    // Before it is handed on: who throws there shall not get it twice.
    this.#cut.clear()
    this.#onMessage(bytes, 0, length)
  }
}
