/** Words of 32 events each that are remembered of a subscriber: at least the 4,064 before its latest. */
const WORDS = 128

/**
 * Which events each of many subscribers has had, in bounded memory: a bitmap of the latest ones that turns with them (RFC 6479).
 * An event before those counts as had: late by thousands of others, it is one that a resume sent again.
 */
export class SeenEvents {
  /** The highest number that each subscriber has had; 0 for none. */
  readonly latest: Uint32Array
  readonly #words: Uint32Array

  constructor(subscribers: number) {
    this.latest = new Uint32Array(subscribers)
    this.#words = new Uint32Array(subscribers * WORDS)
  }

  /** Notes an event; true for one that the subscriber has not had yet. */
  add(subscriber: number, seq: number): boolean {
    const words = this.#words
    const at = subscriber * WORDS
    const word = seq >>> 5
    const latest = this.latest[subscriber] as number
    const latestWord = latest >>> 5
    if (seq > latest) {
      const passed = Math.min(word - latestWord, WORDS)
      for (let i = 1; i <= passed; i++) words[at + ((latestWord + i) % WORDS)] = 0
      this.latest[subscriber] = seq
    } else if (latestWord - word >= WORDS) return false
    const slot = at + (word % WORDS)
    const before = words[slot] as number
    words[slot] = before | (1 << (seq & 31))
    return words[slot] !== before
  }
}
