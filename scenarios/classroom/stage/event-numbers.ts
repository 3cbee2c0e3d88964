import { ascii, type Span } from '../../../server/wire/span.ts'
import type { WireUnit } from '../../../server/wire/units.ts'

/** What a stream says first, in the words of each technique: the cursor that it starts from. */
const OPENING = /(?:^id: |\{"cursor":|pushOpen\(|\["opening",)(\d+)/
/** What it says of a gap: the event that comes next. */
const GAP = /"next":(\d+)/
/** What the answer to a poll begins with, bare or in the call of a JSONP answer: the cursor after its events. */
const ANSWER = /^\{"cursor":(\d+)/
const NUMBERED = /^\{"seq":(\d+)/

const READ_CHARACTERS = 200
const MOST_SESSIONS = 1_000

/**
 * Which events a unit carries. An event says its number itself, but for those that are too short for it (`"hello"`): these
 * are counted on, from the cursor that every technique says before it sends the first, and in each answer to a poll.
 */
export class EventNumbers {
  /** The number of the event that passed last, by connection, or by session where one goes over several. */
  readonly #cursors = new Map<string, number>()

  /** Numbers of the events that a unit carries whole, in order. Every unit of a connection has to be shown, in order. */
  of({ bytes, spans, target, what }: WireUnit, connection: number): number[] {
    const session = sessionOf(target) ?? `connection ${connection}`
    const textOf = ({ start, end }: Span) => ascii(bytes, start, Math.min(end, start + READ_CHARACTERS))
    const payloads = spans.filter((span) => span.class === 'payload')
    const numbers: number[] = []
    let cursor = this.#cursors.get(session)
    for (const span of spans) {
      const text = span.class === 'header' || span.class === 'handshake' ? '' : textOf(span)
      const before = cursor
      if (span.class === 'payload') {
        // What goes on in another frame or chunk begins with neither.
        if (!/^[{"]/.test(text)) continue
        cursor = numberIn(NUMBERED, text) ?? (cursor === undefined ? undefined : cursor + 1)
        if (cursor !== undefined) numbers.push(cursor)
      } else if (span.class === 'control') {
        const next = numberIn(GAP, text)
        cursor = numberIn(OPENING, text) ?? (next === undefined ? cursor : next - 1)
      } else if (span.class === 'framing' && what === 'response') {
        const after = numberIn(ANSWER, text)
        if (after !== undefined) cursor = after - payloads.length
      }
      if (cursor !== before && cursor !== undefined) this.#remember(session, cursor)
    }
    return numbers
  }

  #remember(session: string, cursor: number): void {
    this.#cursors.delete(session)
    this.#cursors.set(session, cursor)
    const [oldest] = this.#cursors.keys()
    if (this.#cursors.size > MOST_SESSIONS && oldest !== undefined) this.#cursors.delete(oldest)
  }
}

/** Engine.IO's session, which begins with polls on one connection and goes on as a WebSocket on another. */
function sessionOf(target: string | undefined): string | undefined {
  return /[?&]sid=([\w-]+)/.exec(target ?? '')?.[1]
}

function numberIn(pattern: RegExp, text: string): number | undefined {
  const [, digits] = pattern.exec(text) ?? []
  return digits === undefined ? undefined : Number(digits)
}
