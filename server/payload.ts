import { PushlabError } from './error.ts'
import { filler } from './filler.ts'

/**
 * The encoded event: one JSON object, UTF-8, of an exact length in bytes.
 *
 *     {"seq":12,"due":1150000,"pub":1150310,"pad":"volume 812 bid"}
 *
 * - `seq`  always: the event's number;
 * - `due`  from 64 bytes on: when the schedule asked for it, whole microseconds after the feed's epoch;
 * - `pub`  from 64 bytes on: when the feed published it, likewise; `pub - due` is the feed's own lag;
 * - `pad`  fills up the rest with words and numbers (filler.ts); where fewer than 9 bytes are left, white space
 * before the brace does.
 *
 * A binary event has the same fields in as many bytes, numbers in network byte order: `seq` as 8 bytes, from 64 on
 * `due` and `pub` as 8 bytes each, then bytes that do not compress. Techniques that carry text only send a JSON
 * string with its base64 (RFC 4648).
 *
 * A classroom's feed also knows events of 5 to 15 bytes, too short for a number: a JSON string, `"hello"` for 7 bytes. Such
 * an event is the one after the event before it, or after the cursor.
 *
 * A subscriber that publishes sends an event with the number 0; its `due` is when it meant to.
 *
 * With the epoch, which `GET /health` gives on the host's monotonic clock, a client in any language can compute
 * latency from the bytes alone.
 */
export interface Payload {
  seq: number
  due?: number
  pub?: number
  pad?: string
}

export const MIN_PAYLOAD_BYTES = 16
export const MAX_PAYLOAD_BYTES = 1_048_576
/** The smallest payload that carries its own times. */
export const MIN_TIMED_PAYLOAD_BYTES = 64

const PAD_FIELD = ',"pad":""'

/** Encodes an event in exactly `payloadBytes` bytes; throws BAD_INPUT where the number does not fit. */
export function encodePayload(seq: number, dueUs: number, publishedUs: number, payloadBytes: number): string {
  const times =
    payloadBytes >= MIN_TIMED_PAYLOAD_BYTES
      ? `,"due":${Math.round(dueUs)},"pub":${Math.round(publishedUs)}`
      : ''
  const body = `{"seq":${seq}${times}`
  const room = payloadBytes - body.length - 1
  if (room < 0) {
    throw new PushlabError(
      'BAD_INPUT',
      `Event ${seq} needs ${body.length + 1} bytes and the payload is ${payloadBytes}. Use a larger payload.`,
    )
  }
  if (room < PAD_FIELD.length) return `${body}${' '.repeat(room)}}`
  // Messages have no number of their own, but a time.
  const pad = filler(seq || Math.round(dueUs), room - PAD_FIELD.length)
  return `${body},"pad":"${pad}"}`
}

export const MIN_WORD_BYTES = 5
const WORD = 'hello, world!'

/** An event of 5 to 15 bytes, which has no room for its number: the JSON string of a greeting. */
export function encodeWord(payloadBytes: number): string {
  if (payloadBytes < MIN_WORD_BYTES || payloadBytes >= MIN_PAYLOAD_BYTES) {
    throw new PushlabError(
      'BAD_INPUT',
      `A word has ${MIN_WORD_BYTES} to ${MIN_PAYLOAD_BYTES - 1} bytes, not ${payloadBytes}.`,
    )
  }
  return `"${WORD.slice(0, payloadBytes - 2)}"`
}

const FIELD_BYTES = 8

/** Encodes a binary event in exactly `payloadBytes` bytes; throws as encodePayload does. */
export function encodeBinaryPayload(
  seq: number,
  dueUs: number,
  publishedUs: number,
  payloadBytes: number,
): Uint8Array {
  if (payloadBytes < MIN_PAYLOAD_BYTES) {
    throw new PushlabError(
      'BAD_INPUT',
      `A payload of ${payloadBytes} bytes is too small. Use ${MIN_PAYLOAD_BYTES} or more.`,
    )
  }
  const bytes = Buffer.alloc(payloadBytes)
  const fields = payloadBytes >= MIN_TIMED_PAYLOAD_BYTES ? [seq, dueUs, publishedUs] : [seq]
  fields.forEach((value, i) => {
    bytes.writeBigInt64BE(BigInt(Math.round(value)), i * FIELD_BYTES)
  })
  // xorshift32 (Marsaglia 2003), from the event's number: the same bytes every time, and nothing to compress.
  let state = (seq * 2_654_435_761 + 1) | 0 || 1
  for (let at = fields.length * FIELD_BYTES; at < payloadBytes; at++) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    bytes[at] = state & 0xff
  }
  return bytes
}

/** A binary event as techniques send it that carry text only: a JSON string of base64. */
export function textOfBinary(bytes: Uint8Array): string {
  return `"${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')}"`
}

/** A message as techniques send it that carry text only. */
export function asText(message: string | Uint8Array): string {
  return typeof message === 'string' ? message : textOfBinary(message)
}

/** Bytes of an event as text: the payload's own, or those of its base64 and two quotation marks. */
export function textBytes(payloadBytes: number, binary: boolean): number {
  return binary ? 4 * Math.ceil(payloadBytes / 3) + 2 : payloadBytes
}

/**
 * Decodes an event.
 * @param value a parsed JSON value, an object or the base64 of a binary event; or a binary event.
 * @throws {PushlabError} BAD_INPUT for anything else.
 */
export function decodePayload(value: unknown): Payload {
  if (typeof value === 'string') return decodePayload(Buffer.from(value, 'base64'))
  if (value instanceof Uint8Array) {
    if (value.length < MIN_PAYLOAD_BYTES) throw notAnEvent()
    const view = new DataView(value.buffer, value.byteOffset, value.byteLength)
    const field = (i: number) => Number(view.getBigInt64(i * FIELD_BYTES))
    return value.length >= MIN_TIMED_PAYLOAD_BYTES
      ? { seq: field(0), due: field(1), pub: field(2) }
      : { seq: field(0) }
  }
  if (typeof (value as Payload | null)?.seq !== 'number') throw notAnEvent()
  return value as Payload
}

function notAnEvent(): PushlabError {
  return new PushlabError('BAD_INPUT', 'This is not an event: a JSON object with "seq", or its binary form.')
}
