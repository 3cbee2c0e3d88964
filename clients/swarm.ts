import { setTimeout as sleep } from 'node:timers/promises'
import type { Traffic } from '../results/record.ts'
import type { Point } from '../results/scenario.ts'
import { nowUs } from '../server/clock.ts'
import { PushlabError } from '../server/error.ts'
import { encodeBinaryPayload, encodePayload } from '../server/payload.ts'
import { follow } from './follow.ts'
import { Receipts } from './measure/receipts.ts'
import { Meter } from './meter.ts'
import { Tap } from './tap.ts'
import type { ClientTechnique, Publish } from './technique.ts'

export interface SwarmPlan {
  technique: ClientTechnique
  /** Where the technique listens. */
  url: string
  point: Point
}

/** So many subscribers connect at once while ramping up; more would overflow the server's backlog. */
const RAMP_UP_AT_ONCE = 50
const ACCEPT_TIMEOUT_MS = 10_000
/** The subscriber whose every byte is kept. */
const PROBE = 0

/** Subscribers of one technique in this process, and the log of what they received. */
export class Swarm {
  readonly receipts = new Receipts()
  /** Every byte of the first subscriber, the probe. */
  readonly tap = new Tap()
  /** Events that the probe received, and messages that it sent, so far. */
  probeEvents = 0
  probeMessages = 0
  /** Who sent the message that was due at a time, in microseconds after the feed's epoch. */
  readonly senders = new Map<number, number>()
  /** Transport failures by code. */
  readonly errors: Record<string, number> = {}

  readonly #plan: SwarmPlan
  readonly #meter = new Meter()
  readonly #abort = new AbortController()
  readonly #following: Promise<void>[] = []
  readonly #latestSeqs: Uint32Array
  readonly #publishers: Publish[] = []
  #emptyAnswers = 0

  constructor(plan: SwarmPlan) {
    this.#plan = plan
    this.#latestSeqs = new Uint32Array(plan.point.load.subscribers)
  }

  /** Resolves once the server has accepted every subscriber; throws NOT_ACCEPTED when one is not in 10 s. */
  async rampUp(): Promise<void> {
    const { subscribers } = this.#plan.point.load
    for (let from = 0; from < subscribers; from += RAMP_UP_AT_ONCE) {
      const size = Math.min(RAMP_UP_AT_ONCE, subscribers - from)
      await Promise.all(Array.from({ length: size }, (_, i) => this.#subscribe(from + i)))
    }
  }

  /** What passed the sockets so far, and the events that came of it. */
  traffic(): Traffic {
    const events = this.receipts.length
    return {
      ...this.#meter.read(),
      emptyAnswers: this.#emptyAnswers,
      events,
      payloadBytes: events * this.#plan.point.feed.payloadBytes,
      messages: this.senders.size,
    }
  }

  /** Lets the next subscriber in turn publish a message that is due so long after the feed's epoch. */
  publish(dueUs: number): void {
    const { feed, variant, load } = this.#plan.point
    const sender = this.senders.size % load.subscribers
    this.senders.set(Math.round(dueUs), sender)
    if (sender === PROBE) this.probeMessages++
    const encode = variant.payload === 'binary' ? encodeBinaryPayload : encodePayload
    this.#publishers[sender]?.(encode(0, dueUs, 0, feed.payloadBytes)).catch((error) => this.#failed(error))
  }

  /** Resolves once every subscriber has event `seq` or a later one, or after `timeoutMs`. */
  async drain(seq: number, timeoutMs: number): Promise<void> {
    const untilUs = nowUs() + timeoutMs * 1e3
    while (this.#latestSeqs.some((latest) => latest < seq) && nowUs() < untilUs) await sleep(10)
  }

  /** Ends all subscriptions; resolves once every socket is closed. */
  async close(): Promise<void> {
    this.#abort.abort()
    await Promise.all(this.#following)
    await this.#meter.close()
  }

  #subscribe(subscriber: number): Promise<void> {
    const { technique, url, point } = this.#plan
    const { load, variant } = point
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const timer = setTimeout(() => {
      const failures = Object.entries(this.errors).map(([code, times]) => `${code} x ${times}`)
      reject(
        new PushlabError(
          'NOT_ACCEPTED',
          `Subscriber ${subscriber + 1} of ${load.subscribers} was not accepted within ${ACCEPT_TIMEOUT_MS / 1e3} s` +
            (failures.length > 0 ? ` (${failures.join(', ')}).` : '.'),
        ),
      )
    }, ACCEPT_TIMEOUT_MS)
    const following = follow(
      technique,
      {
        url,
        door: this.#meter.door(variant, subscriber === PROBE ? this.tap : undefined),
        pollIntervalMs: load.pollIntervalMs,
        // Evenly spread, as pollers that know nothing of each other are on average, but without chance's spread.
        pollPhaseMs: ((subscriber + 0.5) / load.subscribers) * load.pollIntervalMs,
        signal: this.#abort.signal,
        onOpen: (_cursor, publish) => {
          this.#publishers[subscriber] = publish
          clearTimeout(timer)
          resolve()
        },
        onEvent: ({ seq }) => {
          this.receipts.add(subscriber, seq, nowUs())
          if (subscriber === PROBE) this.probeEvents++
          this.#latestSeqs[subscriber] = Math.max(seq, this.#latestSeqs[subscriber] as number)
        },
        onGap: () => {},
        onEmptyAnswer: () => {
          this.#emptyAnswers++
        },
      },
      (code) => this.#countError(code),
    )
    this.#following.push(following.finally(() => clearTimeout(timer)))
    return promise
  }

  #failed(error: NodeJS.ErrnoException): void {
    if (!this.#abort.signal.aborted) this.#countError(error.code ?? error.name)
  }

  #countError(code: string): void {
    this.errors[code] = (this.errors[code] ?? 0) + 1
  }
}
