import type { Ledger, ProcessCost, Traffic } from '../results/record.ts'
import type { LoadPlan } from '../scenarios/scenario.ts'
import { PushlabError } from '../server/error.ts'
import { observeProcess, type Window } from '../server/process-cost.ts'
import { serverTechnique } from '../server/technique.ts'
import { type Accounting, accountFor } from './measure/account.ts'
import { type InterfaceCounters, readInterfaceCounters } from './measure/interface-counters.ts'
import { ledgerOf } from './measure/ledger.ts'
import { Swarm } from './swarm.ts'
import type { TapMark } from './tap.ts'
import { clientTechnique } from './technique.ts'

/**
 * The load-agent process: a swarm of subscribers of one technique, driven over the child process's IPC channel in
 * three steps: ramp up; warm up, measure and drain; finish.
 */
export type ToAgent =
  | { type: 'ramp-up'; technique: string; url: string; load: LoadPlan; payloadBytes: number }
  | {
      type: 'measure'
      /** The part of the run to observe, monotonic microseconds. */
      window: Window
      /** The last event of the schedule: drained once every subscriber has it. */
      lastSeq: number
      drainMs: number
    }
  | { type: 'finish'; publications: [number, number][] }

export type FromAgent =
  | { type: 'ready' }
  | { type: 'drained' }
  | ({ type: 'result' } & AgentResult)
  | { type: 'failed'; reason: string }

export interface AgentResult extends Accounting {
  traffic: { setup: Traffic; window: Traffic; total: Traffic }
  ledger: Ledger
  /** Loopback's counters over the window; null where they hold other traffic too. */
  kernel: InterfaceCounters | null
  cost: ProcessCost
  errors: Record<string, number>
}

/** What was read at an instant. */
interface Reading {
  traffic: Traffic
  tap: TapMark
  probeEvents: number
  kernel: InterfaceCounters | null
}

let swarm: Swarm | undefined
let technique = ''
let subscribers = 0
let setup: Reading | undefined
let window: Window | undefined
let observed: { start: Reading; end: Reading; cost: ProcessCost } | undefined

process.on('message', async (message: ToAgent) => {
  try {
    send(await answer(message))
  } catch (error) {
    send({
      type: 'failed',
      reason: error instanceof PushlabError ? error.message : String((error as Error).stack),
    })
  }
})
// The parent is gone, however it went: nothing here may outlive it.
process.once('disconnect', () => process.exit())
// Ctrl-C reaches the whole process group; when to end is the parent's business.
process.on('SIGINT', () => {})

async function answer(message: ToAgent): Promise<FromAgent> {
  if (message.type === 'ramp-up') {
    const { url, load, payloadBytes } = message
    subscribers = load.subscribers
    technique = message.technique
    swarm = new Swarm({ technique: await clientTechnique(technique), url, load, payloadBytes })
    await swarm.rampUp()
    setup = read(swarm)
    return { type: 'ready' }
  }
  if (!swarm || !setup) throw new Error('The load agent has no subscribers yet')
  if (message.type === 'measure') {
    window = message.window
    observed = await observe(swarm, window)
    await swarm.drain(message.lastSeq, message.drainMs)
    return { type: 'drained' }
  }
  if (!window || !observed) throw new Error('The load agent has measured nothing yet')
  await swarm.close()
  const { start, end, cost } = observed
  const { wire } = await serverTechnique(technique)
  return {
    type: 'result',
    ...accountFor(swarm.receipts, message.publications, window, subscribers),
    traffic: { setup: setup.traffic, window: difference(end.traffic, start.traffic), total: swarm.traffic() },
    ledger: ledgerOf(swarm.tap, wire, {
      setupEnd: setup.tap,
      start: start.tap,
      end: end.tap,
      events: end.probeEvents - start.probeEvents,
    }),
    kernel:
      start.kernel && end.kernel
        ? { bytes: end.kernel.bytes - start.kernel.bytes, packets: end.kernel.packets - start.kernel.packets }
        : null,
    cost,
    errors: swarm.errors,
  }
}

async function observe(
  swarm: Swarm,
  window: Window,
): Promise<{ start: Reading; end: Reading; cost: ProcessCost }> {
  let start: Reading | undefined
  const cost = await observeProcess(window, () => {
    start = read(swarm)
  })
  return { start: start as Reading, end: read(swarm), cost }
}

function read(swarm: Swarm): Reading {
  return {
    traffic: swarm.traffic(),
    tap: swarm.tap.mark(),
    probeEvents: swarm.probeEvents,
    kernel: readInterfaceCounters(),
  }
}

function difference(after: Traffic, before: Traffic): Traffic {
  const entries = Object.entries(after) as [keyof Traffic, number][]
  return Object.fromEntries(entries.map(([key, value]) => [key, value - before[key]])) as unknown as Traffic
}

function send(message: FromAgent): void {
  process.send?.(message)
}
