import type { Measured } from '../results/merge.ts'
import type { Traffic } from '../results/record.ts'
import type { Point } from '../results/scenario.ts'
import { INSTRUMENT, LIBRARY_INSTRUMENT } from '../results/versions.ts'
import { startPacer } from '../server/pacer.ts'
import { type Failed, obeyParent } from '../server/parent.ts'
import type { ProcessCost } from '../server/process-cost.ts'
import { observeProcess, type Window } from '../server/process-cost.ts'
import { dueTimesUs } from '../server/schedule.ts'
import { serverTechnique } from '../server/technique.ts'
import { connectionsPerSubscriber, portsPerAddress } from './connections.ts'
import { type InterfaceCounters, readInterfaceCounters } from './measure/interface-counters.ts'
import { ledgerOf } from './measure/ledger.ts'
import { sampleOf } from './measure/sample.ts'
import type { Share } from './share.ts'
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
  /**
   * Where the technique listens; which of the point's subscribers are this agent's, by default all; and how many more of them
   * join, by default all.
   * @param seed draws the sample of subscribers, the same for all agents; default: there is none.
   */
  | { type: 'ramp-up'; url: string; share?: Share; count?: number; seed?: number }
  | {
      type: 'measure'
      /** The part of the run to observe, monotonic microseconds. */
      window: Window
      /** What the times of the schedule and within events count from, monotonic microseconds. */
      epochUs: number
      /** Events due this long after the epoch or later are not published. */
      untilUs: number
      /** The last event of the schedule: drained once every subscriber has it. */
      lastSeq: number
      drainMs: number
    }
  /** @param published events due in the window that were published. */
  | { type: 'finish'; published: number }

export type FromAgent =
  /** @param ports of the connections of each subscriber in the sample; none of another agent's. */
  { type: 'ready'; ports: number[][] } | { type: 'drained' } | ({ type: 'result' } & Measured) | Failed

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
let observed: { start: Reading; end: Reading; cost: ProcessCost } | undefined

obeyParent(answer)

async function answer(message: ToAgent): Promise<FromAgent | undefined> {
  if (message.type === 'point') {
    ;({ point, technique } = message)
    return undefined
  }
  if (message.type === 'ramp-up') {
    const { url, share, seed, count } = message
    const sample = seed === undefined ? [] : sampleOf(point.load.subscribers, seed)
    swarm ??= new Swarm({
      technique: await clientTechnique(technique, point.variant.client),
      url,
      point,
      ...(share && { share }),
      sample,
      perAddress: Math.floor(portsPerAddress() / connectionsPerSubscriber(point, technique)),
    })
    await swarm.rampUp(count)
    setup = read(swarm)
    return { type: 'ready', ports: swarm.isRead ? swarm.sampledPorts() : [] }
  }
  if (!swarm || !setup) throw new Error('The load agent has no subscribers yet')
  if (message.type === 'measure') {
    const { window, epochUs, untilUs } = message
    // What subscribers are made of would be copied by the first collections of the window.
    globalThis.gc?.()
    const { schedule, source } = point.feed
    const publishes = source === 'subscribers'
    swarm.begin({ window, epochUs, ...(!publishes && { plan: dueTimesUs(schedule) }) })
    const stopPacer =
      publishes && startPacer({ schedule, epochUs, untilUs }, (dueUs) => swarm?.publish(dueUs - epochUs))
    observed = await observe(swarm, window)
    await swarm.drain(message.lastSeq, message.drainMs)
    if (stopPacer) stopPacer()
    return { type: 'drained' }
  }
  if (!observed) throw new Error('The load agent has measured nothing yet')
  await swarm.close()
  const { start, end, cost } = observed
  const { wire } = await serverTechnique(technique)
  return {
    type: 'result',
    ...swarm.accounting(message.published),
    subscribers: swarm.subscribers,
    instrument: swarm.isRead ? INSTRUMENT : LIBRARY_INSTRUMENT,
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
