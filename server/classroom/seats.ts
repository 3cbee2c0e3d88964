import { randomBytes } from 'node:crypto'

export interface SeatLimits {
  /** Students at most. */
  most: number
  /** A seat can be given away after its student has been gone for this long. */
  giveAwayAfterMs: number
}

export const defaultSeatLimits: SeatLimits = { most: 300, giveAwayAfterMs: 120_000 }

/** So many tokens are remembered for each seat, so that who comes back after long still has one vote, not two. */
const TOKENS_A_SEAT = 10

interface Student {
  isSeated: boolean
  connections: number
  goneSinceMs: number
}

/**
 * Who is in the room. A student is a token that the room has made up, and nothing else is known of anybody. A token
 * keeps its seat while its student is gone, until somebody needs the seat; it stays known then, and gets a seat again
 * when one is free. Times are of one monotonic clock, in ms.
 */
export class Seats {
  readonly #limits: SeatLimits
  readonly #students = new Map<string, Student>()
  #seated = 0

  constructor(limits: Partial<SeatLimits> = {}) {
    this.#limits = { ...defaultSeatLimits, ...limits }
  }

  get most(): number {
    return this.#limits.most
  }

  /** Students with a connection. */
  get here(): number {
    let here = 0
    for (const { connections } of this.#students.values()) if (connections > 0) here += 1
    return here
  }

  /** Students who have ever joined. */
  get joined(): number {
    return this.#students.size
  }

  get tokens(): string[] {
    return [...this.#students.keys()]
  }

  knows(token: string): boolean {
    return this.#students.has(token)
  }

  /**
   * Takes in a connection; a token that the room does not know is nobody's, and its owner gets a new one. Returns the
   * student's token, or undefined where the room is full.
   */
  enter(token: string | undefined, nowMs: number): string | undefined {
    const known = token === undefined ? undefined : this.#students.get(token)
    if (!known?.isSeated && !this.#hasSeat(nowMs)) return undefined
    if (known && token !== undefined) {
      if (!known.isSeated) this.#seated += 1
      known.isSeated = true
      known.connections += 1
      return token
    }
    this.#forgetSomebody()
    const made = randomBytes(16).toString('base64url')
    this.#students.set(made, { isSeated: true, connections: 1, goneSinceMs: nowMs })
    this.#seated += 1
    return made
  }

  /** One of a student's connections is gone. */
  leave(token: string, nowMs: number): void {
    const student = this.#students.get(token)
    if (!student) return
    student.connections -= 1
    student.goneSinceMs = nowMs
  }

  /** Knows kept tokens again. They are gone since now, and hold as many seats as there are. */
  put(tokens: Iterable<string>, nowMs: number): void {
    for (const token of tokens) {
      if (this.#students.has(token)) continue
      const isSeated = this.#seated < this.#limits.most
      if (isSeated) this.#seated += 1
      this.#students.set(token, { isSeated, connections: 0, goneSinceMs: nowMs })
    }
  }

  /** Whether there is a seat, or one that can be given away: that of who has been gone for longest. */
  #hasSeat(nowMs: number): boolean {
    if (this.#seated < this.#limits.most) return true
    let longest: Student | undefined
    for (const student of this.#students.values()) {
      if (!student.isSeated || student.connections > 0) continue
      if (!longest || student.goneSinceMs < longest.goneSinceMs) longest = student
    }
    if (!longest || nowMs - longest.goneSinceMs <= this.#limits.giveAwayAfterMs) return false
    longest.isSeated = false
    this.#seated -= 1
    return true
  }

  /** Memory is bounded: the first token without a seat goes when there are too many. */
  #forgetSomebody(): void {
    if (this.#students.size < this.#limits.most * TOKENS_A_SEAT) return
    for (const [token, { isSeated }] of this.#students) {
      if (isSeated) continue
      this.#students.delete(token)
      return
    }
  }
}
