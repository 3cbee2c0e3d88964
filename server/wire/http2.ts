import { ascii, type Dissector, overPieces, type Piece, type Span, SpanWriter } from './span.ts'

/** How the bytes within HTTP/2 are to be read. */
export interface Http2Layers {
  /** The content of each stream's DATA; default: all of it is control. */
  body?: Dissector
}

/** RFC 9113 section 3.4: what a client begins with. */
const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'

const FRAME_HEADER = 9

/** Flags, section 6; ACK and END_STREAM are the same bit. */
const ACK = 0x01
const PADDED = 0x08
const PRIORITY = 0x20

interface FrameType {
  name: string
  /** Whether it belongs to a stream, or to the connection: stream 0; undefined: to either. */
  ofStream?: boolean
  /** Whether its payload, without padding, can be so long. */
  fits?: (length: number, flags: number) => boolean
  /** Part of a field block. */
  fields?: true
  /** May be padded. */
  padded?: true
}

const DATA = 0

/** Section 6. */
const FRAME_TYPES: Record<number, FrameType> = {
  [DATA]: { name: 'DATA', ofStream: true, padded: true },
  1: {
    name: 'HEADERS',
    ofStream: true,
    fields: true,
    padded: true,
    fits: (length, flags) => length >= (flags & PRIORITY ? 5 : 0),
  },
  2: { name: 'PRIORITY', ofStream: true, fits: (length) => length === 5 },
  3: { name: 'RST_STREAM', ofStream: true, fits: (length) => length === 4 },
  4: {
    name: 'SETTINGS',
    ofStream: false,
    fits: (length, flags) => (flags & ACK ? length === 0 : length % 6 === 0),
  },
  5: { name: 'PUSH_PROMISE', ofStream: true, fields: true, padded: true, fits: (length) => length >= 4 },
  6: { name: 'PING', ofStream: false, fits: (length) => length === 8 },
  7: { name: 'GOAWAY', ofStream: false, fits: (length) => length >= 8 },
  8: { name: 'WINDOW_UPDATE', fits: (length) => length === 4 },
  9: { name: 'CONTINUATION', ofStream: true, fields: true },
}

/**
 * HTTP/2 frames of one direction (RFC 9113 section 4). The content of a stream's DATA is dissected as a whole, over
 * the seams of its frames and those of other streams between them. Field blocks stay compressed: their frames are
 * header.
 */
export function dissectHttp2(bytes: Uint8Array, { body = allControl }: Http2Layers): Span[] {
  const around: Span[] = []
  const bodies = new Map<number, Piece[]>()
  let at = 0
  const label = (end: number, byteClass: Span['class'], what: string) => {
    if (end > at) around.push({ start: at, end, class: byteClass, label: what })
    at = end
  }
  if (ascii(bytes, 0, PREFACE.length) === PREFACE) label(PREFACE.length, 'handshake', 'connection preface')
  while (at < bytes.length) {
    const frame = readFrame(bytes, at)
    if (!frame) break
    const { type, flags, stream, content, contentEnd, end } = frame
    const { name, fields } = FRAME_TYPES[type] ?? { name: `frame of unknown type ${type}` }
    if (type !== DATA) {
      const acknowledges = (name === 'SETTINGS' || name === 'PING') && (flags & ACK) !== 0
      label(end, fields ? 'header' : 'control', acknowledges ? `${name} ACK` : name)
      continue
    }
    label(at + FRAME_HEADER, 'framing', 'DATA frame header')
    label(content, 'framing', 'pad length')
    if (contentEnd > content) {
      const pieces = bodies.get(stream)
      if (pieces) pieces.push({ start: content, end: contentEnd })
      else bodies.set(stream, [{ start: content, end: contentEnd }])
    }
    at = contentEnd
    label(end, 'framing', 'padding')
  }
  const contents = [...bodies.values()].flatMap((pieces) =>
    overPieces(body(Buffer.concat(pieces.map(({ start, end }) => bytes.subarray(start, end)))), pieces),
  )
  label(bytes.length, 'unparsed', 'not a frame, or cut short')
  return [...around, ...contents].sort((a, b) => a.start - b.start)
}

interface Frame {
  type: number
  flags: number
  stream: number
  /** Offset after the frame header, and the pad length where there is one. */
  content: number
  /** Offset before the padding. */
  contentEnd: number
  end: number
}

/** The frame at `start`; undefined where it is cut short, or none that section 6 allows. */
function readFrame(bytes: Uint8Array, start: number): Frame | undefined {
  const payload = start + FRAME_HEADER
  if (payload > bytes.length) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset + start)
  const end = payload + (view.getUint32(0) >>> 8)
  if (end > bytes.length) return undefined
  const type = view.getUint8(3)
  const flags = view.getUint8(4)
  const stream = view.getUint32(5) & 0x7fff_ffff
  const { ofStream, fits, padded } = FRAME_TYPES[type] ?? {}
  if (ofStream !== undefined && ofStream !== stream > 0) return undefined
  let content = payload
  let contentEnd = end
  if (padded && flags & PADDED) {
    if (end === payload) return undefined
    content++
    contentEnd -= bytes[payload] as number
    // Section 6.1: padding as long as the payload, or longer, is an error.
    if (contentEnd < content) return undefined
  }
  if (fits && !fits(contentEnd - content, flags)) return undefined
  return { type, flags, stream, content, contentEnd, end }
}

const allControl: Dissector = (bytes) => new SpanWriter(bytes.length).finish('control', 'DATA')
