import { setTimeout as sleep } from 'node:timers/promises'
import type { FromAgent } from '../../clients/agent.ts'
import type { FromNetwork, ToNetwork } from '../../clients/network/process.ts'
import { ledgerFault } from '../../report/analysis/ledger-fault.ts'
import { type Merged, mergeAgents } from '../../results/merge.ts'
import { predict } from '../../results/model/prediction.ts'
import type { ResultRecord } from '../../results/record.ts'
import { nowUs } from '../../server/clock.ts'
import type { ServerReport } from '../../server/control.ts'
import { type ErrorCode, PushlabError } from '../../server/error.ts'
import type { Window } from '../../server/process-cost.ts'
import { dueTimesBefore } from '../../server/schedule.ts'
import { Child } from './child.ts'
import { othersCpu } from './others-cpu.ts'
import { partsOf } from './parts.ts'
import type { Trial } from './plan.ts'
import { startAgent, startServer } from './rig.ts'
import { drawWarmUpMs } from './warm-up.ts'

const NETWORK = new URL('../../clients/network/process.ts', import.meta.url)

const START_TIMEOUT_MS = 15_000
const RAMP_UP_TIMEOUT_MS = 60_000
/** From the command to start until the feed's epoch: all processes must have it by then. */
const LEAD_MS = 100
/** How long late events are waited for after the window, besides one polling interval. */
const DRAIN_MS = 3_000

/** What a trial adds to a record; the rest says where and how it was run. */
export type TrialRecord = Pick<
  ResultRecord,
  | Exclude<keyof Merged, 'sampled'>
  | ('feedLag' | 'eventsScheduled' | 'eventsPublished' | 'prediction' | 'server' | 'counters')
  | ('warmUpMs' | 'parts' | 'others')
>

export interface TrialOptions {
  /** Of what is random in it. */
  seed: number
  /** Ends it early: it rejects then. */
  signal?: AbortSignal | undefined
  /** How many load agents its subscribers are dealt out over, but none without a subscriber; default: 1. */
  agents?: number
  /** Is told, before its window, when that is and which processes are the server and each load agent, in this order. */
  onWindow?: (window: Window, pids: readonly (number | undefined)[]) => void
  /** Of Node.js, for server and load agents. */
  nodeFlags?: string[]
  /** What the processes of server and load agents run; tests plant faulty ones. */
  serverModule?: URL
  agentModule?: URL
}

/**
 * Measures one trial in a fresh server process and fresh load agents: ramp up, warm up, measure, drain. All its
 * processes are gone when it settles, whether it resolves, rejects or is aborted.
 *
 * @throws {PushlabError} NOT_ACCEPTED or OVERLOADED where so much load cannot be had; CHILD_FAILED where a process ended
 *   before its time, TIMED_OUT where one did not start, or the sums were not made in time.
 */
export async function runTrial(
  { scenario, point, technique }: Trial,
  {
    seed,
    signal: interrupt,
    agents: most = 1,
    onWindow,
    nodeFlags = [],
    serverModule,
    agentModule,
  }: TrialOptions,
): Promise<TrialRecord> {
  const { feed, load } = point
  const assignment = { technique, point }
  // Who waits for one process has to notice when another is gone: subscribers of a dead server are not accepted, either.
  const crash = new AbortController()
  const onEnd = (how: string) => crash.abort(new PushlabError('CHILD_FAILED', how))
  const signal = AbortSignal.any([crash.signal, ...(interrupt ? [interrupt] : [])])
  const server = startServer(assignment, { onEnd, nodeFlags, ...(serverModule && { module: serverModule }) })
  const step = Math.min(most, load.subscribers)
  const agents = Array.from({ length: step }, () =>
    startAgent(assignment, { onEnd, nodeFlags, ...(agentModule && { module: agentModule }) }),
  )
  const hear = <Type extends FromAgent['type']>(type: Type, timeoutMs: number, late?: ErrorCode) =>
    Promise.all(agents.map((agent) => agent.receive(type, timeoutMs, signal, late)))
  const network = point.network && new Child<ToNetwork, FromNetwork>(NETWORK, { onEnd })
  try {
    let { url } = await server.receive('listening', START_TIMEOUT_MS, signal)
    if (network) {
      network.send({ type: 'start', target: url, plan: point.network ?? {}, seed })
      url = (await network.receive('listening', START_TIMEOUT_MS, signal)).url
    }
    agents.forEach((agent, first) => {
      agent.send({ type: 'ramp-up', url, share: { first, step }, seed })
    })
    const ready = await hear('ready', RAMP_UP_TIMEOUT_MS, 'OVERLOADED')
    const ports = ready[0]?.ports.map((_, i) => ready.flatMap((agent) => agent.ports[i] ?? [])) ?? []

    const epochUs = nowUs() + LEAD_MS * 1e3
    const warmUpMs = drawWarmUpMs(load.warmUpMs, feed.schedule, seed)
    const untilUs = (warmUpMs + load.measureMs) * 1e3
    const window = { startUs: epochUs + warmUpMs * 1e3, endUs: epochUs + untilUs }
    const dueTimes = dueTimesBefore(feed.schedule, untilUs)
    const drainMs = DRAIN_MS + load.pollIntervalMs
    server.send({ type: 'start', epochUs, untilUs, window, ...(!network && { ports }) })
    for (const agent of agents)
      agent.send({ type: 'measure', window, epochUs, untilUs, lastSeq: dueTimes.length, drainMs })
    const pids = [process.pid, ...[server, ...agents, network].flatMap((child) => child?.pid ?? [])]
    onWindow?.(
      window,
      [server, ...agents].map(({ pid }) => pid),
    )
    const watched = othersCpu(window, pids, signal).catch(() => undefined)
    if (scenario.stall) {
      const { afterMs, forMs } = scenario.stall
      await sleep((window.startUs - nowUs()) / 1e3 + afterMs, undefined, { signal })
      await server.standStill(forMs, signal)
    }
    const drainedMs = LEAD_MS + untilUs / 1e3 + drainMs + START_TIMEOUT_MS
    await hear('drained', drainedMs, 'OVERLOADED')

    server.send({ type: 'report' })
    const report: ServerReport = await server.receive('report', START_TIMEOUT_MS, signal, 'OVERLOADED')
    const { feedLag, fanOut } = report
    for (const agent of agents) agent.send({ type: 'finish', published: feedLag.n })
    const { sampled, ...result } = mergeAgents(
      await hear('result', START_TIMEOUT_MS),
      (ledger) => ledgerFault({ technique, point, ledger }) !== undefined,
    )
    const parts = partsOf(sampled, fanOut)
    const others = await watched
    return {
      ...result,
      ...(parts && { parts }),
      ...(others && { others }),
      ...{ warmUpMs, feedLag },
      eventsScheduled: dueTimes.filter((dueUs) => dueUs >= warmUpMs * 1e3).length,
      eventsPublished: feedLag.n,
      prediction: predict(technique, { ...point, load: { ...load, warmUpMs } }, process.versions.node),
      server: report.cost,
      counters: { ...report.counters },
    }
  } catch (error) {
    throw crash.signal.aborted ? crash.signal.reason : error
  } finally {
    await Promise.all([...agents, server, network].map((child) => child?.stop()))
  }
}
