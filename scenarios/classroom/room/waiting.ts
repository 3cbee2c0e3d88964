import type { WaitingLimits } from './limits.ts'
import { siteOf } from './rate-limit.ts'

interface Waiting {
  site: string
  sinceMs: number
}

/**
 * Connections that have not said hello. They cost the room something and it does not know whose they are, so that those
 * of an address with many of them give way to new ones, the longest silent first. Who says hello at once, as pages do,
 * never has to, even where a whole class shares an address.
 */
export class WaitingRoom<Connection> {
  readonly #limits: WaitingLimits
  /** In the order of their coming. */
  readonly #waiting = new Map<Connection, Waiting>()

  constructor(limits: WaitingLimits) {
    this.#limits = limits
  }

  get size(): number {
    return this.#waiting.size
  }

  /** Lets a connection wait; returns who has to go for it. */
  enter(connection: Connection, address: string, nowMs: number): Connection[] {
    const site = siteOf(address)
    const ofSite = [...this.#waiting].filter(([, waiting]) => waiting.site === site)
    const going = ofSite
      .slice(0, Math.max(0, ofSite.length + 1 - this.#limits.perAddress))
      .filter(([, { sinceMs }]) => nowMs - sinceMs > this.#limits.patienceMs)
      .map(([other]) => other)
    for (const other of going) this.#waiting.delete(other)
    this.#waiting.set(connection, { site, sinceMs: nowMs })
    if (this.#waiting.size > this.#limits.most) {
      const longest = this.#longestOfBusiest()
      this.#waiting.delete(longest)
      going.push(longest)
    }
    return going
  }

  leave(connection: Connection): void {
    this.#waiting.delete(connection)
  }

  /** Of the address with the most, so that one address cannot keep the others out. */
  #longestOfBusiest(): Connection {
    const bySite = Map.groupBy(this.#waiting, ([, { site }]) => site)
    const busiest = [...bySite.values()].reduce((most, some) => (some.length > most.length ? some : most))
    return (busiest[0] as [Connection, Waiting])[0]
  }
}
