import { PushlabError } from '../../server/error.ts'
import { MAX_MESSAGE_BYTES } from './reader.ts'

export const LF = 0x0a
export const CR = 0x0d

/** Up to here a loop is faster than a call that leaves JavaScript. */
const SHORT_BYTES = 24
/** So much may be looked at in vain. */
const NEAR_BYTES = 256

/**
 * Where `byte` stands first from `start` to before `end`; `end` where it does not. What lies behind is another's, and may be much
 * more than the chunk: it is not searched.
 */
export function indexWithin(bytes: Uint8Array, byte: number, start: number, end: number): number {
  const near = Math.min(end, start + SHORT_BYTES)
  for (let at = start; at < near; at++) if (bytes[at] === byte) return at
  if (near === end) return end
  const stopsInTime = bytes[end - 1] === byte || bytes[end] === byte || bytes.length - end < NEAR_BYTES
  // A view costs as much as the search itself.
  const found = stopsInTime ? bytes.indexOf(byte, near) : near + bytes.subarray(near, end).indexOf(byte)
  return found < near || found > end ? end : found
}

/** Whether the bytes from `start` to before `end` begin with others. */
export function startsWith(bytes: Uint8Array, start: number, end: number, prefix: Uint8Array): boolean {
  if (end - start < prefix.length) return false
  for (let i = 0; i < prefix.length; i++) if (bytes[start + i] !== prefix[i]) return false
  return true
}

/** Bytes as text. In UTF-8 what is none becomes U+FFFD, as everywhere in Node.js. */
export function textOf(
  bytes: Uint8Array,
  start: number,
  end: number,
  encoding: 'utf8' | 'latin1' = 'utf8',
): string {
  const buffer = Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return buffer.toString(encoding, start, end)
}

/** What a seam between chunks has cut, put together again. Doubles, so that a byte is copied a bounded number of times. */
export class Gathering {
  bytes: Buffer = NOTHING
  length = 0
  readonly #mostBytes: number

  constructor(mostBytes = MAX_MESSAGE_BYTES) {
    this.#mostBytes = mostBytes
  }

  /** @throws {PushlabError} BAD_INPUT where that is more than anybody sends. */
  add(bytes: Uint8Array, start: number, end: number): void {
    const length = this.length + end - start
    if (length > this.#mostBytes) throw tooLong(this.#mostBytes)
    if (length > this.bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(FIRST_BYTES, 2 * this.bytes.length, length))
      larger.set(this.bytes.subarray(0, this.length))
      this.bytes = larger
    }
    this.bytes.set(bytes.subarray(start, end), this.length)
    this.length = length
  }

  addByte(byte: number): void {
    ONE[0] = byte
    this.add(ONE, 0, 1)
  }

  /** Small ones are kept for the next; thousands of subscribers do not each keep their largest. */
  clear(): void {
    this.length = 0
    if (this.bytes.length > KEPT_BYTES) this.bytes = NOTHING
  }
}

const NOTHING = Buffer.alloc(0)
const ONE = new Uint8Array(1)
const FIRST_BYTES = 256
const KEPT_BYTES = 4_096

export function tooLong(mostBytes = MAX_MESSAGE_BYTES): PushlabError {
  return badInput(`The peer sent more than ${mostBytes} bytes without an end to them`)
}

/** What a reader throws. */
export function badInput(what: string): PushlabError {
  return new PushlabError(
    'BAD_INPUT',
    `${what}. Use a pushlab server, and nothing in between that changes what it sends.`,
  )
}
