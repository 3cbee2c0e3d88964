import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import type { Socket } from 'node:net'
import type { EndReason, Sink } from '../audience.ts'
import { errorMessage } from '../message.ts'
import { PongGuard } from '../pong-guard.ts'
import type { Prepared, TechniqueContext } from '../technique.ts'
import { checkOrigin } from '../upstream.ts'
import { CLOSE_CODES, refusalCode, SUBPROTOCOL } from '../websocket-codes.ts'

/** RFC 6455 section 4.2.2 and 4.1. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
const KEY = /^[+/0-9A-Za-z]{22}==$/

/** Opcodes, section 5.2. */
const CONTINUATION = 0
const TEXT = 1
const BINARY = 2
const CLOSE = 8
const PING = 9
const PONG = 10

/** Section 7.4.1. */
const PROTOCOL_ERROR = 1002
const NOT_UTF8 = 1007
const TOO_BIG = 1009

/** As long as ws waits for the answer to a close frame. */
const CLOSE_TIMEOUT_MS = 30_000

/** The prepared fan-out of WebSocket: one frame a message, without ws. It agrees to no extension. */
export const preparedWebSocket: Prepared = {
  envelope: (message) =>
    typeof message === 'string' ? frameOf(TEXT, Buffer.from(message)) : frameOf(BINARY, message),
  accept({ headers, socket }, { settings }) {
    const { upgrade = '', connection = '' } = headers
    const key = headers['sec-websocket-key'] ?? ''
    const isUpgrade = upgrade.toLowerCase() === 'websocket' && /(^|,)\s*upgrade\s*(,|$)/i.test(connection)
    if (!isUpgrade || headers['sec-websocket-version'] !== '13' || !KEY.test(key)) return undefined
    checkOrigin({ headers, socket }, settings.allowedOrigins)
    const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim())
    const answer = createHash('sha1')
      .update(key + GUID)
      .digest('base64')
    return (
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      `Sec-WebSocket-Accept: ${answer}\r\n` +
      `${offered.includes(SUBPROTOCOL) ? `Sec-WebSocket-Protocol: ${SUBPROTOCOL}\r\n` : ''}\r\n`
    )
  },
  open: (socket, context) => new Peer(socket, context),
}

/** An unmasked frame of a whole message (section 5.2). */
function frameOf(opcode: number, payload: Uint8Array): Uint8Array {
  const { length } = payload
  const head = Buffer.alloc(length <= 125 ? 2 : length <= 65_535 ? 4 : 10)
  head[0] = 0x80 | opcode
  if (length <= 125) head[1] = length
  else if (length <= 65_535) {
    head[1] = 126
    head.writeUInt16BE(length, 2)
  } else {
    head[1] = 127
    head.writeBigUInt64BE(BigInt(length), 2)
  }
  return Buffer.concat([head, payload])
}

function closeFrame(code: number, reason: string): Uint8Array {
  const payload = Buffer.alloc(2 + Buffer.byteLength(reason))
  payload.writeUInt16BE(code)
  payload.write(reason, 2)
  return frameOf(CLOSE, payload)
}

/** Whether a close frame begins with a code that an endpoint may send (section 7.4). */
function isCode(payload: Buffer): boolean {
  const code = payload.readUInt16BE()
  return (
    (code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code)) || (code >= 3000 && code <= 4999)
  )
}

/** A masked frame of a client. */
interface ClientFrame {
  isFinal: boolean
  opcode: number
  payload: Buffer
  end: number
}

/** What a peer did that its protocol forbids, by the close code. */
class Violation {
  readonly code: number

  constructor(code: number) {
    this.code = code
  }
}

/** One subscriber's connection after the handshake: a sink, and what the peer says. */
class Peer implements Sink {
  readonly #socket: Socket
  readonly #publish: TechniqueContext['publish']
  readonly #maxBytes: number
  readonly #guard: PongGuard
  /** Nothing more is said; and nothing more is heard. */
  #isClosing = false
  #isDeaf = false
  /** What has come and is no whole frame yet; how long it has to be before it is worth a look. */
  #pieces: Buffer[] = []
  #length = 0
  #needed = 2
  /** The message whose fragments have come so far (section 5.4). */
  #message: { binary: boolean; bytes: Buffer } | undefined

  constructor(socket: Socket, { publish, settings }: TechniqueContext) {
    this.#socket = socket
    this.#publish = publish
    this.#maxBytes = settings.maxMessageBytes
    this.#guard = new PongGuard(settings.heartbeatMs, () => socket.destroy())
    socket.on('data', (bytes: Buffer) => this.#read(bytes))
    socket.on('close', () => this.#guard.stop())
  }

  write(bytes: Uint8Array, _binary: boolean, flushed?: () => void): void {
    if (!this.#isClosing) this.#socket.write(bytes, flushed)
  }

  bufferedBytes(): number {
    return this.#socket.writableLength
  }

  heartbeat(): void {
    this.write(frameOf(PING, this.#guard.ping()), false)
  }

  end(reason: EndReason): void {
    this.#close(CLOSE_CODES[reason], reason)
  }

  destroy(): void {
    this.#socket.destroy()
  }

  #close(code: number, reason = ''): void {
    if (this.#isClosing) return
    this.write(closeFrame(code, reason), false)
    this.#guard.stop()
    this.#isClosing = true
    this.#socket.setTimeout(CLOSE_TIMEOUT_MS, () => this.#socket.destroy())
  }

  #read(piece: Buffer): void {
    if (this.#isDeaf) return
    this.#pieces.push(piece)
    this.#length += piece.length
    if (this.#length < this.#needed) return
    let bytes = Buffer.concat(this.#pieces)
    try {
      for (let frame = this.#frameIn(bytes); frame && !this.#isDeaf; frame = this.#frameIn(bytes)) {
        bytes = bytes.subarray(frame.end)
        this.#take(frame)
      }
    } catch (error) {
      if (!(error instanceof Violation)) throw error
      this.#isDeaf = true
      this.#close(error.code)
    }
    this.#pieces = bytes.length > 0 ? [bytes] : []
    this.#length = bytes.length
  }

  /** The first frame; undefined where it is not whole, and then `#needed` says how much it takes to see more of it. */
  #frameIn(bytes: Buffer): ClientFrame | undefined {
    if (!this.#has(bytes, 2)) return undefined
    const [first = 0, second = 0] = bytes
    const opcode = first & 0x0f
    const short = second & 0x7f
    const isFinal = (first & 0x80) !== 0
    const isControl = opcode >= CLOSE
    const isAllowed = isControl
      ? opcode <= PONG && isFinal && short <= 125 && !(opcode === CLOSE && short === 1)
      : opcode <= BINARY && (opcode === CONTINUATION) === (this.#message !== undefined)
    const isMasked = (second & 0x80) !== 0
    if (!isAllowed || !isMasked || (first & 0x70) !== 0) throw new Violation(PROTOCOL_ERROR)
    const sizeBytes = short === 126 ? 2 : short === 127 ? 8 : 0
    if (!this.#has(bytes, 2 + sizeBytes)) return undefined
    const length =
      sizeBytes === 0 ? short : sizeBytes === 2 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2))
    const before = isControl ? 0 : (this.#message?.bytes.length ?? 0)
    if (before + length > this.#maxBytes) throw new Violation(TOO_BIG)
    const start = 2 + sizeBytes + 4
    if (!this.#has(bytes, start + length)) return undefined
    const payload = Buffer.from(bytes.subarray(start, start + length))
    for (let i = 0; i < length; i++)
      payload[i] = (payload[i] as number) ^ (bytes[start - 4 + (i & 3)] as number)
    return { isFinal, opcode, payload, end: start + length }
  }

  #has(bytes: Buffer, needed: number): boolean {
    this.#needed = needed
    return bytes.length >= needed
  }

  #take({ isFinal, opcode, payload }: ClientFrame): void {
    if (opcode === CLOSE) this.#takeClose(payload)
    else if (opcode === PING) this.write(frameOf(PONG, payload), false)
    else if (opcode === PONG) this.#guard.pong(payload)
    else {
      const before = this.#message
      const message = before
        ? { ...before, bytes: Buffer.concat([before.bytes, payload]) }
        : { binary: opcode === BINARY, bytes: payload }
      this.#message = isFinal ? undefined : message
      if (isFinal) this.#takeMessage(message)
    }
  }

  #takeMessage({ binary, bytes }: { binary: boolean; bytes: Buffer }): void {
    if (!binary && !isUtf8(bytes)) throw new Violation(NOT_UTF8)
    try {
      this.#publish(binary ? bytes : bytes.toString())
    } catch (error) {
      this.write(frameOf(TEXT, Buffer.from(errorMessage(error))), false)
      this.#close(refusalCode(error))
    }
  }

  /** Section 7: an answer, if it is none itself, and then the server ends the connection. */
  #takeClose(payload: Buffer): void {
    if (payload.length > 0 && !isCode(payload)) throw new Violation(PROTOCOL_ERROR)
    if (!isUtf8(payload.subarray(2))) throw new Violation(NOT_UTF8)
    if (!this.#isClosing) {
      this.write(frameOf(CLOSE, payload), false)
      this.#isClosing = true
    }
    this.#isDeaf = true
    this.#socket.end()
  }
}
