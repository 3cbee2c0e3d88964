import type { FastifyInstance } from 'fastify'
import { addressFor } from './app.ts'
import type { Conditions } from './conditions.ts'
import type { Counters } from './counters.ts'
import { FanOut, type FanOutSums } from './fan-out.ts'
import type { MemoryFeed } from './feed.ts'
import { startPacer } from './pacer.ts'
import { type Failed, obeyParent } from './parent.ts'
import { observeProcess, type ProcessCost, type Window } from './process-cost.ts'
import { type ProcessMemory, readMemory } from './process-memory.ts'
import { type FeedLag, Publications } from './publications.ts'
import type { Schedule } from './schedule.ts'
import { planAt, type Served, serve } from './serve.ts'

/** Messages over the child process's IPC channel, so that nothing but the measured traffic is on the wire. */
export type ToServer =
  /** First of all, and the same that subscribers are told: it listens then. */
  | { type: 'point'; technique: string; point: Conditions }
  | {
      type: 'start'
      /** Monotonic microseconds that the schedule's times count from. */
      epochUs: number
      /** Default: the point's. Where subscribers publish, they go by it. */
      schedule?: Schedule
      /** Events due this long after the epoch or later are not published. */
      untilUs: number
      /** The part of the run in which the process's cost is observed, and whose events are summed up. */
      window: Window
      /** Ports of the connections of subscribers whose fan-out is noted; default: nobody's. */
      ports?: readonly (readonly number[])[]
    }
  | { type: 'report' }
  /** Asks for what the process holds without its garbage; needs Node.js with --expose-gc. */
  | { type: 'memory' }

export type FromServer =
  | {
      type: 'listening'
      /** Where a subscriber of the technique connects. */
      url: string
    }
  | ({ type: 'report' } & ServerReport)
  | ({ type: 'memory' } & ServerMemory)
  | Failed

export interface ServerReport {
  /** Events published so far. */
  published: number
  /** publishedAtUs - scheduledAtUs of those due in the window. */
  feedLag: FeedLag
  /** In the order of the ports that it was started with. */
  fanOut: FanOutSums[]
  cost: ProcessCost
  counters: Counters
}

export interface ServerMemory extends ProcessMemory {
  /** Subscriptions that are held at that moment, of all techniques. */
  held: number
}

/**
 * Lets the parent process drive a server in this one: tell it a point, start the feed at an agreed instant, and read the
 * sums over publications, the counters and the cost once the run is over. The server closes when the parent is gone.
 */
export function driveByParent(): void {
  let server: DrivenServer | undefined
  obeyParent<ToServer, FromServer>(
    async (message) => {
      if (message.type !== 'point') return server?.answer(message)
      server = await DrivenServer.at(message.technique, message.point)
      return { type: 'listening', url: server.url }
    },
    async () => {
      await server?.close()
      process.exit()
    },
  )
}

class DrivenServer {
  readonly url: string
  readonly #app: FastifyInstance
  readonly #feed: MemoryFeed
  readonly #technique: string
  readonly #planned: Conditions['feed']
  readonly #publications = new Publications()
  #fanOut: FanOut | undefined
  #cost: Promise<ProcessCost> | undefined
  #stopPacer: (() => void) | undefined

  static async at(technique: string, point: Conditions): Promise<DrivenServer> {
    return new DrivenServer(await serve(planAt(technique, point)), technique, point)
  }

  private constructor({ app, feed }: Served, technique: string, point: Conditions) {
    this.#app = app
    this.#feed = feed
    this.#technique = technique
    this.#planned = point.feed
    this.url = addressFor(app, technique)
    // Before any subscriber: it is told of an event before that is written.
    feed.subscribe({
      onEvent: (event) => {
        this.#publications.onEvent(event)
        this.#fanOut?.onEvent(event)
      },
      onEnd: () => {},
    })
  }

  async answer(message: Exclude<ToServer, { type: 'point' }>): Promise<FromServer | undefined> {
    const counters = this.#app.techniqueCounters.get(this.#technique) as Counters
    switch (message.type) {
      case 'start':
        this.#start(message)
        return undefined
      case 'memory':
        return { type: 'memory', ...(await readMemory()), held: counters.open }
      case 'report': {
        if (!this.#cost) throw new Error('The server has not been started yet')
        const cost = await this.#cost
        return {
          type: 'report',
          published: this.#publications.published,
          feedLag: this.#publications.lag(),
          fanOut: this.#fanOut?.sums() ?? [],
          cost,
          counters: { ...counters },
        }
      }
    }
  }

  async close(): Promise<void> {
    this.#stopPacer?.()
    await this.#app.close()
  }

  #start({
    epochUs,
    schedule = this.#planned.schedule,
    untilUs,
    window,
    ports = [],
  }: Extract<ToServer, { type: 'start' }>) {
    this.#feed.epochUs = epochUs
    this.#publications.window = window
    if (ports.length > 0) this.#fanOut = new FanOut(this.#app.openSockets, ports, window)
    if (this.#planned.source !== 'subscribers') {
      this.#stopPacer = startPacer({ schedule, epochUs, untilUs }, (dueUs) => this.#feed.publish(dueUs))
    }
    this.#cost = observeProcess(window)
  }
}
