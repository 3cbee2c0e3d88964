import { PushlabError } from './error.ts'

/**
 * The encoded event: one JSON object, UTF-8, of an exact length in bytes.
 *
 *     {"seq":12,"due":1150000,"pub":1150310,"pad":"abcdefghij"}
 *
 * - `seq`  always: the event's number;
 * - `due`  from 64 bytes on: when the schedule asked for it, whole microseconds after the feed's epoch;
 * - `pub`  from 64 bytes on: when the feed published it, likewise; `pub - due` is the feed's own lag;
 * - `pad`  fills up the rest; where fewer than 9 bytes are left, white space before the brace does.
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
/** The smallest payload that carries its own times. */
export const MIN_TIMED_PAYLOAD_BYTES = 64

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz'
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
  const padLength = room - PAD_FIELD.length
  const pad = ALPHABET.repeat(Math.ceil(padLength / ALPHABET.length)).slice(0, padLength)
  return `${body},"pad":"${pad}"}`
}
