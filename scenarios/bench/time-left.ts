import { durationText } from './duration-text.ts'

/** A part of a plan that is worked off in its order: a trial, a search or an experiment. */
export interface Step {
  key: string
  /** By the plan, ms. */
  expectedMs: number
  /** How many trials it is: of a search about so many, of an experiment none. */
  trials: number
}

/** Of so many trials it is supposed at first that they took as long as planned: a single one may be an exception. */
const SUPPOSED_TRIALS = 2

/**
 * How long a plan still takes: what is planned for what is ahead, and for each trial in it what the trials so far took beyond
 * their plan, in the mean. On a slow machine processes start more slowly; a window stays as long as it is.
 */
export class TimeLeft {
  readonly #now: () => number
  readonly #steps: readonly Step[]
  readonly #places: ReadonlyMap<string, number>
  readonly #startedAt: number
  #place = -1
  #stepBeganAt = 0
  #trialBeganAt = 0
  #overtimeMs = 0
  #trials = 0
  #isOver = false

  /** @param now the time in ms. */
  constructor(steps: readonly Step[], now = Date.now) {
    this.#now = now
    this.#steps = steps
    this.#places = new Map(steps.map(({ key }, place) => [key, place]))
    this.#startedAt = now()
  }

  /** A trial or an experiment begins; all steps before its own are over. */
  begin(key: string): void {
    this.#trialBeganAt = this.#now()
    const place = this.#places.get(key) ?? this.#place
    if (place === this.#place) return
    this.#place = place
    this.#stepBeganAt = this.#trialBeganAt
    this.#isOver = false
  }

  /** It ended. @param expectedMs of a trial, how long it should have taken. */
  end(expectedMs?: number): void {
    // Of a search nobody knows whether another trial follows, until another step begins.
    this.#isOver = (this.#steps[this.#place]?.trials ?? 0) < 2
    if (expectedMs === undefined) return
    this.#trials++
    this.#overtimeMs += this.#now() - this.#trialBeganAt - expectedMs
  }

  get ms(): number {
    const overtimeMs = this.#overtimeMs / (this.#trials + SUPPOSED_TRIALS)
    const lengthOf = ({ expectedMs, trials }: Step) => expectedMs + trials * overtimeMs
    const ahead = this.#steps.slice(this.#place + 1).reduce((sum, step) => sum + lengthOf(step), 0)
    const current = this.#isOver ? undefined : this.#steps[this.#place]
    const ofCurrent = current ? lengthOf(current) - (this.#now() - this.#stepBeganAt) : 0
    return Math.max(0, ahead) + Math.max(0, ofCurrent)
  }

  /** Of all the time that it takes, how much has gone by, 0 to 1. */
  get share(): number {
    const goneMs = this.#now() - this.#startedAt
    const { ms } = this
    return ms > 0 ? goneMs / (goneMs + ms) : 1
  }
}

/** `41 %, 2 min 31 s left` */
export function timeText({ share, ms }: TimeLeft): string {
  return `${Math.floor(100 * share)} %, ${durationText(ms)} left`
}
