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

/** How what is within HTTP messages is to be read, whichever version carries them. */
export interface HttpLayers {
  /** The content of one answer's body; default: all of it is control. */
  body?: Dissector
  /** The same of a request's; default: a message that a subscriber publishes. */
  request?: Dissector
  /** What follows a 101 (Switching Protocols), or the request that led to it. */
  upgraded?: Dissector
}

const START_LINE = /^(?:HTTP\/1\.[01] (\d{3})(?: .*)?|[A-Z]+ \S+ HTTP\/1\.[01])$/

interface Head {
  /** Offset after the empty line. */
  end: number
  /** Of a response. */
  status?: number
  /** A 101, or a request for one: what follows is another protocol. */
  upgrades: boolean
  /** Names in lower case. */
  fields: Map<string, string>
}

/**
 * HTTP/1.1 messages of one direction, one after the other (RFC 9112): start line, header section, and body by
 * content length, by chunked transfer coding, or to the end of the connection.
 */
export function dissectHttp(bytes: Uint8Array, layers: HttpLayers): Span[] {
  const writer = new SpanWriter(bytes.length)
  while (writer.at < bytes.length) {
    const head = readHead(bytes, writer)
    if (!head) return writer.finish('unparsed', 'not an HTTP message, or cut short')
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

function readHead(bytes: Uint8Array, writer: SpanWriter): Head | undefined {
  const start = writer.at
  const emptyLine = find(bytes, '\r\n\r\n', start)
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
  const status = match[1] === undefined ? undefined : Number(match[1])
  const upgrades = status === 101 || (status === undefined && fields.has('upgrade'))
  const byteClass: ByteClass = upgrades ? 'handshake' : 'header'
  writer.to(start + startLine.length + 2, byteClass, status ? 'status line' : 'request line')
  for (const line of fieldLines) {
    writer.to(
      writer.at + line.length + 2,
      byteClass,
      `header field ${line.slice(0, line.indexOf(':')).toLowerCase()}`,
    )
  }
  writer.to(emptyLine + 4, byteClass, 'end of header section')
  return { end: emptyLine + 4, fields, upgrades, ...(status !== undefined && { status }) }
}

function readBody(
  bytes: Uint8Array,
  { status, fields }: Head,
  writer: SpanWriter,
  body: Dissector = allControl,
): void {
  // RFC 9112 section 6.3: these never have a body.
  if (status !== undefined && (status < 200 || status === 204 || status === 304)) return
  const coded = /^(?!identity$)./i.test(fields.get('content-encoding') ?? '')
  const content = coded ? allCompressed : body
  if (/chunked/i.test(fields.get('transfer-encoding') ?? '')) {
    readChunks(bytes, writer, content)
    return
  }
  const length = Number(fields.get('content-length') ?? (status === undefined ? 0 : bytes.length))
  const start = writer.at
  const end = Number.isInteger(length) ? Math.min(start + length, bytes.length) : bytes.length
  writer.add(shift(content(bytes.subarray(start, end)), start))
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
    const size = /^([0-9a-fA-F]{1,8})(?:;.*)?$/.exec(line)?.[1]
    if (size === undefined) {
      bad = true
      break
    }
    frame(lineEnd + 2, 'chunk size')
    const length = Number.parseInt(size, 16)
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
