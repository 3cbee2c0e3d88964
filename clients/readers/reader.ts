/**
 * Takes a stream of bytes as they come, cut anywhere, from any carrier: a bare socket, TLS, an HTTP/2 stream, a decoder. Work is
 * linear in the bytes however they are cut, and what is kept of them is bounded.
 */
export interface Reader {
  /**
   * The next bytes are those from `start` to before `end`. They are good during the call alone: sockets share one buffer.
   * @throws {PushlabError} BAD_INPUT where they cannot be read; nothing more is read then.
   */
  read(bytes: Uint8Array, start: number, end: number): void
}

/** Takes bytes of a message or of a part of one, good during the call alone. */
export type OnBytes = (bytes: Uint8Array, start: number, end: number) => void

/**
 * Takes and hands on an event as the server writes it, which holds no control characters: what lies between two of them can be tried
 * before its end is looked for. False for anything else, which is left alone.
 */
export type TakeEvent = (bytes: Uint8Array, start: number, end: number) => boolean

/** Nobody sends an event, a line, a frame or a head longer than this and less than a fault: the largest event as base64, and more. */
export const MAX_MESSAGE_BYTES = 4 * 1_048_576
