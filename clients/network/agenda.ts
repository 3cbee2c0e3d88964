import { nowUs } from '../../server/clock.ts'

interface Entry {
  dueUs: number
  act: () => void
}

/**
 * Does things at their times, never early, all that is due at once: one timer for all connections of a network. Seen on
 * 2 cores: about 0.4 ms late in the median, 1 ms in one of ten. A thread that sleeps on a futex, which is better at
 * starting a feed (see pacer.ts), was not better here: waking the event loop costs what it wins.
 */
export class Agenda {
  /** By time; of equal times the one that was noted first. */
  readonly #entries: Entry[] = []
  #timer: NodeJS.Timeout | undefined
  #acting = false

  /** @param dueUs on the monotonic clock. */
  at(dueUs: number, act: () => void): void {
    const entries = this.#entries
    let place = entries.length
    while (place > 0 && (entries[place - 1] as Entry).dueUs > dueUs) place--
    entries.splice(place, 0, { dueUs, act })
    if (place === 0 && !this.#acting) this.#setTimer()
  }

  /** Forgets what is not done yet. */
  stop(): void {
    this.#entries.length = 0
    clearTimeout(this.#timer)
  }

  #setTimer(): void {
    clearTimeout(this.#timer)
    const [first] = this.#entries
    if (!first) return
    const waitMs = Math.max(0, Math.ceil((first.dueUs - nowUs()) / 1e3))
    // A timer may fire up to a millisecond early: what is not due yet waits for another.
    this.#timer = setTimeout(() => this.#actOnWhatIsDue(), waitMs)
  }

  #actOnWhatIsDue(): void {
    const entries = this.#entries
    const untilUs = nowUs()
    this.#acting = true
    // What is done may note more that is due already.
    for (let first = entries[0]; first && first.dueUs <= untilUs; first = entries[0]) {
      entries.shift()
      first.act()
    }
    this.#acting = false
    this.#setTimer()
  }
}
