import { startsWith, textOf } from './bytes.ts'
import { DelimitedReader } from './delimited.ts'
import type { Reader, TakeEvent } from './reader.ts'

const BEFORE = Buffer.from('<script>parent.')
const PUSH = Buffer.from('<script>parent.push(')
const AFTER = Buffer.from(')</script>')
const LAST = Buffer.from(')</script>\n')

/** @param call name of the page's function. The rest is the JSON of its arguments, good during the call alone. */
export type OnCall = (call: string, bytes: Uint8Array, start: number, end: number) => void

/** The calls of a page's script elements, one line an element. Whatever else the page holds is passed over. */
export class ScriptPageReader implements Reader {
  readonly #onCall: OnCall
  readonly #take: TakeEvent | undefined
  readonly #lines = new DelimitedReader((bytes, start, end) => this.#line(bytes, start, end))

  /** @param take tries the argument of a chunk that is one call of `push`. */
  constructor(onCall: OnCall, take?: TakeEvent) {
    this.#onCall = onCall
    this.#take = take
  }

  read(bytes: Uint8Array, start: number, end: number): void {
    const argumentEnd = end - LAST.length
    const isCall =
      this.#lines.isBetween() &&
      startsWith(bytes, start, argumentEnd, PUSH) &&
      startsWith(bytes, argumentEnd, end, LAST)
    if (isCall && this.#take?.(bytes, start + PUSH.length, argumentEnd)) return
    this.#lines.read(bytes, start, end)
  }

  #line(bytes: Uint8Array, start: number, end: number): void {
    const argumentsEnd = end - AFTER.length
    if (!startsWith(bytes, argumentsEnd, end, AFTER)) return
    if (startsWith(bytes, start, argumentsEnd, PUSH)) {
      this.#onCall('push', bytes, start + PUSH.length, argumentsEnd)
      return
    }
    if (!startsWith(bytes, start, argumentsEnd, BEFORE)) return
    const [before = '', call] = /^(\w+)\(/.exec(textOf(bytes, start + BEFORE.length, argumentsEnd)) ?? []
    if (call) this.#onCall(call, bytes, start + BEFORE.length + before.length, argumentsEnd)
  }
}
