import {
  decodePayload,
  MIN_PAYLOAD_BYTES,
  MIN_TIMED_PAYLOAD_BYTES,
  type Payload,
} from '../../server/payload.ts'
import type { ReceivedEvent } from '../technique.ts'
import { textOf } from './bytes.ts'

const QUOTE = 0x22
const SPACE = 0x20
const CLOSING_BRACE = 0x7d
/** No offset: there is no event here as the server writes it. A word there is no name of a field. */
const NOWHERE = -1

/** Names of fields, as two words that overlap. */
const [SEQ, SEQ_COLON] = words('{"seq":', 3)
const [DUE, DUE_COLON] = words(',"due":', 3)
const [PUB, PUB_COLON] = words(',"pub":', 3)
const [PAD, PAD_QUOTE] = words(',"pad":"', 4)

function words(text: string, second: number): [number, number] {
  const bytes = Buffer.from(text)
  return [word(bytes, 0), word(bytes, second)]
}

/** Four bytes at once. A comparison of each would take a third longer for a whole event. */
function word(bytes: Uint8Array, at: number): number {
  let value = 0
  for (let i = 0; i < 4; i++) value = (value << 8) | (bytes[at + i] as number)
  return value
}

/** Whether a byte may stand in a pad as it is: printable ASCII, and nothing that JSON escapes. */
const IN_PAD = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(byte >= SPACE && byte < 0x7f && byte !== QUOTE && byte !== 0x5c),
)

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
/** What a digit of base64 stands for; 64 where a byte is none. */
const SIX_BITS = new Uint8Array(256).fill(64)
for (let i = 0; i < 64; i++) SIX_BITS[BASE64.charCodeAt(i)] = i
/** `seq`, `due` and `pub` of a binary event, decoded from base64. */
const FIELDS = Buffer.alloc(24)

/** Bytes of the last event of all, which alone is still good. Not of each: thousands would keep their largest alive. */
let latest: Uint8Array = FIELDS

/**
 * The event that a subscriber has just got, one object for all of them: an encoded event (see server/payload.ts) as the server
 * writes it is recognized by its bytes, and nothing is made of it until somebody asks for all of it.
 */
export class EventBytes implements ReceivedEvent {
  // NaN: numbers with a fraction or too large for a small integer are stored in place only where the field began as one.
  #seq = Number.NaN
  /** NaN where the event carries no times. */
  #dueUs = Number.NaN
  #pubUs = Number.NaN
  /** Where a number read by #digits ends. */
  #numberEnd = 0
  #start = 0
  #end = 0
  /** Of an event that was decoded already. */
  #payload: Payload | undefined
  #binary = false

  get seq(): number {
    return this.#seq
  }

  get due(): number | undefined {
    return this.#payload ? this.#payload.due : noneForNaN(this.#dueUs)
  }

  get pub(): number | undefined {
    return this.#payload ? this.#payload.pub : noneForNaN(this.#pubUs)
  }

  payload(): Payload {
    if (this.#payload) return this.#payload
    const bytes = latest.subarray(this.#start, this.#end)
    return decodePayload(this.#binary ? bytes : JSON.parse(textOf(bytes, 0, bytes.length)))
  }

  /** Takes the event that is these bytes and no others; false where it is not as the server writes it. */
  take(bytes: Uint8Array, start: number, end: number): boolean {
    return this.takePrefix(bytes, start, end) === end
  }

  /** Takes the event that these bytes begin with. Returns where it ends; -1 where there is none as the server writes it. */
  takePrefix(bytes: Uint8Array, start: number, end: number): number {
    const eventEnd =
      bytes[start] === QUOTE ? this.#base64(bytes, start + 1, end) : this.#object(bytes, start, end)
    this.#hold(bytes, start, eventEnd, false)
    return eventEnd
  }

  /**
   * Takes an event of any form that text can have: one that the server would not write so is decoded as a library would.
   * @throws as JSON.parse and decodePayload do.
   */
  takeText(bytes: Uint8Array, start: number, end: number): void {
    if (!this.take(bytes, start, end)) this.takeValue(JSON.parse(textOf(bytes, start, end)))
  }

  /** Takes an event whose JSON has been parsed. @throws as decodePayload does. */
  takeValue(value: unknown): void {
    const payload = decodePayload(value)
    this.#payload = payload
    this.#seq = payload.seq
  }

  /** Takes a binary event. @throws as decodePayload does. */
  takeBinary(bytes: Uint8Array, start: number, end: number): void {
    const length = end - start
    if (length < MIN_PAYLOAD_BYTES) decodePayload(bytes.subarray(start, end))
    this.#takeFields(bytes, start, length >= MIN_TIMED_PAYLOAD_BYTES)
    this.#hold(bytes, start, end, true)
  }

  #hold(bytes: Uint8Array, start: number, end: number, binary: boolean): void {
    latest = bytes
    this.#start = start
    this.#end = end
    this.#binary = binary
    this.#payload = undefined
  }

  /** Whether the bytes that were read lie before `end` is asked once, at last: what lies behind it cannot do harm. */
  #object(bytes: Uint8Array, start: number, end: number): number {
    if (word(bytes, start) !== SEQ || word(bytes, start + 3) !== SEQ_COLON) return NOWHERE
    this.#seq = this.#digits(bytes, start + 7, end)
    this.#dueUs = Number.NaN
    this.#pubUs = Number.NaN
    let at = this.#numberEnd
    if (word(bytes, at) === DUE && word(bytes, at + 3) === DUE_COLON) {
      this.#dueUs = this.#digits(bytes, at + 7, end)
      at = this.#numberEnd
      if (word(bytes, at) !== PUB || word(bytes, at + 3) !== PUB_COLON) return NOWHERE
      this.#pubUs = this.#digits(bytes, at + 7, end)
      at = this.#numberEnd
    }
    if (word(bytes, at) === PAD && word(bytes, at + 4) === PAD_QUOTE) {
      at += 8
      while (at < end && IN_PAD[bytes[at] as number] === 1) at++
      if (bytes[at] !== QUOTE) return NOWHERE
      at++
    }
    while (at < end && bytes[at] === SPACE) at++
    return at < end && bytes[at] === CLOSING_BRACE ? at + 1 : NOWHERE
  }

  /** A number of plain digits; where it is none, or more than can be told exactly, it ends nowhere. */
  #digits(bytes: Uint8Array, start: number, end: number): number {
    let value = 0
    let at = start
    for (; at < end; at++) {
      const digit = (bytes[at] as number) - 0x30
      if (digit < 0 || digit > 9) break
      value = 10 * value + digit
    }
    const leadingZero = at - start > 1 && bytes[start] === 0x30
    this.#numberEnd =
      at === start || leadingZero || at - start > 16 || value > Number.MAX_SAFE_INTEGER ? NOWHERE : at
    return value
  }

  /** @param start after the quotation mark. */
  #base64(bytes: Uint8Array, start: number, end: number): number {
    let at = start
    while (at < end && (SIX_BITS[bytes[at] as number] as number) < 64) at++
    const length = Math.floor(((at - start) * 3) / 4)
    for (let i = 0; i < 2 && at < end && bytes[at] === 0x3d; i++) at++
    if (at >= end || bytes[at] !== QUOTE || (at - start) % 4 !== 0 || length < MIN_PAYLOAD_BYTES)
      return NOWHERE
    const timed = length >= MIN_TIMED_PAYLOAD_BYTES
    decodeFields(bytes, start, timed ? FIELDS.length : 9)
    this.#takeFields(FIELDS, 0, timed)
    return at + 1
  }

  #takeFields(bytes: Uint8Array, start: number, timed: boolean): void {
    this.#seq = int64At(bytes, start)
    this.#dueUs = timed ? int64At(bytes, start + 8) : Number.NaN
    this.#pubUs = timed ? int64At(bytes, start + 16) : Number.NaN
  }
}

function noneForNaN(valueUs: number): number | undefined {
  return Number.isNaN(valueUs) ? undefined : valueUs
}

/** Decodes base64 without its padding into FIELDS, `length` bytes that are a multiple of 3. */
function decodeFields(bytes: Uint8Array, start: number, length: number): void {
  for (let from = start, to = 0; to < length; from += 4, to += 3) {
    let bits = 0
    for (let i = 0; i < 4; i++) bits = (bits << 6) | (SIX_BITS[bytes[from + i] as number] as number)
    FIELDS[to] = bits >>> 16
    FIELDS[to + 1] = bits >>> 8
    FIELDS[to + 2] = bits
  }
}

/** A 64 bit integer in network byte order, to the nearest number. */
function int64At(bytes: Uint8Array, at: number): number {
  return word(bytes, at) * 2 ** 32 + (word(bytes, at + 4) >>> 0)
}

/** One for all subscribers of a process, for each event is handed on before the next is read. */
export const THE_EVENT = new EventBytes()
