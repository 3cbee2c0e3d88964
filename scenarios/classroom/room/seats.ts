import { randomBytes } from 'node:crypto'
import { AddressLimit, type Rate, siteOf } from './rate-limit.ts'

export interface SeatLimits {
  /** Students at most. */
  most: number
  /** A seat can be given away after its student has been gone for this long. */
  giveAwayAfterMs: number
  /** Students that an address may bring who have not been here before: at once, and then a second. */
  newcomers: Rate
}

/** See limits.ts for what they can prevent, and what they cannot. */
export const defaultSeatLimits: SeatLimits = {
  most: 300,
  giveAwayAfterMs: 120_000,
  newcomers: { burst: 300, perSecond: 0.5 },
}

/** An address with more than this share of all seats gives those of students who are gone to others at once. */
const BUSY_SHARE = 0.1
/** And with more than this share, those of students who are here, too. */
const MOST_SHARE = 0.5

/** So many tokens are remembered for each seat, so that who comes back after long still has one vote, not two. */
const TOKENS_A_SEAT = 10

interface Student {
  isSeated: boolean
  connections: number
  goneSinceMs: number
  /** The address that it came from last; undefined where it has not come since it was kept. */
  site: string | undefined
}

/** A student is in: with which token, and who has lost the seat for it. */
export interface Entered {
  token: string
  gaveWay?: string
}

/**
 * Who is in the room. A student is a token that the room has made up, and nothing else is known of anybody. A token
 * keeps its seat while its student is gone, until somebody needs the seat; it stays known then, and gets a seat again
 * when one is free. Where the room is full, an address with very many seats gives way to others, the latest first.
 * Addresses are kept in memory, and nowhere else. Times are of one monotonic clock, in ms.
 */
export class Seats {
  readonly #limits: SeatLimits
  /** In the order in which they joined. */
  readonly #students = new Map<string, Student>()
  readonly #newcomers: AddressLimit
  #seated = 0

  constructor(limits: Partial<SeatLimits> = {}) {
    this.#limits = { ...defaultSeatLimits, ...limits }
    this.#newcomers = new AddressLimit(this.#limits.newcomers)
  }

  get most(): number {
    return this.#limits.most
  }

  /** Students with a connection. */
  get here(): number {
    return [...this.#students.values()].filter(({ connections }) => connections > 0).length
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

  /** Where a student's latest connection came from. */
  siteOf(token: string): string | undefined {
    return this.#students.get(token)?.site
  }

  /**
   * Takes in a connection from an address; a token that the room does not know is nobody's, and its owner gets a new one.
   * Says so where the room is full, or where the address has brought too many new students.
   */
  enter(token: string | undefined, address: string, nowMs: number): Entered | 'full' | 'too-many' {
    const site = siteOf(address)
    const known = token === undefined ? undefined : this.#students.get(token)
    const isFull = this.#seated >= this.#limits.most
    const givesWay = known?.isSeated || !isFull ? undefined : this.#whoGivesWay(site, nowMs)
    if (isFull && !known?.isSeated && givesWay === undefined) return 'full'
    if (!known && !this.#newcomers.take(address, nowMs)) return 'too-many'
    if (givesWay !== undefined) this.#seat(givesWay, false)
    const gaveWay = givesWay === undefined ? {} : { gaveWay: givesWay }
    if (known && token !== undefined) {
      if (!known.isSeated) this.#seat(token, true)
      known.connections += 1
      known.site = site
      return { token, ...gaveWay }
    }
    this.#forgetSomebody()
    const made = randomBytes(16).toString('base64url')
    this.#students.set(made, { isSeated: false, connections: 1, goneSinceMs: nowMs, site })
    this.#seat(made, true)
    return { token: made, ...gaveWay }
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
      this.#students.set(token, { isSeated, connections: 0, goneSinceMs: nowMs, site: undefined })
    }
  }

  #seat(token: string, isSeated: boolean): void {
    const student = this.#students.get(token) as Student
    student.isSeated = isSeated
    this.#seated += isSeated ? 1 : -1
  }

  /**
   * Of a full room, for somebody of this address: who joined last, and is gone, from the address with the most seats; who
   * has been gone for longest; or who joined last from an address that has more than half of all seats.
   */
  #whoGivesWay(site: string, nowMs: number): string | undefined {
    const { most, giveAwayAfterMs } = this.#limits
    const seated = [...this.#students].filter(([, { isSeated }]) => isSeated)
    const known = seated.filter(([, student]) => student.site !== undefined)
    const bySite = Map.groupBy(known, ([, student]) => student.site)
    const own = bySite.get(site)?.length ?? 0
    const busiest = [...bySite.values()].reduce((more, some) => (some.length > more.length ? some : more), [])
    // Nobody gives way to a neighbour behind the same address.
    const share = busiest.length > own + 1 ? busiest.length / most : 0
    const gone = share > BUSY_SHARE && busiest.findLast(([, { connections }]) => connections === 0)
    if (gone) return gone[0]
    let longest: [string, Student] | undefined
    for (const entry of seated) {
      if (entry[1].connections > 0) continue
      if (!longest || entry[1].goneSinceMs < longest[1].goneSinceMs) longest = entry
    }
    if (longest && nowMs - longest[1].goneSinceMs > giveAwayAfterMs) return longest[0]
    return share > MOST_SHARE ? busiest.at(-1)?.[0] : undefined
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
