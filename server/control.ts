import type { FastifyInstance } from 'fastify'
import { addressFor } from './app.ts'
import type { Counters } from './counters.ts'
import type { MemoryFeed } from './feed.ts'
import { startPacer } from './pacer.ts'
import { observeProcess, type ProcessCost, type Window } from './process-cost.ts'
import { type ProcessMemory, readMemory } from './process-memory.ts'
import { registry } from './registry.ts'
import type { Schedule } from './schedule.ts'

/** Messages over the child process's IPC channel, so that nothing but the measured traffic is on the wire. */
export type ToServer =
  | {
      type: 'start'
      /** Whether this server's feed publishes by the schedule, or subscribers do. */
      source: 'server' | 'subscribers'
      /** Monotonic microseconds that the schedule's times count from. */
      epochUs: number
      schedule: Schedule
      /** Events due this long after the epoch or later are not published. */
      untilUs: number
      /** The part of the run in which the process's cost is observed. */
      window: Window
    }
  | { type: 'report' }
  /** Asks for what the process holds without its garbage; needs Node.js with --expose-gc. */
  | { type: 'memory' }

export type FromServer =
  | {
      type: 'listening'
      /** Where a subscriber of each technique connects. */
      urls: Record<string, string>
    }
  | ({ type: 'report' } & ServerReport)
  | ({ type: 'memory' } & ServerMemory)

export interface ServerReport {
  /** [scheduledAtUs, publishedAtUs] of event 1, 2, 3, ..., microseconds on the monotonic clock. */
  publications: [number, number][]
  cost: ProcessCost
  counters: Record<string, Counters>
}

export interface ServerMemory extends ProcessMemory {
  /** Subscriptions that are held at that moment, of all techniques. */
  held: number
}

/**
 * Lets the parent process drive this server: start the feed at an agreed instant, and read the publication log, the
 * counters and the cost once the run is over. The server closes when the parent is gone, however it went.
 */
export function attachControl(app: FastifyInstance, feed: MemoryFeed): void {
  const publications: [number, number][] = []
  let cost: Promise<ProcessCost> | undefined
  let stopPacer: (() => void) | undefined
  feed.subscribe({
    onEvent: ({ scheduledAtUs, publishedAtUs }) => publications.push([scheduledAtUs, publishedAtUs]),
    onEnd: () => {},
  })

  const send = (message: FromServer) => process.send?.(message)
  process.on('message', async (message: ToServer) => {
    if (message.type === 'start') {
      feed.epochUs = message.epochUs
      if (message.source === 'server') {
        stopPacer = startPacer(message, (scheduledAtUs) => feed.publish(scheduledAtUs))
      }
      cost = observeProcess(message.window)
    } else if (message.type === 'memory') {
      const memory = await readMemory()
      const held = [...app.techniqueCounters.values()].reduce((sum, { open }) => sum + open, 0)
      send({ type: 'memory', ...memory, held })
    } else if (cost) {
      send({
        type: 'report',
        publications,
        cost: await cost,
        counters: Object.fromEntries(app.techniqueCounters),
      })
    }
  })
  process.once('disconnect', async () => {
    stopPacer?.()
    await app.close()
    process.exit()
  })
  // Ctrl-C reaches the whole process group; when to end is the parent's business.
  process.on('SIGINT', () => {})
  send({
    type: 'listening',
    urls: Object.fromEntries(registry.map(({ name }) => [name, addressFor(app, name)])),
  })
}
