import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { mersenne } from 'pure-rand/generator/mersenne'
import type { Agenda } from './agenda.ts'

/** How long each packet of one direction of one connection is under way, in ms: uniform in [delayMs, delayMs + jitterMs). */
export function* delaysMs(delayMs: number, jitterMs: number, seed: number): Generator<number, never> {
  const random = mersenne(seed)
  for (;;) yield delayMs + jitterMs * uniformFloat64(random)
}

/**
 * One direction of a connection over a long link. What is sent first waits until the link has taken all that was sent
 * before, then takes its own size divided by the rate to leave, and arrives its delay later, but never before what was
 * sent earlier: TCP hands on nothing out of order, and so a packet that jitter holds up holds up those behind it.
 */
export class DelayLine {
  readonly #agenda: Agenda
  readonly #delaysMs: Iterator<number, never>
  readonly #bytesPerSecond: number
  readonly #underWay: { dueUs: number; arrive: () => void }[] = []
  #linkFreeUs = 0

  constructor(agenda: Agenda, delays: Iterator<number, never>, bytesPerSecond: number) {
    this.#agenda = agenda
    this.#delaysMs = delays
    this.#bytesPerSecond = bytesPerSecond
  }

  /** @param sentUs when it was sent, on the monotonic clock. */
  send(sentUs: number, bytes: number, arrive: () => void): void {
    this.#linkFreeUs = Math.max(this.#linkFreeUs, sentUs) + (bytes / this.#bytesPerSecond) * 1e6
    const dueUs = this.#linkFreeUs + this.#delaysMs.next().value * 1e3
    const first = this.#underWay.length === 0
    this.#underWay.push({ dueUs, arrive })
    if (first) this.#awaitFirst()
  }

  /** What is behind the first waits for it, even where it is due before. */
  #awaitFirst(): void {
    const [first] = this.#underWay
    if (!first) return
    this.#agenda.at(first.dueUs, () => {
      this.#underWay.shift()
      first.arrive()
      this.#awaitFirst()
    })
  }
}
