import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { MemoryPerSubscriberRow } from '../../../results/rows/memory-per-subscriber.ts'
import { nowUs } from '../../../server/clock.ts'
import type { ServerMemory } from '../../../server/control.ts'
import { PushlabError } from '../../../server/error.ts'
import { completeVariant, type Variant } from '../../../server/variant.ts'
import { type AgentProcess, type ServerProcess, startAgent, startServer } from '../../bench/rig.ts'

const TIMEOUT_MS = 60_000
const PAYLOAD_BYTES = 100
/** From the command to publish until the first event is due: the server must have the command by then. */
const LEAD_MS = 50
const BURST_EVENTS = 20
/** Between a stage and its reading: what is on its way arrives, and polls are held again. */
const SETTLE_MS = 120
const SETTLE_TRIES = 40
/** Longer than an experiment: nothing but its events shall happen on the connections. */
const QUIET_MS = 600_000
const PAGE_BYTES = 4_096

/** What holds connections: so many subscribers of a technique. */
export interface Holding extends Pick<MemoryPerSubscriberRow, 'technique' | 'subscribers'> {
  variant?: Partial<Variant>
}

/** What a fresh server process, and the kernel for it, have in memory at a stage. */
export type StageMemory = Omit<MemoryPerSubscriberRow, 'technique' | 'subscribers' | 'trial'>

/**
 * Holds connections to a fresh server process and reads its memory at every stage, after a forced collection
 * of garbage. Both processes are gone when it settles.
 * @throws {PushlabError} NOT_ACCEPTED when not all of the subscribers are held.
 */
export async function memoryAtStages(holding: Holding, signal: AbortSignal): Promise<StageMemory[]> {
  const { technique, subscribers } = holding
  const load = {
    ...{ subscribers, warmUpMs: 0, measureMs: 1, pollIntervalMs: 1_000 },
    ...{ holdMs: QUIET_MS, heartbeatMs: QUIET_MS },
  }
  const feed = { schedule: burstOf(1), payloadBytes: PAYLOAD_BYTES }
  const assignment = { technique, point: { feed, load, variant: completeVariant(holding.variant ?? {}) } }
  const server = startServer(assignment, { nodeFlags: ['--expose-gc'] })
  const agent = startAgent(assignment)
  try {
    const { url } = await server.receive('listening', TIMEOUT_MS, signal)
    const kernelBefore = kernelBytes()
    agent.send({ type: 'ramp-up', url })
    await agent.receive('ready', TIMEOUT_MS, signal)

    const read = async (stage: StageMemory['stage']): Promise<StageMemory> => {
      const { rssBytes, heapUsedBytes, externalBytes } = await settledMemory(server, subscribers, signal)
      const kernel = kernelBytes()
      return {
        ...{ stage, rssBytes, heapUsedBytes, externalBytes },
        ...(kernel !== null && kernelBefore !== null && { kernelBytes: kernel - kernelBefore }),
      }
    }
    const idle = await read('idle')
    await publish(server, agent, 1, 1, signal)
    const afterFirst = await read('after the first event')
    await publish(server, agent, BURST_EVENTS, 1 + BURST_EVENTS, signal)
    return [idle, afterFirst, await read('after a burst')]
  } finally {
    await Promise.all([agent.stop(), server.stop()])
  }
}

const burstOf = (events: number) => ({ kind: 'bursts' as const, burstEvents: events, everyMs: 2 })

/** Publishes so many events at one instant; resolves once every subscriber has the last of them. */
async function publish(
  server: ServerProcess,
  agent: AgentProcess,
  events: number,
  lastSeq: number,
  signal: AbortSignal,
): Promise<void> {
  const epochUs = nowUs() + LEAD_MS * 1e3
  const untilUs = 2e3
  const window = { startUs: epochUs, endUs: epochUs + untilUs }
  server.send({ type: 'start', epochUs, schedule: burstOf(events), untilUs, window })
  agent.send({ type: 'measure', window, epochUs, untilUs, lastSeq, drainMs: TIMEOUT_MS / 2 })
  await agent.receive('drained', TIMEOUT_MS, signal)
}

/** The server's memory once it holds all subscribers: after an event polls come back a little later. */
async function settledMemory(
  server: ServerProcess,
  subscribers: number,
  signal: AbortSignal,
): Promise<ServerMemory> {
  let held = 0
  for (let i = 0; i < SETTLE_TRIES; i++) {
    await sleep(SETTLE_MS, undefined, { signal })
    server.send({ type: 'memory' })
    const memory = await server.receive('memory', TIMEOUT_MS, signal)
    if (memory.held === subscribers) return memory
    held = memory.held
  }
  throw new PushlabError(
    'NOT_ACCEPTED',
    `The server holds ${held} of ${subscribers} subscribers. Close what else uses this machine, and repeat ` +
      'it.',
  )
}

/** Bytes of the kernel's own objects (slab) and of the buffers of TCP sockets; null where they cannot be read. */
function kernelBytes(): number | null {
  try {
    const [, slabKiB] = /^Slab:\s+(\d+) kB$/m.exec(readFileSync('/proc/meminfo', 'utf8')) ?? []
    const [, pages] = /^TCP:.* mem (\d+)$/m.exec(readFileSync('/proc/net/sockstat', 'utf8')) ?? []
    return slabKiB && pages ? Number(slabKiB) * 1_024 + Number(pages) * PAGE_BYTES : null
  } catch {
    return null
  }
}
