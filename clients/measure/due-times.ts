/** So many of the latest are known: more than a feed's history holds for who is late. */
const KEPT = 65_536

/** When events were due, by their number, 1 for the first: the latest ones of a plan that is gone through as it is asked for. */
export class DueTimes {
  readonly #times = new Float64Array(KEPT)
  #plan: Iterator<number, void>
  readonly #untilUs: number
  #last = 0

  /** @param plan of times that never decrease; default: none but those that are added. It ends before `untilUs`. */
  constructor(plan: Iterable<number, void> = [], untilUs = Number.POSITIVE_INFINITY) {
    this.#plan = plan[Symbol.iterator]()
    this.#untilUs = untilUs
  }

  /** How many there were so far. */
  get length(): number {
    return this.#last
  }

  add(dueUs: number): void {
    this.#times[this.#last++ % KEPT] = dueUs
  }

  /** Not a number where the plan has no such event, or has left it behind. */
  at(seq: number): number {
    while (this.#last < seq) {
      const next = this.#plan.next()
      if (next.done || next.value >= this.#untilUs) {
        this.#plan = [][Symbol.iterator]()
        return Number.NaN
      }
      this.add(next.value)
    }
    return seq > this.#last - KEPT ? (this.#times[(seq - 1) % KEPT] as number) : Number.NaN
  }

  /** The first event that was due then; 0 where none was, or it has been left behind. */
  seqOf(dueUs: number): number {
    let [from, to] = [Math.max(1, this.#last - KEPT + 1), this.#last + 1]
    while (from < to) {
      const middle = (from + to) >>> 1
      if ((this.#times[(middle - 1) % KEPT] as number) < dueUs) from = middle + 1
      else to = middle
    }
    return from <= this.#last && this.#times[(from - 1) % KEPT] === dueUs ? from : 0
  }
}
