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
  /** By how much that may be wrong, in ms: half the round trip, wherever in it the answer was made. */
  uncertaintyMs: number
}

const MOST_SAMPLES = 20

/**
 * Where the page's clock is on the host's: the answer with the shortest round trip of the latest 20 knows it best
 * (Cristian 1989, "Probabilistic clock synchronization").
 */
export class RoomClock {
  readonly #samples: ClockSample[] = []

  /** Takes over an answer; returns the estimate from now on. */
  add(sample: ClockSample): ClockEstimate {
    this.#samples.push(sample)
    if (this.#samples.length > MOST_SAMPLES) this.#samples.shift()
    const best = this.#samples.reduce((one, other) => (roundTripMs(other) < roundTripMs(one) ? other : one))
    return {
      offsetMs: best.atUs / 1_000 - (best.sentMs + best.receivedMs) / 2,
      uncertaintyMs: roundTripMs(best) / 2,
    }
  }

  /** Forgets all: the host may be another one. */
  clear(): void {
    this.#samples.length = 0
  }
}

function roundTripMs({ sentMs, receivedMs }: ClockSample): number {
  return receivedMs - sentMs
}

/** A time of the page on the stage's clock, in whole microseconds after its epoch. */
export function stageTimeUs(atMs: number, { offsetMs }: ClockEstimate, epochUs: number): number {
  return Math.round((atMs + offsetMs) * 1_000 - epochUs)
}
