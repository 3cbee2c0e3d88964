import { dissectMessage } from './message.ts'
import {
  ascii,
  type ByteClass,
  type Dissector,
  find,
  overPieces,
  type Piece,
  type Span,
  SpanWriter,
  shift,
} from './span.ts'

/** The empty line after a header section, with the end of the line before it. */
export const END_OF_HEAD = '\r\n\r\n'

/** How what is within HTTP messages is to be read, whichever version carries them. */
export interface HttpLayers {
  /** The content of one answer's body; default: all of it is control. */
  body?: Dissector
  /** The same of a request's; default: a message that a subscriber publishes. */
  request?: Dissector
  /** What follows a 101 (Switching Protocols), or the request that led to it. */
  upgraded?: Dissector
}

const START_LINE = /^(?:HTTP\/1\.[01] (\d{3})(?: .*)?|([A-Z]+) (\S+) HTTP\/1\.[01])$/

/** The start line and header section of a message. */
export interface Head {
  /** Offset after the empty line. */
  end: number
  /** Of a response. */
  status?: number
  /** Of a request. */
  method?: string
  target?: string
  /** A 101, or a request for one to WebSocket: what follows is another protocol. */
  upgrades: boolean
  /** Names in lower case. */
  fields: Map<string, string>
  /** Start line and field lines, without their line ends. */
  lines: string[]
}

/**
 * HTTP/1.1 messages of one direction, one after the other (RFC 9112): start line, header section, and body by
 * content length, by chunked transfer coding, or to the end of the connection.
 */
export function dissectHttp(bytes: Uint8Array, layers: HttpLayers): Span[] {
  const writer = new SpanWriter(bytes.length)
  while (writer.at < bytes.length) {
    const head = readHead(bytes, writer.at)
    if (!head) return writer.finish('unparsed', 'not an HTTP message, or cut short')
    writeHead(head, writer)
    if (layers.upgraded && head.upgrades) {
      return [...writer.spans, ...shift(layers.upgraded(bytes.subarray(head.end)), head.end)]
    }
    readBody(bytes, head, writer, layers.body)
  }
  return writer.spans
}

/** Both directions of a technique over HTTP/1.1, read with the same layers above it. */
export function overHttp(layers: HttpLayers): { up: Dissector; down: Dissector; layers: HttpLayers } {
  const { request = dissectMessage } = layers
  return {
    up: (bytes) => dissectHttp(bytes, { ...layers, body: request }),
    down: (bytes) => dissectHttp(bytes, layers),
    layers,
  }
}

/** The head that begins at `start`; undefined where none does, or where it is cut short. */
export function readHead(bytes: Uint8Array, start: number): Head | undefined {
  const emptyLine = find(bytes, END_OF_HEAD, start)
  if (emptyLine < 0) return undefined
  const lines = ascii(bytes, start, emptyLine).split('\r\n')
  const [startLine = '', ...fieldLines] = lines
  const match = START_LINE.exec(startLine)
  if (!match || !fieldLines.every((line) => /^[!#$%&'*+.^_`|~\w-]+:/.test(line))) return undefined
  const fields = new Map(
    fieldLines.map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
    }),
  )
  const [, code, method, target] = match
  const status = code === undefined ? undefined : Number(code)
  return {
    end: emptyLine + END_OF_HEAD.length,
    fields,
    lines,
    upgrades: status === 101 || (status === undefined && /^websocket$/i.test(fields.get('upgrade') ?? '')),
    ...(status !== undefined && { status }),
    ...(method !== undefined && target !== undefined && { method, target }),
  }
}

function writeHead({ end, status, upgrades, lines }: Head, writer: SpanWriter): void {
  const byteClass: ByteClass = upgrades ? 'handshake' : 'header'
  lines.forEach((line, i) => {
    const field = `header field ${line.slice(0, line.indexOf(':')).toLowerCase()}`
    const label = i > 0 ? field : status ? 'status line' : 'request line'
    writer.to(writer.at + line.length + 2, byteClass, label)
  })
  writer.to(end, byteClass, 'end of header section')
}

/**
 * How long the body after a head is (RFC 9112 section 6.3); `chunked` where only its chunks tell, undefined where it
 * goes on to the end of the connection.
 */
export function bodyLength({ status, fields }: Head): number | 'chunked' | undefined {
  if (status !== undefined && (status < 200 || status === 204 || status === 304)) return 0
  if (/chunked/i.test(fields.get('transfer-encoding') ?? '')) return 'chunked'
  const declared = fields.get('content-length')
  if (declared === undefined) return status === undefined ? 0 : undefined
  const length = Number(declared)
  return Number.isInteger(length) ? Math.max(0, length) : undefined
}

function readBody(bytes: Uint8Array, head: Head, writer: SpanWriter, body: Dissector = allControl): void {
  const coded = /^(?!identity$)./i.test(head.fields.get('content-encoding') ?? '')
  const content = coded ? allCompressed : body
  const length = bodyLength(head)
  if (length === 'chunked') {
    readChunks(bytes, writer, content)
    return
  }
  const start = writer.at
  const end = Math.min(start + (length ?? bytes.length), bytes.length)
  writer.add(shift(content(bytes.subarray(start, end)), start))
}

/** The length of a chunk from the line before it, without its line end; undefined where that is none. */
function chunkLength(line: string): number | undefined {
  const [, size] = /^([0-9a-fA-F]{1,8})(?:;.*)?$/.exec(line) ?? []
  return size === undefined ? undefined : Number.parseInt(size, 16)
}

/** Longer lines before a chunk are not waited for. */
const LONGEST_CHUNK_LINE = 1_024

/**
 * Where the chunk ends that begins at `start`, its line end included, and whether it is the last: an empty one, with
 * the end of the body after it. `bad` where there can be none, undefined where more bytes have to tell.
 */
export function chunkAt(
  bytes: Uint8Array,
  start: number,
): { end: number; last: boolean } | 'bad' | undefined {
  const lineEnd = find(bytes, '\r\n', start)
  if (lineEnd < 0) return bytes.length - start > LONGEST_CHUNK_LINE ? 'bad' : undefined
  const length = chunkLength(ascii(bytes, start, lineEnd))
  if (length === undefined) return 'bad'
  const end = lineEnd + 2 + length + 2
  if (bytes.length >= end && ascii(bytes, end - 2, end) !== '\r\n') return 'bad'
  return { end, last: length === 0 }
}

/** Chunked transfer coding, RFC 9112 section 7.1. The body is dissected as a whole, over the seams of its chunks. */
function readChunks(bytes: Uint8Array, writer: SpanWriter, body: Dissector): void {
  const framing: Span[] = []
  const pieces: Piece[] = []
  let at = writer.at
  const frame = (end: number, label: string) => {
    if (end > at) framing.push({ start: at, end, class: 'framing', label })
    at = end
  }
  let bad = false
  while (at < bytes.length) {
    const lineEnd = find(bytes, '\r\n', at)
    const line = lineEnd < 0 ? '' : ascii(bytes, at, lineEnd)
    const length = chunkLength(line)
    if (length === undefined) {
      bad = true
      break
    }
    frame(lineEnd + 2, 'chunk size')
    if (length === 0) {
      const end = find(bytes, '\r\n', at)
      if (end !== at) bad = true
      else frame(at + 2, 'end of chunked body')
      break
    }
    const end = Math.min(at + length, bytes.length)
    if (end > at) pieces.push({ start: at, end })
    at = end
    if (at >= bytes.length) break
    if (ascii(bytes, at, at + 2) !== '\r\n' && bytes.length >= at + 2) {
      bad = true
      break
    }
    frame(Math.min(at + 2, bytes.length), 'end of chunk')
  }
  const content = Buffer.concat(pieces.map(({ start, end }) => bytes.subarray(start, end)))
  const all = [...framing, ...overPieces(body(content), pieces)].sort((a, b) => a.start - b.start)
  writer.add(all)
  if (bad) writer.finish('unparsed', 'not a chunk, or cut short')
}

const allControl: Dissector = (bytes) => new SpanWriter(bytes.length).finish('control', 'body')
/** A content coding has gone over events and their framing alike. */
export const allCompressed: Dissector = (bytes) =>
  new SpanWriter(bytes.length).finish('compressed', 'coded content')
