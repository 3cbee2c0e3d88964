import { ascii } from '../../server/wire/span.ts'
import { CR, startsWith } from './bytes.ts'
import { DelimitedReader } from './delimited.ts'
import type { OnBytes, Reader, TakeEvent } from './reader.ts'

/** Header section, content, and the delimiter of the next part. */
const WHOLE_PART = /^((?:[^\r\n]+\r\n)+\r\n)\{"seq":[^\r\n]*(\r\n--[^\r\n]+\r\n)$/

/** The parts of a `multipart/x-mixed-replace` body, each a header section, an empty line, and one line of content. */
export class MultipartReader implements Reader {
  readonly #lines: DelimitedReader
  readonly #take: TakeEvent | undefined
  #inContent = false
  /** What stood around the content of the last part that was a chunk of its own: it mostly stands around the next one, too. */
  #before: Uint8Array | undefined
  #after: Uint8Array = new Uint8Array()

  /** @param take tries the content of a chunk that is one part like the one before it. */
  constructor(onPart: OnBytes, take?: TakeEvent) {
    this.#take = take
    this.#lines = new DelimitedReader((bytes, start, end) => {
      const isContent = this.#inContent
      this.#inContent = end - start === 1 && bytes[start] === CR
      if (isContent) onPart(bytes, start, Math.max(start, end - 1))
    })
  }

  read(bytes: Uint8Array, start: number, end: number): void {
    const isBetween = !this.#inContent && this.#lines.isBetween()
    if (isBetween && this.#before && this.#takeWhole(this.#before, bytes, start, end)) return
    this.#lines.read(bytes, start, end)
    if (isBetween && !this.#before) this.#learn(bytes, start, end)
  }

  #takeWhole(before: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
    const [from, to] = [start + before.length, end - this.#after.length]
    if (!startsWith(bytes, start, to, before) || !startsWith(bytes, to, end, this.#after)) return false
    return this.#take?.(bytes, from, to) ?? false
  }

  /** From a chunk that has been read as any other. */
  #learn(bytes: Uint8Array, start: number, end: number): void {
    const [, before, after] = WHOLE_PART.exec(ascii(bytes, start, end)) ?? []
    if (!before || !after) return
    this.#before = Buffer.from(before)
    this.#after = Buffer.from(after)
  }
}
