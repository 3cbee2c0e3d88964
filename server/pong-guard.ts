/** Until a round trip has been seen, which may be a long one. */
const FIRST_PATIENCE_MS = 5_000
const ROUND_TRIPS = 3
/** How much of a slow round trip is remembered at the next answer: what was slow once is not so for ever. */
const MEMORY = 7 / 8

/** Of a ping that is sent while another is not answered: with it the two answers can be told apart. */
const ANOTHER = Buffer.from('+')
const FIRST = Buffer.alloc(0)

/**
 * Tells when a peer of WebSocket is dead that answers no pings. How often it is pinged says nothing about how long its answers take,
 * which is the network's to say: a peer has the larger of two heartbeats and three round trips, counted from the first ping since its
 * last answer; before its first answer 5 s instead of the round trips. So one that has died is noticed within a heartbeat and
 * that time.
 */
export class PongGuard {
  readonly #heartbeatMs: number
  readonly #onDead: () => void
  /** Sent, to be answered by a pong without content, and not answered yet. */
  #timedPingMs: number | undefined
  #roundTripMs: number | undefined
  #deadline: NodeJS.Timeout | undefined

  constructor(heartbeatMs: number, onDead: () => void) {
    this.#heartbeatMs = heartbeatMs
    this.#onDead = onDead
  }

  /** A ping is about to be sent. @returns its content, which a pong brings back (RFC 6455 section 5.5.3). */
  ping(): Buffer {
    this.#deadline ??= setTimeout(() => this.#lookAgain(), this.#patienceMs()).unref()
    if (this.#timedPingMs !== undefined) return ANOTHER
    this.#timedPingMs = performance.now()
    return FIRST
  }

  pong(content: Uint8Array): void {
    this.stop()
    if (content.length > 0 || this.#timedPingMs === undefined) return
    const tookMs = performance.now() - this.#timedPingMs
    this.#roundTripMs = Math.max(tookMs, MEMORY * (this.#roundTripMs ?? 0))
    this.#timedPingMs = undefined
  }

  /** The connection is gone. */
  stop(): void {
    clearTimeout(this.#deadline)
    this.#deadline = undefined
  }

  #patienceMs(): number {
    const answerMs = this.#roundTripMs === undefined ? FIRST_PATIENCE_MS : ROUND_TRIPS * this.#roundTripMs
    return Math.max(2 * this.#heartbeatMs, answerMs)
  }

  /** After a stall of this process, answers that wait in sockets are read before anybody is judged. */
  #lookAgain(): void {
    const deadline = this.#deadline
    setImmediate(() => {
      if (this.#deadline === deadline) this.#onDead()
    })
  }
}
