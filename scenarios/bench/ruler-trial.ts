import { setTimeout as sleep } from 'node:timers/promises'
import { DistributionRecorder } from '../../clients/measure/distribution.ts'
import { type Ruled, type Ruler, type RulerTechnique, startRuler } from '../../clients/ruler/ruler.ts'
import type { Measured } from '../../results/merge.ts'
import type { Histogram } from '../../results/record.ts'
import type { Point } from '../../results/scenario.ts'
import { nowUs } from '../../server/clock.ts'
import { dueTimesBefore, type Schedule } from '../../server/schedule.ts'
import { defaultVariant } from '../../server/variant.ts'
import { type AgentProcess, startAgent, startServer } from './rig.ts'

/** What agent and ruler are asked to read: a constant rate of events of 100 bytes. */
export interface RulerTrial {
  technique: RulerTechnique
  ratePerSecond: number
  /** In the order in which their subscribers join, one of each in turn. */
  readers: readonly ('agent' | 'ruler')[]
  /** Subscribers of each. */
  subscribers: number
  warmUpMs: number
  measureMs: number
}

export type Delay = Pick<Histogram, 'n' | 'meanUs' | 'p50Us' | 'p99Us'>

/** Delays from the schedule to the end that each instrument sees. */
export interface RulerTrialResult {
  /** As the load agent reports them. */
  agent?: Delay
  /** Until the kernel had the event, of those whose stamp counts. */
  kernel?: Delay
  /** Until the ruler had read it, of all. */
  read?: Delay
  /** Why the trial says nothing; left out where it does. */
  void?: string
}

const TIMEOUT_MS = 60_000
const LEAD_MS = 100
const DRAIN_MS = 3_000
/** How long a ruler without an agent beside it waits for late events. */
const SETTLE_MS = 1_000
/** The kernel merges segments that wait, and not at random: with more left out, the rest are not all. */
const MOST_MISSING = 0.01

/** Lets agent, ruler or both subscribe to a fresh server and measure the same events. */
export async function runRulerTrial(trial: RulerTrial): Promise<RulerTrialResult> {
  const { technique, ratePerSecond, readers, subscribers, warmUpMs, measureMs } = trial
  const schedule: Schedule = { kind: 'constant', ratePerSecond }
  const load = { subscribers, warmUpMs, measureMs, pollIntervalMs: 1_000, holdMs: 25_000 }
  const point: Point = { feed: { schedule, payloadBytes: 100 }, load, variant: defaultVariant }
  const server = startServer({ technique, point })
  const agent = readers.includes('agent') ? startAgent({ technique, point }) : undefined
  let ruler: Ruler | undefined
  try {
    const { url } = await server.receive('listening', TIMEOUT_MS)
    ruler = readers.includes('ruler') ? await startRuler(technique, url) : undefined
    for (let i = 0; i < subscribers; i++) {
      for (const reader of readers) await (reader === 'agent' ? joinAgent(agent, url) : ruler?.join(1))
    }
    const epochUs = nowUs() + LEAD_MS * 1e3
    const untilUs = (warmUpMs + measureMs) * 1e3
    const window = { startUs: epochUs + warmUpMs * 1e3, endUs: epochUs + untilUs }
    const dueTimes = dueTimesBefore(schedule, untilUs)
    server.send({ type: 'start', epochUs, untilUs, window })
    agent?.send({ type: 'measure', window, epochUs, untilUs, lastSeq: dueTimes.length, drainMs: DRAIN_MS })
    await ruler?.measure(epochUs, window)
    if (agent) await agent.receive('drained', LEAD_MS + untilUs / 1e3 + DRAIN_MS + TIMEOUT_MS)
    else await sleep((window.endUs - nowUs()) / 1e3 + SETTLE_MS)

    server.send({ type: 'report' })
    const { feedLag } = await server.receive('report', TIMEOUT_MS)
    agent?.send({ type: 'finish', published: feedLag.n })
    const seen = await agent?.receive('result', TIMEOUT_MS)
    const ruled = await ruler?.finish()
    const expected = dueTimes.filter((dueUs) => dueUs >= warmUpMs * 1e3).length * subscribers
    return { ...(seen && fromAgent(seen, expected)), ...(ruled && fromRuler(ruled, epochUs, expected)) }
  } finally {
    await Promise.all([agent?.stop(), ruler?.stop(), server.stop()])
  }
}

async function joinAgent(agent: AgentProcess | undefined, url: string): Promise<void> {
  agent?.send({ type: 'ramp-up', url, count: 1 })
  await agent?.receive('ready', TIMEOUT_MS)
}

function fromAgent({ latency, account }: Measured, expected: number): RulerTrialResult {
  return {
    agent: delayOf(latency),
    ...voidAt(expected - account.delivered, expected, 'events did not come to the agent'),
  }
}

function fromRuler({ rows }: Ruled, epochUs: number, expected: number): RulerTrialResult {
  const kernel = new DistributionRecorder()
  const read = new DistributionRecorder()
  for (const { dueUs, readUs, kernelUs } of rows) {
    read.add(readUs - epochUs - dueUs)
    if (kernelUs !== undefined) kernel.add(kernelUs - epochUs - dueUs)
  }
  return {
    kernel: delayOf(kernel.summary()),
    read: delayOf(read.summary()),
    ...voidAt(expected - kernel.count, expected, 'stamps had to be left out'),
  }
}

function voidAt(missing: number, expected: number, what: string): Pick<RulerTrialResult, 'void'> {
  return missing > expected * MOST_MISSING ? { void: `${missing} of ${expected} ${what}` } : {}
}

function delayOf({ n, meanUs, p50Us, p99Us }: Histogram): Delay {
  return { n, meanUs, p50Us, p99Us }
}
