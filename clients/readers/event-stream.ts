import { CR, Gathering, indexWithin, LF, startsWith, textOf } from './bytes.ts'
import type { Reader, TakeEvent } from './reader.ts'

const DATA = Buffer.from('data')
const EVENT = Buffer.from('event')
const BYTE_ORDER_MARK = Buffer.from('\ufeff')
const ID = Buffer.from('id: ')
const DATA_LINE = Buffer.from('\ndata: ')
const COLON = 0x3a
/** Up to here one loop for both ends of a line is faster than two searches. */
const NEAR_BYTES = 256
const SPACE = 0x20

/** @param type `message` where the stream names none. The rest is the event's data, good during the call alone. */
export type OnStreamEvent = (type: string, bytes: Uint8Array, start: number, end: number) => void

/**
 * An event stream (HTML Living Standard, section 9.2.6). IDs and reconnection times are passed over: an event's own number is
 * the cursor here, and who reads does not reconnect.
 */
export class EventStreamReader implements Reader {
  readonly #onEvent: OnStreamEvent
  readonly #take: TakeEvent | undefined
  /** Of a line that a seam has cut. */
  readonly #cut = new Gathering()
  #atStart = true
  /** A CR ended the last chunk: an LF that follows it belongs to the same line end. */
  #afterCr = false
  #type = ''
  /** A data field that lies in the chunk: from where to where; none where `#inChunk` is false. */
  #inChunk = false
  #dataStart = 0
  #dataEnd = 0
  /** Data otherwise: that of several fields, each with its LF, or of chunks before. */
  readonly #data = new Gathering()

  /** @param take tries the data of a chunk that is one event with its ID. */
  constructor(onEvent: OnStreamEvent, take?: TakeEvent) {
    this.#onEvent = onEvent
    this.#take = take
  }

  read(bytes: Uint8Array, start: number, end: number): void {
    if (this.#take && this.#isBetween() && this.#takeWhole(this.#take, bytes, start, end)) return
    let at = start
    // Of either kind the first beyond what is near: looked for again once it has been passed, and so no byte is searched twice.
    let lf = -1
    let cr = -1
    while (at < end) {
      if (this.#afterCr) {
        this.#afterCr = false
        if (bytes[at] === LF) {
          at++
          continue
        }
      }
      const near = Math.min(end, at + NEAR_BYTES)
      let lineEnd = at
      while (lineEnd < near && bytes[lineEnd] !== LF && bytes[lineEnd] !== CR) lineEnd++
      if (lineEnd === near && near < end) {
        if (lf < near) lf = indexWithin(bytes, LF, near, end)
        if (cr < near) cr = indexWithin(bytes, CR, near, end)
        lineEnd = Math.min(lf, cr)
      }
      if (lineEnd === end) {
        this.#cut.add(bytes, at, end)
        break
      }
      this.#afterCr = bytes[lineEnd] === CR
      if (this.#cut.length > 0) this.#cutLine(bytes, at, lineEnd)
      else this.#line(bytes, at, lineEnd)
      at = lineEnd + 1
    }
    if (this.#inChunk) this.#keep(bytes)
  }

  /** Whether an event begins with the next byte. */
  #isBetween(): boolean {
    const { length } = this.#data
    return this.#cut.length + length === 0 && !this.#atStart && !this.#afterCr && this.#type === ''
  }

  /** `id: N`, `data: ` and an event, and the empty line, are all of the chunk. */
  #takeWhole(take: TakeEvent, bytes: Uint8Array, start: number, end: number): boolean {
    if (bytes[end - 1] !== LF || bytes[end - 2] !== LF || !startsWith(bytes, start, end, ID)) return false
    let at = start + ID.length
    while (isDigit(bytes[at] as number)) at++
    return startsWith(bytes, at, end, DATA_LINE) && take(bytes, at + DATA_LINE.length, end - 2)
  }

  #cutLine(bytes: Uint8Array, start: number, end: number): void {
    this.#cut.add(bytes, start, end)
    const line = this.#cut.bytes
    const { length } = this.#cut
    this.#cut.clear()
    this.#line(line, 0, length)
    if (this.#inChunk) this.#keep(line)
  }

  #line(bytes: Uint8Array, start: number, end: number): void {
    let at = start
    if (this.#atStart) {
      this.#atStart = false
      if (startsWith(bytes, at, end, BYTE_ORDER_MARK)) at += BYTE_ORDER_MARK.length
    }
    if (at === end) this.#dispatch(bytes)
    else if (startsWith(bytes, at, end, DATA)) {
      const value = startOfValue(bytes, at + DATA.length, end)
      if (value >= 0) this.#addData(bytes, value, end)
    } else if (startsWith(bytes, at, end, EVENT)) {
      const value = startOfValue(bytes, at + EVENT.length, end)
      if (value >= 0) this.#type = textOf(bytes, value, end)
    }
  }

  #addData(bytes: Uint8Array, start: number, end: number): void {
    const isFirst = !this.#inChunk && this.#data.length === 0
    if (this.#inChunk) this.#keep(bytes)
    this.#dataStart = start
    this.#dataEnd = end
    this.#inChunk = true
    if (!isFirst) this.#keep(bytes)
  }

  #keep(bytes: Uint8Array): void {
    this.#data.add(bytes, this.#dataStart, this.#dataEnd)
    this.#data.addByte(LF)
    this.#inChunk = false
  }

  #dispatch(bytes: Uint8Array): void {
    const type = this.#type || 'message'
    this.#type = ''
    if (this.#inChunk) {
      this.#inChunk = false
      this.#onEvent(type, bytes, this.#dataStart, this.#dataEnd)
    } else if (this.#data.length > 0) {
      const { bytes: data, length } = this.#data
      this.#data.clear()
      this.#onEvent(type, data, 0, length - 1)
    }
  }
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39
}

/** Where a field's value starts whose name ends at `nameEnd`, a space before it left out; -1 where the name goes on. */
function startOfValue(bytes: Uint8Array, nameEnd: number, end: number): number {
  if (nameEnd === end) return end
  if (bytes[nameEnd] !== COLON) return -1
  return bytes[nameEnd + 1] === SPACE && nameEnd + 1 < end ? nameEnd + 2 : nameEnd + 1
}
