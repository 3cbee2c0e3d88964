import { createHash, randomBytes } from 'node:crypto'
import { constants, deflateRawSync } from 'node:zlib'
import { PushlabError } from '../server/error.ts'
import { DISCARD } from './carriers/exchange.ts'
import { reset } from './carriers/http1.ts'
import type { Door } from './door.ts'
import type { ReadMark } from './measure/arrivals.ts'
import type { OnBytes } from './readers/reader.ts'
import { ResponseReader } from './readers/response.ts'
import { WebSocketReader } from './readers/websocket.ts'
import { BINARY, clientFrame, closeFrame, PONG, TEXT } from './readers/websocket-frame.ts'

export interface WebSocketPlan {
  /** `http:` or `https:`, as the server's address has it. */
  url: URL
  subprotocol?: string
  /** Whether permessage-deflate is offered (RFC 7692). */
  deflate: boolean
  signal: AbortSignal
  onOpen?(): void
  onText: OnBytes
  onBinary: OnBytes
}

export interface OpenWebSocket {
  send(message: string | Uint8Array): void
  /** Resolves with the code and reason with which the server closed, 1006 without any; rejects when the transport fails or is refused. */
  closed: Promise<{ code: number; reason: string }>
}

/** Of the handshake's answer, RFC 6455 section 1.3. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
const NO_CODE = 1006

/** The subscriber's end of a WebSocket (RFC 6455), over a connection of its own. */
export function openWebSocket(door: Door, plan: WebSocketPlan): OpenWebSocket {
  const { url, subprotocol, deflate, signal, onOpen } = plan
  signal.throwIfAborted()
  const { promise: closed, resolve, reject } = Promise.withResolvers<{ code: number; reason: string }>()
  const key = randomBytes(16).toString('base64')
  const accept = createHash('sha1')
    .update(key + GUID)
    .digest('base64')
  let isOpen = false
  let isDeflated = false
  let end = { code: NO_CODE, reason: '' }
  let frames: WebSocketReader<ReadMark> | undefined

  const fail = (error: Error) => {
    reject(error)
    connection.destroy()
  }
  const begin = (status: number, headers: ReadonlyMap<string, string>) => {
    if (status !== 101 || headers.get('sec-websocket-accept') !== accept) {
      throw new PushlabError(`HTTP_${status}`, `The server answered ${status} instead of upgrading.`)
    }
    isDeflated = headers.get('sec-websocket-extensions')?.startsWith('permessage-deflate') ?? false
    frames = new WebSocketReader(
      {
        takeMark: () => door.arrivals.mark(),
        onMessage: (bytes, start, end, isBinary, mark) => {
          if (mark) door.arrivals.use(mark)
          ;(isBinary ? plan.onBinary : plan.onText)(bytes, start, end)
        },
        onPing: (bytes) => connection.write(clientFrame(PONG, bytes)),
        onClose: (code, reason) => {
          end = { code, reason }
          connection.write(closeFrame(code))
        },
        onError: (error) => fail(error as Error),
      },
      isDeflated,
    )
    isOpen = true
    onOpen?.()
  }
  const head = new ResponseReader({
    onHead: begin,
    onBody: DISCARD,
    onEnd: () => {},
    onUpgrade: (bytes, start, end) => frames?.read(bytes, start, end),
  })
  const connection = door.open(url, {
    onBytes: (bytes, start, end) => head.read(bytes, start, end),
    onClose: (error) => {
      signal.removeEventListener('abort', abort)
      frames?.close()
      if (error || !isOpen) reject(error ?? reset())
      else resolve(end)
    },
  })
  const abort = () => fail(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  door.plan.counter.countRequest()
  const fields = {
    ...door.headers('websocket', url),
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': key,
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    ...(deflate && { 'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits' }),
    ...(subprotocol && { 'Sec-WebSocket-Protocol': subprotocol }),
    Host: url.host,
  }
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`)
  connection.write(`GET ${url.pathname}${url.search} HTTP/1.1\r\n${lines.join('')}\r\n`)
  return {
    closed,
    send: (message) => {
      const opcode = typeof message === 'string' ? TEXT : BINARY
      connection.write(isDeflated ? deflatedFrame(opcode, message) : clientFrame(opcode, message))
    },
  }
}

/** RFC 7692 section 7.2.1. Each message by itself, which a sender may choose: nobody here says much. */
function deflatedFrame(opcode: number, message: string | Uint8Array): Buffer {
  const deflated = deflateRawSync(message, { finishFlush: constants.Z_SYNC_FLUSH })
  return clientFrame(COMPRESSED | opcode, deflated.subarray(0, -END_OF_BLOCK_BYTES))
}

const COMPRESSED = 0x40
/** What a flush ends with, which goes without saying. */
const END_OF_BLOCK_BYTES = 4
