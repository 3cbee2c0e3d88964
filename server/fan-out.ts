import type { Socket } from 'node:net'
import { nowUs } from './clock.ts'
import type { FeedEvent } from './event.ts'
import type { Window } from './process-cost.ts'

/** Of the events due in the window that were written to one subscriber: how many, and sums over them, microseconds. */
export interface FanOutSums {
  events: number
  /** From schedule to publication. */
  lagUs: number
  /** From publication to the write. */
  fanOutUs: number
}

/**
 * How long events wait on the server for their turn: notes when the sockets of some subscribers are really written to, which
 * node:http does a tick after it was told. A write carries all events since the socket's last one: what a poll answers at once,
 * and then the wait for its request is part of it. Sockets are known by the port at the other end.
 */
export class FanOut {
  readonly #window: Window
  readonly #subscribers: FanOutSums[]
  /** Of the events published so far: how many, and sums of their lag and of when they were published, from the window's beginning. */
  #events = 0
  #lagUs = 0
  #publishedUs = 0

  /** @param sockets that are open. @param ports of each subscriber's connections. */
  constructor(sockets: Iterable<Socket>, ports: readonly (readonly number[])[], window: Window) {
    this.#window = window
    this.#subscribers = ports.map(() => ({ events: 0, lagUs: 0, fanOutUs: 0 }))
    for (const socket of sockets) {
      const sums = this.#subscribers[ports.findIndex((its) => its.includes(socket.remotePort ?? 0))]
      if (sums) this.#watch(socket, sums)
    }
  }

  /** To be told each event before it is written to anybody. */
  onEvent({ scheduledAtUs, publishedAtUs }: FeedEvent): void {
    const { startUs, endUs } = this.#window
    if (scheduledAtUs < startUs || scheduledAtUs >= endUs) return
    this.#events++
    this.#lagUs += publishedAtUs - scheduledAtUs
    this.#publishedUs += publishedAtUs - startUs
  }

  /** In the order of the ports. */
  sums(): FanOutSums[] {
    return this.#subscribers
  }

  #watch(socket: Socket, sums: FanOutSums): void {
    let [events, lagUs, publishedUs] = [this.#events, this.#lagUs, this.#publishedUs]
    const note = () => {
      const count = this.#events - events
      if (count === 0) return
      sums.events += count
      sums.lagUs += this.#lagUs - lagUs
      sums.fanOutUs += count * (nowUs() - this.#window.startUs) - (this.#publishedUs - publishedUs)
      ;[events, lagUs, publishedUs] = [this.#events, this.#lagUs, this.#publishedUs]
    }
    // Below all that buffers: what these are given goes to the kernel.
    for (const name of ['_write', '_writev'] as const) {
      const write = socket[name] as ((...args: unknown[]) => void) | undefined
      if (!write) continue
      socket[name] = (...args: unknown[]) => {
        note()
        write.apply(socket, args)
      }
    }
  }
}
