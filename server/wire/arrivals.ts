/** Bytes that came together, and when, in monotonic microseconds. */
export interface Arrived {
  bytes: Uint8Array
  fromUs: number
  atUs: number
}

/** Bytes that have come and are not used yet, each with the time at which it came. */
export class Arrivals {
  #parts: Uint8Array[] = []
  /** The offset after each piece that came, and when it did. */
  #marks: { end: number; atUs: number }[] = []
  #length = 0

  get length(): number {
    return this.#length
  }

  add(bytes: Uint8Array, atUs: number): void {
    if (bytes.length === 0) return
    this.#length += bytes.length
    this.#parts.push(bytes)
    this.#marks.push({ end: this.#length, atUs })
  }

  /** All of them, one behind the other; they stay. */
  all(): Uint8Array {
    const [first] = this.#parts
    if (this.#parts.length === 1 && first) return first
    const bytes = Buffer.concat(this.#parts)
    this.#parts = [bytes]
    return bytes
  }

  /** Takes the first so many, at least one and at most all. */
  take(count: number): Arrived {
    const all = this.all()
    const fromUs = this.#marks[0]?.atUs as number
    const atUs = this.#marks.find(({ end }) => end >= count)?.atUs as number
    this.#parts = count < all.length ? [all.subarray(count)] : []
    this.#length -= count
    this.#marks = this.#marks
      .filter(({ end }) => end > count)
      .map((mark) => ({ ...mark, end: mark.end - count }))
    return { bytes: all.subarray(0, count), fromUs, atUs }
  }
}
