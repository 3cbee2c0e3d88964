import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Accounting } from '../results/merge.ts'
import type { Traffic } from '../results/record.ts'
import type { Point } from '../results/scenario.ts'
import { nowUs } from '../server/clock.ts'
import { PushlabError } from '../server/error.ts'
import { encodeBinaryPayload, encodePayload } from '../server/payload.ts'
import { localAddressOf } from './connections.ts'
import { follow } from './follow.ts'
import { type AccountedFeed, PROBE, RunningAccount } from './measure/account.ts'
import { Meter } from './meter.ts'
import type { SocketCounter } from './metered-socket.ts'
import { type Share, sizeOf, WHOLE } from './share.ts'
import { Tap } from './tap.ts'
import type { ClientTechnique, Publish } from './technique.ts'

export interface SwarmPlan {
  technique: ClientTechnique
  /** Where the technique listens. */
  url: string
  point: Point
  /** Which of the point's subscribers are its; default: all. Further on they are numbered from 0. */
  share?: Share
  /** Subscribers whose events' parts are told apart, by their numbers among all of the point; default: nobody. */
  sample?: readonly number[]
  /** How many subscribers one local address has ports for; default: any number. */
  perAddress?: number
}

/**
 * So many subscribers connect at once while ramping up; more would overflow the server's backlog. Beside other load agents they do it
 * one by one: events are written in the order of joining, and those of no load agent shall be the first.
 */
const RAMP_UP_AT_ONCE = 50
const ACCEPT_TIMEOUT_MS = 10_000

/** Subscribers of one technique in this process, and the account of what they receive. */
export class Swarm {
  /** Of the point's subscribers. */
  readonly subscribers: number
  /** Every byte of the first of them, the probe. */
  readonly tap = new Tap()
  /** Events that the probe received, and messages that it sent, so far. */
  probeEvents = 0
  probeMessages = 0
  /** Transport failures by code. */
  readonly errors: Record<string, number> = {}

  readonly #plan: SwarmPlan
  readonly #share: Share
  readonly #meter = new Meter()
  /** Of each subscriber one of its own: a signal takes the longer the more listeners it has, and every wait of a poll is one. */
  readonly #aborts: AbortController[] = []
  #isClosed = false
  readonly #following: Promise<void>[] = []
  readonly #account: RunningAccount
  readonly #publishers: Publish[] = []
  /** Connections of each subscriber in the sample. */
  readonly #sampled: Map<number, Set<Socket>>
  #emptyAnswers = 0
  #events = 0
  /** Messages whose turn it was, of all subscribers and of its own. */
  #turns = 0
  #messages = 0

  constructor(plan: SwarmPlan) {
    this.#plan = plan
    const { share = WHOLE, sample = [], point } = plan
    const { subscribers } = point.load
    this.#share = share
    this.subscribers = sizeOf(share, subscribers)
    this.#account = new RunningAccount({ subscribers, share, sample })
    this.#sampled = new Map(sample.map((subscriber) => [subscriber, new Set()]))
    this.#meter.arrivals.onArrived = (arrived) => this.#account.add(arrived)
  }

  /** Whether a reader reads, and not a library. */
  get isRead(): boolean {
    return this.#meter.arrivals.isRead
  }

  /** Of the connections of each subscriber in the sample, as the other end sees them; none of who is another's. */
  sampledPorts(): number[][] {
    return [...this.#sampled.values()].map((sockets) =>
      [...sockets].flatMap(({ localPort }) => localPort ?? []),
    )
  }

  /**
   * Resolves once the server has accepted so many more subscribers, by default all that it has; throws
   * NOT_ACCEPTED when one is not in 10 s.
   */
  async rampUp(subscribers = this.subscribers): Promise<void> {
    const atOnce = this.#share.step === 1 ? RAMP_UP_AT_ONCE : 1
    const to = this.#following.length + subscribers
    for (let from = this.#following.length; from < to; from += atOnce) {
      const size = Math.min(atOnce, to - from)
      await Promise.all(Array.from({ length: size }, (_, i) => this.#subscribe(from + i)))
    }
  }

  /** To be told before the first event comes. */
  begin(feed: AccountedFeed): void {
    this.#account.begin(feed)
  }

  /** What became of the events due in the window. @param published how many there were at all. */
  accounting(published: number): Accounting {
    this.#meter.arrivals.flush()
    return this.#account.summary(published)
  }

  /** What passed the sockets so far, and the events that came of it. */
  traffic(): Traffic {
    return {
      ...this.#meter.read(),
      emptyAnswers: this.#emptyAnswers,
      events: this.#events,
      payloadBytes: this.#events * this.#plan.point.feed.payloadBytes,
      messages: this.#messages,
    }
  }

  /**
   * Lets the next of all subscribers in turn publish a message that is due so long after the feed's epoch; where it is another's,
   * this one only notes it.
   */
  publish(dueUs: number): void {
    const { feed, variant, load } = this.#plan.point
    const { first, step } = this.#share
    const sender = ((this.#turns++ % load.subscribers) - first) / step
    this.#account.sends(Math.round(dueUs))
    if (!Number.isInteger(sender)) return
    this.#messages++
    if (sender === PROBE) this.probeMessages++
    const encode = variant.payload === 'binary' ? encodeBinaryPayload : encodePayload
    this.#publishers[sender]?.(encode(0, dueUs, 0, feed.payloadBytes)).catch((error) => this.#failed(error))
  }

  /** Resolves once every subscriber has event `seq` or a later one, or after `timeoutMs`. */
  async drain(seq: number, timeoutMs: number): Promise<void> {
    const untilUs = nowUs() + timeoutMs * 1e3
    while (!this.#account.allHave(seq) && nowUs() < untilUs) await sleep(10)
  }

  /** Ends all subscriptions; resolves once every socket is closed. */
  async close(): Promise<void> {
    this.#isClosed = true
    for (const abort of this.#aborts) abort.abort()
    await Promise.all(this.#following)
    await this.#meter.close()
  }

  #subscribe(subscriber: number): Promise<void> {
    const { technique, url, point, perAddress = Number.POSITIVE_INFINITY } = this.#plan
    const { load, variant } = point
    const number = this.#share.first + subscriber * this.#share.step
    const isTimed = this.#sampled.has(number)
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const abort = new AbortController()
    this.#aborts.push(abort)
    const timer = setTimeout(() => {
      const failures = Object.entries(this.errors).map(([code, times]) => `${code} x ${times}`)
      reject(
        new PushlabError(
          'NOT_ACCEPTED',
          `Subscriber ${number + 1} of ${load.subscribers} was not accepted within ${ACCEPT_TIMEOUT_MS / 1e3} s` +
            (failures.length > 0 ? ` (${failures.join(', ')}).` : '.'),
        ),
      )
    }, ACCEPT_TIMEOUT_MS)
    const following = follow(
      technique,
      {
        url,
        door: this.#meter.door(
          variant,
          subscriber === PROBE ? this.tap : undefined,
          this.#counterOf(number),
          localAddressOf(url, number, perAddress),
        ),
        pollIntervalMs: load.pollIntervalMs,
        // Evenly spread, as pollers that know nothing of each other are on average, but without chance's spread.
        pollPhaseMs: ((number + 0.5) / load.subscribers) * load.pollIntervalMs,
        signal: abort.signal,
        onOpen: (_cursor, publish) => {
          this.#publishers[subscriber] = publish
          clearTimeout(timer)
          resolve()
        },
        onEvent: ({ seq, due, pub }) => {
          this.#meter.arrivals.note(subscriber, seq, due, pub, isTimed)
          this.#events++
          if (subscriber === PROBE) this.probeEvents++
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

  /** Counts for the meter, and keeps the connections of who is in the sample. */
  #counterOf(number: number): SocketCounter {
    const sockets = this.#sampled.get(number)
    if (!sockets) return this.#meter
    return {
      countRequest: () => this.#meter.countRequest(),
      countConnection: (socket) => {
        this.#meter.countConnection(socket)
        sockets.add(socket)
        socket.once('close', () => sockets.delete(socket))
      },
    }
  }

  #failed(error: NodeJS.ErrnoException): void {
    if (!this.#isClosed) this.#countError(error.code ?? error.name)
  }

  #countError(code: string): void {
    this.errors[code] = (this.errors[code] ?? 0) + 1
  }
}
