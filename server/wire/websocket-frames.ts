import { type ByteClass, type Dissector, overPieces, type Piece, type Span } from './span.ts'

const OPCODES: Record<number, string> = {
  0: 'continuation',
  1: 'text',
  2: 'binary',
  8: 'close',
  9: 'ping',
  10: 'pong',
}

/** A message, whose frames may have others between them: what is said of the first holds for all. */
interface Message {
  binary: boolean
  deflated: boolean
  frames: Frame[]
}

/**
 * WebSocket frames, RFC 6455 section 5.2. `message` reads what a text message holds; a binary one is an event. The
 * frame headers of messages with an event are framing; control frames, and messages that say something else, are
 * control with their headers. What permessage-deflate (RFC 7692) has compressed cannot be told apart any more.
 */
export function webSocketFrames(message: Dissector): Dissector {
  return (bytes) => {
    const spans: Span[] = []
    const add = (more: readonly Span[]) => {
      for (const span of more) spans.push(span)
    }
    let open: Message | undefined
    let at = 0
    while (at < bytes.length) {
      const frame = readFrame(bytes, at)
      if (!frame) break
      at = frame.end
      if (frame.opcode >= 8) {
        add(spansOf(frame, 'control', [whole(frame, 'control', 'payload data')]))
        continue
      }
      if (frame.opcode !== 0 || !open) {
        if (open) add(unfinished(open))
        open = { binary: frame.opcode === 2, deflated: frame.deflated, frames: [] }
      }
      open.frames.push(frame)
      if (!frame.final) continue
      add(spansOfMessage(bytes, open, message))
      open = undefined
    }
    if (open) add(unfinished(open))
    if (at < bytes.length) {
      spans.push({ start: at, end: bytes.length, class: 'unparsed', label: 'not a frame, or cut short' })
    }
    return spans.sort((a, b) => a.start - b.start)
  }
}

function spansOfMessage(
  bytes: Uint8Array,
  { binary, deflated, frames }: Message,
  message: Dissector,
): Span[] {
  if (deflated) {
    return frames.flatMap((frame) =>
      spansOf(frame, 'framing', [whole(frame, 'compressed', 'deflated payload data')]),
    )
  }
  if (binary) {
    return frames.flatMap((frame) => spansOf(frame, 'framing', [whole(frame, 'payload', 'payload data')]))
  }
  const content = message(Buffer.concat(frames.map((frame) => unmasked(bytes, frame))))
  const pieces = frames.map(({ maskEnd, end }): Piece => ({ start: maskEnd, end }))
  const around: ByteClass = content.some(({ class: byteClass }) => byteClass === 'payload')
    ? 'framing'
    : 'control'
  return [...frames.flatMap((frame) => spansOf(frame, around, [])), ...overPieces(content, pieces)]
}

/** A message that its sender never finished says nothing that could be counted as an event. */
function unfinished({ frames }: Message): Span[] {
  return frames.flatMap((frame) =>
    spansOf(frame, 'unparsed', [whole(frame, 'unparsed', 'message cut short')]),
  )
}

function spansOf({ start, opcode, header, maskEnd }: Frame, byteClass: ByteClass, content: Span[]): Span[] {
  const kind = OPCODES[opcode] as string
  const key: Span = { start: header, end: maskEnd, class: byteClass, label: 'masking key' }
  return [
    { start, end: header, class: byteClass, label: `frame header, ${kind}` },
    ...(maskEnd > header ? [key] : []),
    ...content.filter((span) => span.end > span.start),
  ]
}

function whole({ maskEnd, end }: Frame, byteClass: ByteClass, label: string): Span {
  return { start: maskEnd, end, class: byteClass, label }
}

/** Where a frame stands, and what its header says of it. */
export interface Frame {
  start: number
  opcode: number
  /** Whether it is the last of its message. */
  final: boolean
  deflated: boolean
  /** Offset after the fixed header and the extended payload length. */
  header: number
  /** Offset after the masking key; the same as `header` where there is none. */
  maskEnd: number
  end: number
}

/** A frame that has come whole. */
function readFrame(bytes: Uint8Array, start: number): Frame | undefined {
  const frame = frameAt(bytes, start)
  return frame === 'bad' || (frame && frame.end > bytes.length) ? undefined : frame
}

/**
 * The frame whose header begins at `start`, whether or not all of it has come. `bad` where there can be none, undefined
 * where more bytes have to tell.
 */
export function frameAt(bytes: Uint8Array, start: number): Frame | 'bad' | undefined {
  if (bytes.length < start + 2) return undefined
  const [first, second] = [bytes[start] as number, bytes[start + 1] as number]
  const opcode = first & 0x0f
  const final = (first & 0x80) !== 0
  if (!(opcode in OPCODES) || (first & 0x30) !== 0) return 'bad'
  const short = second & 0x7f
  // Section 5.5: control frames are short and never fragmented.
  if (opcode >= 8 && (short > 125 || !final)) return 'bad'
  const header = start + (short === 126 ? 4 : short === 127 ? 10 : 2)
  if (bytes.length < header) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const length =
    short === 126 ? view.getUint16(start + 2) : short === 127 ? Number(view.getBigUint64(start + 2)) : short
  const maskEnd = header + (second & 0x80 ? 4 : 0)
  const end = maskEnd + length
  return { start, opcode, final, deflated: (first & 0x40) !== 0, header, maskEnd, end }
}

function unmasked(bytes: Uint8Array, { header, maskEnd, end }: Frame): Uint8Array {
  const data = bytes.subarray(maskEnd, end)
  return maskEnd > header ? data.map((byte, i) => byte ^ (bytes[header + (i % 4)] as number)) : data
}
