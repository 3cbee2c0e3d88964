import type { Wire } from '../technique.ts'
import { Arrivals, type Arrived } from './arrivals.ts'
import { bodyLength, chunkAt, END_OF_HEAD, type Head, readHead } from './http.ts'
import { type Dissector, find, type Span } from './span.ts'
import { frameAt } from './websocket-frames.ts'

/**
 * Longer units are not kept until they are whole: they come in pieces, each a `rest`. So does all that follows one of which
 * nobody knows where it ends.
 */
export const LONGEST_UNIT_BYTES = 1_048_576

/**
 * What a unit is. A `response` is whole: the answer to a poll. One that never ends comes as its `response-head` and then
 * its `chunk`s. After an opening handshake there are `frame`s. `rest` is what was left of a unit when its connection
 * closed.
 */
export type UnitKind =
  | 'request'
  | 'response'
  | 'response-head'
  | 'chunk'
  | 'handshake-request'
  | 'handshake-response'
  | 'frame'
  | 'rest'

/** Some bytes of one direction of a connection that belong together. */
export interface WireUnit extends Arrived {
  direction: 'up' | 'down'
  what: UnitKind
  /** Of a request its target; of a response, or its head, its status code. */
  about?: string
  /** Of the request that it is, belongs to or answers; of the handshake where it follows one. */
  target?: string
  /** What its bytes are there for: a partition of them. */
  spans: Span[]
}

/**
 * Reads an endless connection of HTTP/1.1 as it passes, in any pieces, and gives its units as soon as they are whole.
 *
 * The dissectors of server/wire/ read a direction from its beginning. Here each unit is read behind what can matter to
 * it: a chunk of a stream behind the head and the first chunk (which holds a stream's opening), a frame behind the
 * handshake. Every chunk of a stream holds whole events or messages, and so the spans are those that the same bytes
 * have within the whole direction.
 *
 * A chunked response is a stream, told chunk by chunk, where it asks to be passed on unbuffered (`X-Accel-Buffering: no`,
 * as every stream here does); another is whole when it ends. A WebSocket message in several frames is one unit, with the
 * control frames between them.
 */
export class ConnectionUnits {
  readonly #up: DirectionUnits
  readonly #down: DirectionUnits
  /** Requests that have no whole answer yet; a handshake stays. */
  readonly #asked: Asked[] = []

  constructor(wire: Wire, onUnit: (unit: WireUnit) => void) {
    const upgrades = wire.layers?.upgraded !== undefined
    this.#up = new DirectionUnits('up', wire.up, upgrades, this.#asked, onUnit)
    this.#down = new DirectionUnits('down', wire.down, upgrades, this.#asked, onUnit)
  }

  /** Bytes from client to server, and when they passed, in monotonic microseconds. */
  up(bytes: Uint8Array, atUs: number): void {
    this.#up.push(bytes, atUs)
  }

  down(bytes: Uint8Array, atUs: number): void {
    this.#down.push(bytes, atUs)
  }

  /** The connection is closed: gives what was left. */
  close(): void {
    this.#up.close()
    this.#down.close()
  }
}

interface Asked {
  method: string
  target: string
}

/** What is being read. */
type Reading =
  /** A message that begins. */
  | { of: 'start' }
  /** A message whose head has come. */
  | { of: 'message'; head: Head; length: number | 'chunked' | undefined }
  /** A stream's chunks, behind its head and then its first chunk. */
  | { of: 'chunks'; isFirst: boolean }
  | { of: 'frames' }
  /** What cannot be told apart any more, as its first bytes were labelled. */
  | { of: 'nothing'; as: Pick<Span, 'class' | 'label'> }

/** A unit that is whole, and what follows it. */
interface Found extends Pick<WireUnit, 'what' | 'about' | 'target'> {
  end: number
  next: Reading
  /** Whether the unit stands before those that follow when they are read. */
  opens?: boolean
  /** Whether it ends the answer to a request. */
  answers?: boolean
}

const START: Reading = { of: 'start' }
const TOO_LONG = { class: 'unparsed', label: 'more of what is too long' } as const

class DirectionUnits {
  readonly #direction: 'up' | 'down'
  readonly #dissect: Dissector
  readonly #upgrades: boolean
  readonly #asked: Asked[]
  readonly #onUnit: (unit: WireUnit) => void
  readonly #arrivals = new Arrivals()
  #reading: Reading = START
  /** What a unit is read behind. */
  #before: Uint8Array = new Uint8Array()
  /** Where the unit ends, once that is known. */
  #end: number | undefined
  /** Bytes of what is too long that are still to come. */
  #beyond = 0

  constructor(
    direction: 'up' | 'down',
    dissect: Dissector,
    upgrades: boolean,
    asked: Asked[],
    onUnit: (unit: WireUnit) => void,
  ) {
    this.#direction = direction
    this.#dissect = dissect
    this.#upgrades = upgrades
    this.#asked = asked
    this.#onUnit = onUnit
  }

  push(bytes: Uint8Array, atUs: number): void {
    this.#arrivals.add(bytes, atUs)
    while (this.#arrivals.length > 0 && this.#step()) {}
  }

  close(): void {
    if (this.#arrivals.length === 0) return
    const reading = this.#reading
    const toTheEnd = reading.of === 'message' && reading.length === undefined
    this.#give(this.#arrivals.length, {
      ...(toTheEnd ? { what: 'response', about: String(reading.head.status) } : { what: 'rest' }),
      ...this.#targetOf(reading),
    })
  }

  /** Gives one unit more; false where it is not whole yet. */
  #step(): boolean {
    const { length } = this.#arrivals
    if (this.#beyond > 0) {
      const count = Math.min(this.#beyond, length)
      this.#beyond -= count
      this.#giveAs(count, TOO_LONG)
      return true
    }
    if (this.#reading.of === 'nothing') {
      this.#giveAs(length, this.#reading.as)
      return true
    }
    if (this.#end !== undefined && length < this.#end) return this.#leaveTooLong()
    this.#end = undefined
    const found = this.#find(this.#arrivals.all(), this.#reading)
    if (found === 'bad') return this.#giveUp()
    if (!found) return this.#leaveTooLong()
    if (found.end > length) {
      this.#end = found.end
      return this.#leaveTooLong()
    }
    const unit = this.#give(found.end, found)
    this.#goOn(found, unit)
    return true
  }

  #find(bytes: Uint8Array, reading: Reading): Found | 'bad' | undefined {
    switch (reading.of) {
      case 'start':
        return this.#findHead(bytes)
      case 'message':
        return this.#findBody(bytes, reading)
      case 'chunks': {
        const chunk = chunkAt(bytes, 0)
        if (chunk === undefined || chunk === 'bad') return chunk
        const { end, last } = chunk
        return {
          ...{ what: 'chunk', end, opens: reading.isFirst, answers: last },
          ...this.#targetOf(reading),
          next: last ? START : { of: 'chunks', isFirst: false },
        }
      }
      case 'frames':
        return this.#findFrames(bytes)
      default:
        return 'bad'
    }
  }

  #findHead(bytes: Uint8Array): Found | 'bad' | undefined {
    if (find(bytes, END_OF_HEAD, 0) < 0) return undefined
    const head = readHead(bytes, 0)
    if (!head) return 'bad'
    const { method, target, status, end } = head
    if (method !== undefined && target !== undefined) this.#asked.push({ method, target })
    const reading: Reading = { of: 'message', head, length: bodyLength(head) }
    if (head.upgrades && this.#upgrades) {
      const what = status === undefined ? 'handshake-request' : 'handshake-response'
      return { what, end, next: { of: 'frames' }, opens: true, ...this.#aboutOf(reading) }
    }
    // RFC 9110 section 9.3.2: the answer to HEAD has the fields of an answer with a body, and none.
    if (status !== undefined && this.#asked[0]?.method === 'HEAD') reading.length = 0
    if (status !== undefined && reading.length === 'chunked' && isStream(head)) {
      const next: Reading = { of: 'chunks', isFirst: true }
      return { what: 'response-head', end, next, opens: true, ...this.#aboutOf(reading) }
    }
    this.#reading = reading
    return this.#findBody(bytes, reading)
  }

  #findBody(bytes: Uint8Array, reading: Extract<Reading, { of: 'message' }>): Found | 'bad' | undefined {
    const { head, length } = reading
    if (length === undefined) return undefined
    const end = length === 'chunked' ? endOfChunks(bytes, head.end) : head.end + length
    if (end === undefined || end === 'bad') return end
    const what = head.status === undefined ? 'request' : 'response'
    const answers = head.status !== undefined && head.status >= 200
    return { what, end, next: START, answers, ...this.#aboutOf(reading) }
  }

  #findFrames(bytes: Uint8Array): Found | 'bad' | undefined {
    for (let at = 0; ; ) {
      const frame = frameAt(bytes, at)
      if (frame === undefined || frame === 'bad') return frame
      const { final, opcode, end } = frame
      // A control frame may stand between two frames of a message.
      const isWhole = final && (opcode < 8 || at === 0)
      if (isWhole || end > bytes.length) {
        return { what: 'frame', end, next: { of: 'frames' }, ...this.#targetOf(this.#reading) }
      }
      at = end
    }
  }

  #goOn({ next, opens, answers }: Found, { bytes }: WireUnit): void {
    if (opens) this.#before = Buffer.concat([this.#before, bytes])
    if (next.of === 'start') this.#before = new Uint8Array()
    if (answers) this.#asked.shift()
    this.#reading = next
    this.#end = undefined
  }

  /** Nothing is kept without end. */
  #leaveTooLong(): boolean {
    const { length } = this.#arrivals
    if (length <= LONGEST_UNIT_BYTES) return false
    const reading = this.#reading
    this.#giveUp()
    if (this.#end === undefined) return true
    this.#beyond = this.#end - length
    this.#reading = reading.of === 'message' ? START : reading
    if (reading.of === 'message' && reading.head.status !== undefined) this.#asked.shift()
    this.#end = undefined
    return true
  }

  /** What has come cannot be read, and nor can what follows. */
  #giveUp(): true {
    const { spans } = this.#give(this.#arrivals.length, { what: 'rest', ...this.#targetOf(this.#reading) })
    this.#reading = { of: 'nothing', as: spans.at(-1) as Span }
    return true
  }

  /** Takes so many bytes as one unit, read by the dissector behind what opened them. */
  #give(count: number, told: Pick<WireUnit, 'what' | 'about' | 'target'>): WireUnit {
    const arrived = this.#arrivals.take(count)
    const start = this.#before.length
    const spans = this.#dissect(Buffer.concat([this.#before, arrived.bytes]))
      .filter(({ end }) => end > start)
      .map((span) => ({ ...span, start: Math.max(0, span.start - start), end: span.end - start }))
    return this.#tell(arrived, told, spans)
  }

  #giveAs(count: number, as: Pick<Span, 'class' | 'label'>): void {
    const told = { what: 'rest', ...this.#targetOf(this.#reading) } as const
    this.#tell(this.#arrivals.take(count), told, [{ class: as.class, label: as.label, start: 0, end: count }])
  }

  #tell(
    { bytes, fromUs, atUs }: Arrived,
    { what, about, target }: Pick<WireUnit, 'what' | 'about' | 'target'>,
    spans: Span[],
  ): WireUnit {
    const unit: WireUnit = {
      ...{ direction: this.#direction, what, bytes, spans, fromUs, atUs },
      ...(about !== undefined && { about }),
      ...(target !== undefined && { target }),
    }
    this.#onUnit(unit)
    return unit
  }

  #aboutOf(reading: Extract<Reading, { of: 'message' }>): Pick<WireUnit, 'about' | 'target'> {
    const { target, status } = reading.head
    return { about: target ?? String(status), ...this.#targetOf(reading) }
  }

  #targetOf(reading: Reading): { target?: string } {
    const own = reading.of === 'message' ? reading.head.target : undefined
    const isNext = this.#direction === 'up' && reading.of === 'start'
    const target = own ?? (isNext ? undefined : this.#asked[0]?.target)
    return target === undefined ? {} : { target }
  }
}

function isStream({ fields }: Head): boolean {
  return fields.get('x-accel-buffering')?.toLowerCase() === 'no'
}

/** Where a chunked body ends; undefined where it has not ended yet. */
function endOfChunks(bytes: Uint8Array, start: number): number | 'bad' | undefined {
  for (let at = start; ; ) {
    const chunk = chunkAt(bytes, at)
    if (chunk === undefined || chunk === 'bad') return chunk
    at = chunk.end
    if (chunk.last || at > bytes.length) return chunk.last ? at : undefined
  }
}
