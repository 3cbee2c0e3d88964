import { type ByteClass, type Dissector, SpanWriter } from './span.ts'

const OPCODES: Record<number, string> = {
  0: 'continuation',
  1: 'text',
  2: 'binary',
  8: 'close',
  9: 'ping',
  10: 'pong',
}
const SEQ = Buffer.from('{"seq":')

/**
 * WebSocket frames, RFC 6455 section 5.2. Messages that hold an event are payload and their frame headers framing;
 * control frames, and messages that say something else, are control with their headers.
 */
export const dissectWebSocketFrames: Dissector = (bytes) => {
  const writer = new SpanWriter(bytes.length)
  let messageIsEvent = false
  while (writer.at < bytes.length) {
    const frame = readFrame(bytes, writer.at)
    if (!frame) return writer.finish('unparsed', 'not a frame, or cut short')
    const { opcode, deflated, header, maskEnd, end } = frame
    const kind = OPCODES[opcode] as string
    if (opcode === 1 || opcode === 2) {
      messageIsEvent = deflated || opcode === 2 || startsLikeAnEvent(bytes, frame)
    }
    const isEvent = opcode < 8 && messageIsEvent
    const around: ByteClass = isEvent ? 'framing' : 'control'
    writer.to(header, around, `frame header, ${kind}`)
    writer.to(maskEnd, around, 'masking key')
    writer.to(end, isEvent ? 'payload' : 'control', deflated ? 'deflated payload data' : 'payload data')
  }
  return writer.spans
}

interface Frame {
  opcode: number
  deflated: boolean
  /** Offset after the fixed header and the extended payload length. */
  header: number
  /** Offset after the masking key; the same as `header` where there is none. */
  maskEnd: number
  end: number
}

function readFrame(bytes: Uint8Array, start: number): Frame | undefined {
  if (bytes.length < start + 2) return undefined
  const [first, second] = [bytes[start] as number, bytes[start + 1] as number]
  const opcode = first & 0x0f
  if (!(opcode in OPCODES) || (first & 0x30) !== 0) return undefined
  const short = second & 0x7f
  // Section 5.5: control frames are short and never fragmented.
  if (opcode >= 8 && (short > 125 || (first & 0x80) === 0)) return undefined
  const header = start + (short === 126 ? 4 : short === 127 ? 10 : 2)
  if (bytes.length < header) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const length =
    short === 126 ? view.getUint16(start + 2) : short === 127 ? Number(view.getBigUint64(start + 2)) : short
  const maskEnd = header + (second & 0x80 ? 4 : 0)
  const end = maskEnd + length
  if (end > bytes.length) return undefined
  return { opcode, deflated: (first & 0x40) !== 0, header, maskEnd, end }
}

function startsLikeAnEvent(bytes: Uint8Array, { header, maskEnd, end }: Frame): boolean {
  if (end - maskEnd < SEQ.length) return false
  return SEQ.every((byte, i) => {
    const mask = maskEnd > header ? (bytes[header + (i % 4)] as number) : 0
    return ((bytes[maskEnd + i] as number) ^ mask) === byte
  })
}
