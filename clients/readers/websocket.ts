import { isUtf8 } from 'node:buffer'
import { badInput, Gathering, textOf, tooLong } from './bytes.ts'
import { Inflater } from './inflater.ts'
import { MAX_MESSAGE_BYTES, type Reader } from './reader.ts'
import { BINARY, CLOSE, PING, PONG, TEXT } from './websocket-frame.ts'

export interface WebSocketHandler<Mark> {
  /**
   * A whole message, good during the call alone.
   * @param mark of a compressed message what takeMark gave when its last byte was read; of others behind one likewise. Undefined
   * where the message is handed on at once, within read().
   */
  onMessage(bytes: Uint8Array, start: number, end: number, isBinary: boolean, mark: Mark | undefined): void
  /** To be answered by a pong with the same bytes (RFC 6455 section 5.5.3). */
  onPing(bytes: Uint8Array): void
  /** The peer's close frame, 1005 where it gives no code. Nothing is handed on after it. */
  onClose(code: number, reason: string): void
  /** Called within read(), when a message has been read that is handed on later. */
  takeMark(): Mark
  /** A compressed message is found to be unreadable, after read() could have thrown. Nothing is handed on after it. */
  onError(error: unknown): void
}

/** Several of the largest messages. */
const MAX_WAITING_BYTES = 4 * MAX_MESSAGE_BYTES

/** A message, or a close frame, that waits for messages before it to be inflated. */
interface Waiting<Mark> {
  opcode: number
  compressed: boolean
  bytes: Buffer
  mark: Mark
}

/**
 * WebSocket frames as a client reads them (RFC 6455 section 5), and permessage-deflate (RFC 7692) where it was agreed on. A message
 * in one frame that lies in one chunk is handed on as it lies there.
 */
export class WebSocketReader<Mark = undefined> implements Reader {
  readonly #handler: WebSocketHandler<Mark>
  readonly #inflater: Inflater | undefined
  readonly #waiting: Waiting<Mark>[] = []
  #waitingBytes = 0
  /** Nothing more is read. */
  #ended = false
  /** Nothing more is handed on. */
  #closed = false

  /** Of the frame that is being read. */
  readonly #head = new Gathering()
  #inPayload = false
  #isFinal = false
  #opcode = 0
  #left = 0
  readonly #control = new Gathering()

  /** Of the message that is being read: its opcode, 0 where its first frame is still to come. */
  #messageOpcode = 0
  #compressed = false
  readonly #message = new Gathering()

  /** @param deflate whether permessage-deflate was agreed on. */
  constructor(handler: WebSocketHandler<Mark>, deflate = false) {
    this.#handler = handler
    if (deflate) this.#inflater = new Inflater()
  }

  read(bytes: Uint8Array, start: number, end: number): void {
    let at = start
    while (at < end && !this.#ended) {
      if (!this.#inPayload) {
        at = this.#frameHead(bytes, at, end)
        if (!this.#inPayload) return
      }
      const to = Math.min(end, at + this.#left)
      this.#left -= to - at
      this.#payload(bytes, at, to)
      at = to
    }
  }

  /** The connection is over: nothing more is handed on. */
  close(): void {
    this.#ended = true
    this.#closed = true
    this.#waiting.length = 0
    this.#inflater?.close()
  }

  /** Returns where the payload starts; `end` where more bytes have to tell. */
  #frameHead(bytes: Uint8Array, start: number, end: number): number {
    if (this.#head.length === 0) {
      const length = headLength(bytes, start, end)
      if (start + length <= end) {
        this.#startFrame(bytes, start)
        return start + length
      }
    }
    for (let at = start; at < end; ) {
      this.#head.add(bytes, at, ++at)
      const { bytes: head, length } = this.#head
      if (length === 2) this.#checkHead(head[0] as number, head[1] as number)
      if (headLength(head, 0, length) > length) continue
      this.#head.clear()
      this.#startFrame(head, 0)
      return at
    }
    return end
  }

  #startFrame(bytes: Uint8Array, start: number): void {
    const first = bytes[start] as number
    this.#checkHead(first, bytes[start + 1] as number)
    this.#isFinal = first >= 0x80
    this.#opcode = first & 0x0f
    const isFirst = this.#opcode === TEXT || this.#opcode === BINARY
    const length = payloadLength(bytes, start)
    if (this.#opcode <= BINARY && this.#message.length + length > MAX_MESSAGE_BYTES) throw tooLong()
    if (isFirst) {
      this.#messageOpcode = this.#opcode
      this.#compressed = (first & 0x40) !== 0
    }
    this.#left = length
    this.#inPayload = true
  }

  /** What the first two bytes of a frame tell (section 5.2). */
  #checkHead(first: number, second: number): void {
    const opcode = first & 0x0f
    const isControl = opcode >= CLOSE
    const isFirst = opcode === TEXT || opcode === BINARY
    if (second >= 0x80) throw badInput('A server must not mask its frames')
    if ((first & 0x30) !== 0 || ((first & 0x40) !== 0 && !(this.#inflater && isFirst))) {
      throw badInput('A WebSocket frame has reserved bits set that nobody agreed on')
    }
    if (isControl ? opcode > PONG : opcode > BINARY) {
      throw badInput(`A WebSocket frame has the opcode ${opcode}, which does not exist`)
    }
    if (isControl && (first < 0x80 || second > 125)) {
      throw badInput('A WebSocket control frame is fragmented or longer than 125 bytes')
    }
    if (opcode === CLOSE && second === 1) throw badInput('A WebSocket close frame has half a code')
    if (!isControl && isFirst !== (this.#messageOpcode === 0)) {
      throw badInput('A WebSocket message begins within another, or goes on where none has begun')
    }
  }

  /** The next bytes of a frame's payload, the last of them where nothing is left. */
  #payload(bytes: Uint8Array, start: number, end: number): void {
    const isControl = this.#opcode >= 0x8
    const parts = isControl ? this.#control : this.#message
    const isWhole = this.#left === 0
    if (isWhole) this.#inPayload = false
    const isEnd = isWhole && this.#isFinal
    if (!isEnd || parts.length > 0) parts.add(bytes, start, end)
    if (!isEnd) return
    const opcode = isControl ? this.#opcode : this.#messageOpcode
    const compressed = !isControl && this.#compressed
    if (!isControl) this.#messageOpcode = 0
    if (parts.length === 0) {
      this.#take(opcode, compressed, bytes, start, end)
      return
    }
    const { bytes: gathered, length } = parts
    parts.clear()
    this.#take(opcode, compressed, gathered, 0, length)
  }

  #take(opcode: number, compressed: boolean, bytes: Uint8Array, start: number, end: number): void {
    if (opcode === PONG) return
    // It may still have to wait for its turn.
    if (opcode === CLOSE) this.#ended = true
    // Who waits for a pong does not wait for an inflater.
    if (opcode === PING) this.#handler.onPing(bytes.subarray(start, end))
    else if (!compressed && this.#waiting.length === 0) this.#handOn(opcode, bytes, start, end, undefined)
    else {
      this.#waitingBytes += end - start
      if (this.#waitingBytes > MAX_WAITING_BYTES)
        throw badInput('More compressed messages came than can be inflated in time')
      const mark = this.#handler.takeMark()
      this.#waiting.push({ opcode, compressed, bytes: Buffer.from(bytes.subarray(start, end)), mark })
      if (this.#waiting.length === 1) this.#inflateNext()
    }
  }

  #inflateNext(): void {
    const [next] = this.#waiting
    if (!next || !this.#inflater) return
    this.#inflater.inflate(next.bytes, (error, bytes) => {
      if (this.#closed) return
      try {
        if (error) throw error
        this.#waiting.shift()
        this.#waitingBytes -= next.bytes.length
        this.#handOn(next.opcode, bytes, 0, bytes.length, next.mark)
        this.#handOnWaiting()
      } catch (thrown) {
        this.close()
        this.#handler.onError(thrown)
      }
    })
  }

  /** What was not compressed and stood behind a message that was. */
  #handOnWaiting(): void {
    while (this.#waiting.length > 0 && !this.#waiting[0]?.compressed) {
      const { opcode, bytes, mark } = this.#waiting.shift() as Waiting<Mark>
      this.#waitingBytes -= bytes.length
      this.#handOn(opcode, bytes, 0, bytes.length, mark)
    }
    this.#inflateNext()
  }

  #handOn(opcode: number, bytes: Uint8Array, start: number, end: number, mark: Mark | undefined): void {
    if (opcode === CLOSE) this.#handOnClose(bytes, start, end)
    else {
      if (opcode === TEXT) expectUtf8(bytes, start, end)
      this.#handler.onMessage(bytes, start, end, opcode === BINARY, mark)
    }
  }

  #handOnClose(bytes: Uint8Array, start: number, end: number): void {
    const code = start === end ? 1005 : ((bytes[start] as number) << 8) | (bytes[start + 1] as number)
    if (start !== end && !mayBeSent(code)) {
      throw badInput('A WebSocket close frame has a code that must not be sent')
    }
    if (start !== end) expectUtf8(bytes, start + 2, end)
    this.close()
    this.#handler.onClose(code, start === end ? '' : textOf(bytes, start + 2, end))
  }
}

/** Codes that a close frame may carry, RFC 6455 section 7.4 and what IANA has registered since. */
function mayBeSent(code: number): boolean {
  return (
    (code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code)) || (code >= 3000 && code <= 4999)
  )
}

/** How long a frame's head is, as far as it can be told. */
function headLength(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 2) return 2
  const length = (bytes[start + 1] as number) & 0x7f
  return length < 126 ? 2 : length === 126 ? 4 : 10
}

/** @throws {PushlabError} BAD_INPUT where it is not told in the fewest bytes (section 5.2). */
function payloadLength(bytes: Uint8Array, start: number): number {
  const first = (bytes[start + 1] as number) & 0x7f
  if (first < 126) return first
  let length = 0
  const bytesOfLength = first === 126 ? 2 : 8
  for (let i = 0; i < bytesOfLength; i++) length = 256 * length + (bytes[start + 2 + i] as number)
  if (length < (first === 126 ? 126 : 65_536))
    throw badInput('The length of a WebSocket frame is not told in the fewest bytes')
  return length
}

/** Up to here a loop is faster than a call that leaves JavaScript. */
const SHORT_BYTES = 256

/** @throws {PushlabError} BAD_INPUT (section 8.1). Nearly every text is short, and ASCII. */
function expectUtf8(bytes: Uint8Array, start: number, end: number): void {
  if (end - start <= SHORT_BYTES) {
    let bits = 0
    for (let at = start; at < end; at++) bits |= bytes[at] as number
    if (bits < 0x80) return
  }
  if (!isUtf8(bytes.subarray(start, end))) throw badInput('A WebSocket text message is not UTF-8')
}
