import type { Seen } from '../../log/entries.ts'

/** Some two minutes of five lanes at 20 events a second. */
const MOST_KEPT = 20_000
/** The room takes 5,000 entries and 256 KiB in a message. */
const MOST_TOLD = 2_000
const MOST_TOLD_BYTES = 200_000

/**
 * What lanes have seen, kept until it has been taken: a room that is away for a moment misses nothing. Its `atUs` are still
 * ms of the page's own clock.
 */
export class Outbox {
  #entries: Seen[] = []
  #dropped = 0

  /** How many there was no room for. */
  get dropped(): number {
    return this.#dropped
  }

  add(entry: Seen): void {
    if (this.#entries.length < MOST_KEPT) this.#entries.push(entry)
    else this.#dropped++
  }

  /**
   * Hands on what there is, in order, in messages that a room takes.
   * @param take whether it was taken; what was not stays.
   * @returns whether nothing is left.
   */
  handOn(take: (entries: Seen[]) => boolean): boolean {
    while (this.#entries.length > 0) {
      const message = this.#first()
      if (!take(message)) return false
      this.#entries = this.#entries.slice(message.length)
    }
    return true
  }

  clear(): void {
    this.#entries = []
    this.#dropped = 0
  }

  #first(): Seen[] {
    let [count, bytes] = [0, 0]
    for (const entry of this.#entries) {
      bytes += bytesOf(entry)
      if (count === MOST_TOLD || (count > 0 && bytes > MOST_TOLD_BYTES)) break
      count++
    }
    return this.#entries.slice(0, count)
  }
}

/** In UTF-8, at most: a code unit of a message takes three bytes, or six where JSON escapes it. */
function bytesOf(entry: Seen): number {
  const { length } = entry.kind === 'failed' ? entry.message : ''
  return 160 + entry.lane.length + 6 * length
}
