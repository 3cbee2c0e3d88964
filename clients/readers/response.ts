import { PushlabError } from '../../server/error.ts'
import { badInput, CR, Gathering, indexWithin, LF, startsWith, textOf, tooLong } from './bytes.ts'
import type { OnBytes, Reader } from './reader.ts'

/** Nobody sends a longer header section. */
const MAX_HEAD_BYTES = 65_536
/** Nor a longer line before a chunk: its size, and extensions that mean nothing here. */
const MAX_CHUNK_LINE_BYTES = 1_024

export interface ResponseHandler {
  /** A final status, or 101. Names of fields are in lower case; fields of one name are joined by a comma. */
  onHead(status: number, fields: ReadonlyMap<string, string>): void
  /** A part of the body as it lies in the chunk, chunked transfer coding taken off. */
  onBody: OnBytes
  /** The response is complete, and the next may follow. Not called after a 101. */
  onEnd(): void
  /** What follows a 101; default: refused. */
  onUpgrade?: OnBytes
}

/** What the next byte is. */
const HEAD = 0
const LENGTH_BODY = 1
const OPEN_BODY = 2
const CHUNK_SIZE = 3
const CHUNK_EXTENSION = 4
const CHUNK_SIZE_LF = 5
const CHUNK_DATA = 6
const CHUNK_CR = 7
const CHUNK_LF = 8
const TRAILER = 9
const UPGRADED = 10

/**
 * The HTTP/1.1 responses of one connection, one after the other (RFC 9112), to requests that are neither HEAD nor CONNECT. Interim
 * responses are passed over. Strict: what a recipient may mend or refuse is refused.
 */
export class ResponseReader implements Reader {
  readonly #handler: ResponseHandler
  #state = HEAD
  /** Of a header section or a trailer section that a seam has cut. */
  readonly #cut = new Gathering(MAX_HEAD_BYTES)
  /** How much of the body or of the chunk is still to come. */
  #left = 0
  /** Bytes of the line before a chunk. */
  #lineBytes = 0

  constructor(handler: ResponseHandler) {
    this.#handler = handler
  }

  read(bytes: Uint8Array, start: number, end: number): void {
    let at = start
    while (at < end) {
      switch (this.#state) {
        case LENGTH_BODY:
        case CHUNK_DATA:
          at = this.#body(bytes, at, end)
          break
        case OPEN_BODY:
          this.#handler.onBody(bytes, at, end)
          return
        case UPGRADED:
          if (!this.#handler.onUpgrade)
            throw badInput('The server switched to a protocol that nobody asked for')
          this.#handler.onUpgrade(bytes, at, end)
          return
        case HEAD:
        case TRAILER:
          at = this.#section(bytes, at, end)
          break
        default: {
          const next =
            this.#state === CHUNK_SIZE && this.#lineBytes === 0 ? this.#wholeChunk(bytes, at, end) : at
          if (next === at) this.#chunkLine(bytes[at++] as number)
          else at = next
        }
      }
    }
  }

  /** The connection has ended. @throws {PushlabError} STREAM_ENDED where that cuts a response short. */
  end(): void {
    if (this.#state === OPEN_BODY) this.#finish()
    else if (this.#state !== UPGRADED && (this.#state !== HEAD || this.#cut.length > 0)) {
      throw new PushlabError('STREAM_ENDED', 'The connection ended within a response.')
    }
  }

  #body(bytes: Uint8Array, start: number, end: number): number {
    const to = Math.min(end, start + this.#left)
    this.#left -= to - start
    this.#handler.onBody(bytes, start, to)
    if (this.#left === 0) {
      if (this.#state === CHUNK_DATA) this.#state = CHUNK_CR
      else this.#finish()
    }
    return to
  }

  /**
   * A chunk that lies whole in these bytes, with nothing beside its size, as almost every one does. Returns where it ends; `start`
   * where it is another.
   */
  #wholeChunk(bytes: Uint8Array, start: number, end: number): number {
    let at = start
    let length = 0
    for (let digit = hexDigit(bytes[at] as number); digit >= 0 && at < start + 6; ) {
      length = 16 * length + digit
      digit = ++at < end ? hexDigit(bytes[at] as number) : -1
    }
    const dataEnd = at + 2 + length
    const isWhole = length > 0 && dataEnd + 2 <= end && isLineEnd(bytes, at) && isLineEnd(bytes, dataEnd)
    if (!isWhole) return start
    this.#handler.onBody(bytes, at + 2, dataEnd)
    return dataEnd + 2
  }

  #finish(): void {
    this.#state = HEAD
    this.#handler.onEnd()
  }

  /** One byte of what stands between chunks: chunk = chunk-size [ chunk-ext ] CRLF chunk-data CRLF (section 7.1). */
  #chunkLine(byte: number): void {
    switch (this.#state) {
      case CHUNK_CR:
        if (byte !== CR) throw noChunk()
        this.#state = CHUNK_LF
        return
      case CHUNK_LF:
        if (byte !== LF) throw noChunk()
        this.#state = CHUNK_SIZE
        this.#lineBytes = 0
        return
      case CHUNK_SIZE_LF:
        if (byte !== LF) throw noChunk()
        if (this.#left > 0) this.#state = CHUNK_DATA
        else this.#startTrailer()
        return
    }
    if (++this.#lineBytes > MAX_CHUNK_LINE_BYTES) throw noChunk()
    const digit = this.#state === CHUNK_SIZE ? hexDigit(byte) : -1
    if (digit >= 0) {
      this.#left = 16 * this.#left + digit
      if (this.#left > Number.MAX_SAFE_INTEGER) throw noChunk()
    } else if (this.#lineBytes === 1) throw noChunk()
    else if (byte === CR) this.#state = CHUNK_SIZE_LF
    else if (this.#state === CHUNK_SIZE && byte !== SEMICOLON && byte !== SPACE && byte !== TAB)
      throw noChunk()
    else if ((byte < SPACE && byte !== TAB) || byte === DELETE) throw noChunk()
    else this.#state = CHUNK_EXTENSION
  }

  /** The end of the line before stands for that of the start line, so that an empty trailer section ends as any section does. */
  #startTrailer(): void {
    this.#state = TRAILER
    this.#cut.add(END_OF_SECTION, 0, 2)
  }

  /** Field lines with what stands before them, up to the empty line. */
  #section(bytes: Uint8Array, start: number, end: number): number {
    let at = start
    for (let from = start; ; ) {
      const lf = indexWithin(bytes, LF, from, end)
      if (lf === end) {
        this.#cut.add(bytes, at, end)
        return end
      }
      from = lf + 1
      if (this.#cut.length > 0) {
        this.#cut.add(bytes, at, from)
        at = from
        if (
          this.#cut.length >= 4 &&
          startsWith(this.#cut.bytes, this.#cut.length - 4, this.#cut.length, END_OF_SECTION)
        ) {
          const text = this.#cut.bytes.toString('latin1', 0, this.#cut.length - 4)
          this.#cut.clear()
          this.#endOfSection(text)
          return from
        }
      } else if (from - at >= 4 && startsWith(bytes, from - 4, from, END_OF_SECTION)) {
        if (from - at > MAX_HEAD_BYTES) throw tooLong(MAX_HEAD_BYTES)
        this.#endOfSection(textOf(bytes, at, from - 4, 'latin1'))
        return from
      }
    }
  }

  #endOfSection(text: string): void {
    if (this.#state === TRAILER) {
      fieldsOf(text)
      this.#finish()
      return
    }
    const { status, fields } = known.get(text) ?? readHead(text)
    // Interim responses announce what is still to come (RFC 9110 section 15.2).
    if (status < 200 && status !== 101) return
    this.#left = 0
    this.#state = this.#startBody(status, fields)
    this.#handler.onHead(status, fields)
    if (this.#state === LENGTH_BODY && this.#left === 0) this.#finish()
  }

  /** RFC 9112 section 6.3. Sets how much is to come where that is told. */
  #startBody(status: number, fields: ReadonlyMap<string, string>): number {
    if (status === 101) {
      if (!fields.has('upgrade') || !UPGRADE.test(fields.get('connection') ?? '')) {
        throw badInput('The server switches protocols and does not say to which')
      }
      return UPGRADED
    }
    if (status === 204 || status === 304) return LENGTH_BODY
    const coding = fields.get('transfer-encoding')
    const declared = fields.get('content-length')
    if (coding !== undefined) {
      if (coding.toLowerCase() !== 'chunked' || declared !== undefined) {
        throw badInput('The length of this response cannot be told: chunked, and nothing else, is understood')
      }
      this.#lineBytes = 0
      return CHUNK_SIZE
    }
    if (declared === undefined) return OPEN_BODY
    this.#left = /^\d{1,15}$/.test(declared) ? Number(declared) : Number.NaN
    if (Number.isNaN(this.#left)) throw badInput(`A content length cannot be ${declared}`)
    return LENGTH_BODY
  }
}

/** HTTP/1.0 knows no interim responses. */
const STATUS_LINE = /^HTTP\/1\.(?:1 |0 (?!1))([1-9]\d\d)(?: [\t -~\x80-\xff]*)?$/
/** RFC 9110 section 5.5; a line that continues the one before is refused. */
const FIELD_LINE = /^[!#$%&'*+.^_`|~\w-]+:[\t -~\x80-\xff]*$/
/** One of several connection options (RFC 9110 section 7.6.1). */
const UPGRADE = /(?:^|,)[\t ]*upgrade[\t ]*(?:,|$)/i
const END_OF_SECTION = Buffer.from('\r\n\r\n')
const TAB = 0x09
const SPACE = 0x20
const SEMICOLON = 0x3b
const DELETE = 0x7f

interface Head {
  status: number
  fields: ReadonlyMap<string, string>
}
/** Heads that were read: the answers to polls of one moment have nearly all the same one. */
const known = new Map<string, Head>()
const MOST_KNOWN = 64

function readHead(text: string): Head {
  const [, code] = STATUS_LINE.exec(text.split('\r\n', 1)[0] as string) ?? []
  if (!code) throw badInput('This is not the status line of an HTTP/1.1 response')
  const head = { status: Number(code), fields: fieldsOf(text) }
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(text, head)
  return head
}

/** The field lines of a section, which stand behind its first line. */
function fieldsOf(section: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  for (const line of section.split('\r\n').slice(1)) {
    if (!FIELD_LINE.test(line)) throw badInput('This is not a field line of an HTTP/1.1 response')
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).toLowerCase()
    const value = line.slice(colon + 1).trim()
    const before = fields.get(name)
    fields.set(name, before === undefined ? value : `${before}, ${value}`)
  }
  return fields
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const letter = byte | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}

function isLineEnd(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === CR && bytes[at + 1] === LF
}

function noChunk(): PushlabError {
  return badInput('This is not chunked transfer coding')
}
