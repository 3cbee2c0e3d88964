/** One question for the room's time, and its answer. */
export interface ClockSample {
  /** The page's clock when it asked and when it was answered, in ms. */
  sentMs: number
  receivedMs: number
  /** The host's monotonic clock in between, in microseconds. */
  atUs: number
}

/** How the page's clock stands to the host's. */
export interface ClockEstimate {
  /** What has to be added to the page's time to have the host's, in ms. */
  offsetMs: number
  /** By how much that may be wrong, in ms. */
  uncertaintyMs: number
}

/**
 * Where the page's clock is on the host's. The answer was made between question and receipt, so that each sample gives two
 * bounds (Cristian 1989, "Probabilistic clock synchronization"); what lies within the bounds of all knows it best (Marzullo
 * 1984). Where nothing does, one of the clocks was set, and the latest sample counts alone.
 */
export class RoomClock {
  readonly #stepMs: number
  #lowMs = Number.NEGATIVE_INFINITY
  #highMs = Number.POSITIVE_INFINITY

  /** @param stepMs how coarse the page's clock is: what it says may be off by so much. */
  constructor(stepMs = 0) {
    this.#stepMs = stepMs
  }

  /** Takes over an answer; returns the estimate from now on. */
  add({ sentMs, receivedMs, atUs }: ClockSample): ClockEstimate {
    const lowMs = atUs / 1_000 - receivedMs - this.#stepMs
    const highMs = atUs / 1_000 - sentMs + this.#stepMs
    const fits = lowMs <= this.#highMs && highMs >= this.#lowMs
    this.#lowMs = fits ? Math.max(this.#lowMs, lowMs) : lowMs
    this.#highMs = fits ? Math.min(this.#highMs, highMs) : highMs
    return {
      offsetMs: (this.#lowMs + this.#highMs) / 2,
      uncertaintyMs: (this.#highMs - this.#lowMs) / 2 + this.#stepMs,
    }
  }

  /** Forgets all: the host may be another one. */
  clear(): void {
    this.#lowMs = Number.NEGATIVE_INFINITY
    this.#highMs = Number.POSITIVE_INFINITY
  }
}

/** Whether an estimate shows that another is wrong, or knows it twice as well: then what went by the other is mended. */
export function isBetter(now: ClockEstimate, before: ClockEstimate): boolean {
  const isWrong = Math.abs(now.offsetMs - before.offsetMs) > now.uncertaintyMs
  return isWrong || now.uncertaintyMs <= before.uncertaintyMs / 2
}

/** How coarse a clock is, in ms: the smallest of five steps; browsers make it so, against attacks by timing. */
export function stepOf(nowMs: () => number): number {
  let smallestMs = Number.POSITIVE_INFINITY
  for (let steps = 0, lastMs = nowMs(); steps < 5; ) {
    const ms = nowMs()
    if (ms === lastMs) continue
    smallestMs = Math.min(smallestMs, ms - lastMs)
    lastMs = ms
    steps++
  }
  return smallestMs
}

/** A time of the page on the stage's clock, in whole microseconds after its epoch. */
export function stageTimeUs(atMs: number, { offsetMs }: ClockEstimate, epochUs: number): number {
  return Math.round((atMs + offsetMs) * 1_000 - epochUs)
}
