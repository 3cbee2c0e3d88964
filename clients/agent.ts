import type { Histogram, Ledger, Traffic } from '../results/record.ts'
import type { Point } from '../results/scenario.ts'
import { startPacer } from '../server/pacer.ts'
import { type Failed, obeyParent } from '../server/parent.ts'
import type { ProcessCost } from '../server/process-cost.ts'
import { observeProcess, type Window } from '../server/process-cost.ts'
import type { PacerPlan } from '../server/schedule.ts'
import { serverTechnique } from '../server/technique.ts'
import { type Accounting, accountFor } from './measure/account.ts'
import { DistributionRecorder } from './measure/distribution.ts'
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
  /** First of all, and the same that the server is told. */
  | { type: 'point'; technique: string; point: Point }
  /** Where the technique listens. */
  | { type: 'ramp-up'; url: string }
  | {
      type: 'measure'
      /** The part of the run to observe, monotonic microseconds. */
      window: Window
      /** The last event of the schedule: drained once every subscriber has it. */
      lastSeq: number
      drainMs: number
      /** Where subscribers publish: when, from which epoch (monotonic microseconds), until how long after it. */
      publish?: PacerPlan
    }
  | {
      type: 'finish'
      /** [scheduledAtUs, publishedAtUs] of event 1, 2, 3, ... and the feed's epoch. */
      publications: [number, number][]
      epochUs: number
    }

export type FromAgent = { type: 'ready' } | { type: 'drained' } | ({ type: 'result' } & AgentResult) | Failed

export interface AgentResult extends Accounting {
  /** Of subscribers that publish, until they receive their own message; null where the server publishes. */
  roundTrip: Histogram | null
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

/**
 * Traffic is read so long before the window's edges, at which events of a constant rate are due: nothing is on its
 * way then, and bytes, packets and events that belong together are counted together.
 */
const EDGE_US = 5_000

let swarm: Swarm | undefined
let technique = ''
let point: Point
let setup: Reading | undefined
let window: Window | undefined
let observed: { start: Reading; end: Reading; cost: ProcessCost } | undefined

obeyParent(answer)

async function answer(message: ToAgent): Promise<FromAgent | undefined> {
  if (message.type === 'point') {
    ;({ point, technique } = message)
    return undefined
  }
  if (message.type === 'ramp-up') {
    swarm = new Swarm({ technique: await clientTechnique(technique), url: message.url, point })
    await swarm.rampUp()
    setup = read(swarm)
    return { type: 'ready' }
  }
  if (!swarm || !setup) throw new Error('The load agent has no subscribers yet')
  if (message.type === 'measure') {
    const { publish } = message
    const stopPacer = publish && startPacer(publish, (dueUs) => swarm?.publish(dueUs - publish.epochUs))
    window = message.window
    observed = await observe(swarm, window)
    await swarm.drain(message.lastSeq, message.drainMs)
    stopPacer?.()
    return { type: 'drained' }
  }
  if (!window || !observed) throw new Error('The load agent has measured nothing yet')
  await swarm.close()
  const { start, end, cost } = observed
  const { wire } = await serverTechnique(technique)
  return {
    type: 'result',
    ...accountFor(swarm.receipts, message.publications, window, point.load.subscribers),
    roundTrip: point.feed.source === 'subscribers' ? roundTripOf(swarm, message, window) : null,
    traffic: { setup: setup.traffic, window: difference(end.traffic, start.traffic), total: swarm.traffic() },
    ledger: ledgerOf(swarm.tap, wire, point.variant, {
      setupEnd: setup.tap,
      start: start.tap,
      end: end.tap,
      events: end.probeEvents - start.probeEvents,
      totalMessages: swarm.probeMessages,
    }),
    kernel:
      start.kernel && end.kernel
        ? { bytes: end.kernel.bytes - start.kernel.bytes, packets: end.kernel.packets - start.kernel.packets }
        : null,
    cost,
    errors: swarm.errors,
  }
}

/** Receipt by the sender - when it meant to send, of the messages due in the window. */
function roundTripOf(
  { receipts, senders }: Swarm,
  { publications, epochUs }: Extract<ToAgent, { type: 'finish' }>,
  { startUs, endUs }: Window,
): Histogram {
  const recorder = new DistributionRecorder()
  for (const { subscriber, seq, receivedAtUs } of receipts) {
    const [dueUs = 0] = publications[seq - 1] ?? []
    const isInWindow = dueUs >= startUs && dueUs < endUs
    if (isInWindow && senders.get(Math.round(dueUs - epochUs)) === subscriber)
      recorder.add(receivedAtUs - dueUs)
  }
  return recorder.summary()
}

async function observe(
  swarm: Swarm,
  window: Window,
): Promise<{ start: Reading; end: Reading; cost: ProcessCost }> {
  let start: Reading | undefined
  let end: Reading | undefined
  const slightlyBefore = { startUs: window.startUs - EDGE_US, endUs: window.endUs - EDGE_US }
  const cost = await observeProcess(slightlyBefore, {
    onStart: () => {
      start = read(swarm)
    },
    onEnd: () => {
      end = read(swarm)
    },
    originUs: window.startUs,
  })
  return { start: start as Reading, end: end as Reading, cost }
}

function read(swarm: Swarm): Reading {
  return {
    traffic: swarm.traffic(),
    tap: swarm.tap.mark(),
    probeEvents: swarm.probeEvents,
    // What goes through another process crosses the interface twice.
    kernel: point.network ? null : readInterfaceCounters(),
  }
}

function difference(after: Traffic, before: Traffic): Traffic {
  const entries = Object.entries(after) as [keyof Traffic, number][]
  return Object.fromEntries(entries.map(([key, value]) => [key, value - before[key]])) as unknown as Traffic
}
