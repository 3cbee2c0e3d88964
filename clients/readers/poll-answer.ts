import type { Gap, PollAnswer } from '../../server/event.ts'
import type { ReceivedEvent } from '../technique.ts'
import { badInput, Gathering, startsWith, textOf } from './bytes.ts'
import { EventBytes } from './event-bytes.ts'
import type { Reader } from './reader.ts'

/** What an answer says besides its events. Good during the call alone. */
export interface AnswerHead {
  /** The last event of the answer, to ask with next time, and the feed that numbers it so. */
  seq: number
  feedId: string
  gap: Gap | undefined
  ended: boolean
  /** How many events follow. */
  events: number
}

const CURSOR = Buffer.from('{"cursor":')
const ENDED = Buffer.from(',"ended":true')
const EVENTS = Buffer.from(',"events":[')
const END = Buffer.from(']}')
const COMMA = 0x2c
const ZERO = 0x30

const isDigit = (byte: number | undefined) => byte !== undefined && byte >= ZERO && byte <= 0x39

/** The body of an answer to a poll, which is handed on once it is complete: its head, then each of its events. */
export class PollAnswerReader implements Reader {
  readonly #onAnswer: (head: AnswerHead) => void
  readonly #onEvent: (event: ReceivedEvent) => void
  readonly #before: Buffer
  readonly #after: Buffer
  readonly #body = new Gathering()
  readonly #event = new EventBytes()
  readonly #head: AnswerHead = { seq: 0, feedId: '', gap: undefined, ended: false, events: 0 }
  /** As the last answer's feed stands in JSON: another one is parsed. */
  #feedField = Buffer.from(',"feedId":""')

  /** @param callback of JSONP: the function that the answer calls; default: the answer is JSON. */
  constructor(
    onAnswer: (head: AnswerHead) => void,
    onEvent: (event: ReceivedEvent) => void,
    callback?: string,
  ) {
    this.#onAnswer = onAnswer
    this.#onEvent = onEvent
    this.#before = Buffer.from(callback === undefined ? '' : `${callback}(`)
    this.#after = Buffer.from(callback === undefined ? '' : ');')
  }

  read(bytes: Uint8Array, start: number, end: number): void {
    this.#body.add(bytes, start, end)
  }

  /** The body is complete. @throws as JSON.parse and decodePayload do. */
  end(): void {
    const { bytes, length } = this.#body
    this.#body.clear()
    const start = this.#before.length
    const end = length - this.#after.length
    if (!startsWith(bytes, 0, end, this.#before) || !startsWith(bytes, end, length, this.#after)) {
      throw badInput('The answer does not call the function that was asked for')
    }
    const eventsStart = this.#canonicalHead(bytes, start, end)
    if (eventsStart < 0 || !this.#countEvents(bytes, eventsStart, end)) {
      this.#parse(textOf(bytes, start, end))
      return
    }
    this.#onAnswer(this.#head)
    let at = eventsStart
    for (let left = this.#head.events; left > 0; left--) {
      at = this.#event.takePrefix(bytes, at, end) + 1
      this.#onEvent(this.#event)
    }
  }

  /** Returns where the events start; -1 where the head is not as the server writes it, or tells of another feed or a gap. */
  #canonicalHead(bytes: Uint8Array, start: number, end: number): number {
    if (!startsWith(bytes, start, end, CURSOR)) return -1
    let at = start + CURSOR.length
    let seq = 0
    for (; isDigit(bytes[at]); at++) seq = 10 * seq + ((bytes[at] as number) - ZERO)
    // No number at all, one with a zero before it, and one that cannot be told exactly.
    const isPlain = seq > 0 ? bytes[start + CURSOR.length] !== ZERO : at === start + CURSOR.length + 1
    if (!isPlain || seq > Number.MAX_SAFE_INTEGER) return -1
    if (!startsWith(bytes, at, end, this.#feedField)) return -1
    at += this.#feedField.length
    const ended = startsWith(bytes, at, end, ENDED)
    if (ended) at += ENDED.length
    if (!startsWith(bytes, at, end, EVENTS)) return -1
    this.#head.seq = seq
    this.#head.gap = undefined
    this.#head.ended = ended
    return at + EVENTS.length
  }

  /** Whether nothing but events as the server writes them follows up to the end. */
  #countEvents(bytes: Uint8Array, start: number, end: number): boolean {
    let at = start
    this.#head.events = 0
    while (bytes[at] !== END[0] || this.#head.events > 0) {
      at = this.#event.takePrefix(bytes, at, end)
      if (at < 0) return false
      this.#head.events++
      if (bytes[at] !== COMMA) break
      at++
    }
    return at === end - END.length && startsWith(bytes, at, end, END)
  }

  #parse(json: string): void {
    const { cursor: seq, feedId, gap, ended, events }: PollAnswer<unknown> = JSON.parse(json)
    this.#feedField = Buffer.from(`,"feedId":${JSON.stringify(feedId)}`)
    Object.assign(this.#head, { seq, feedId, gap, ended: ended ?? false, events: events.length })
    this.#onAnswer(this.#head)
    for (const event of events) {
      this.#event.takeValue(event)
      this.#onEvent(this.#event)
    }
  }
}
