/**
 * Does something soon after it was asked for, and at most once in each interval however often it is asked for. What was
 * asked for last is always done.
 */
export class Coalesced {
  readonly #run: () => void
  readonly #intervalMs: number
  #lastMs = Number.NEGATIVE_INFINITY
  #timer: NodeJS.Timeout | undefined

  constructor(run: () => void, intervalMs: number) {
    this.#run = run
    this.#intervalMs = intervalMs
  }

  ask(): void {
    if (this.#timer) return
    const waitMs = Math.max(0, this.#lastMs + this.#intervalMs - performance.now())
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#lastMs = performance.now()
      this.#run()
    }, waitMs)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
