import { setTimeout as sleep } from 'node:timers/promises'
import type { AgentResult, FromAgent, ToAgent } from '../../clients/agent.ts'
import type { FromNetwork, ToNetwork } from '../../clients/network/process.ts'
import { predict } from '../../results/model/prediction.ts'
import type { ResultRecord } from '../../results/record.ts'
import { nowUs } from '../../server/clock.ts'
import type { FromServer, ServerReport, ToServer } from '../../server/control.ts'
import { dueTimesBefore } from '../../server/schedule.ts'
import { Child } from './child.ts'
import type { Trial } from './plan.ts'
import { variantFlags } from './server-flags.ts'

const SERVER = new URL('../../server/main.ts', import.meta.url)
const AGENT = new URL('../../clients/agent.ts', import.meta.url)
const NETWORK = new URL('../../clients/network/process.ts', import.meta.url)

const START_TIMEOUT_MS = 15_000
const RAMP_UP_TIMEOUT_MS = 60_000
/** From the command to start until the feed's epoch: both processes must have it by then. */
const LEAD_MS = 100
/** How long late events are waited for after the window, besides one polling interval. */
const DRAIN_MS = 3_000

/** What a trial adds to a record; the rest says where and how it was run. */
export type TrialRecord = Pick<
  ResultRecord,
  | 'account'
  | 'latency'
  | 'latencyFromPublished'
  | 'roundTrip'
  | 'feedLag'
  | 'eventsScheduled'
  | 'eventsPublished'
  | 'traffic'
  | 'ledger'
  | 'kernel'
  | 'timeline'
  | 'thirdsP50Us'
  | 'prediction'
  | 'server'
  | 'agent'
  | 'errors'
  | 'counters'
>

/**
 * Measures one trial in a fresh server process and a fresh load agent: ramp up, warm up, measure, drain. Both
 * processes are gone when it settles, whether it resolves, rejects or is aborted.
 *
 * @param serverModule what the server's process runs; tests plant faulty ones.
 */
export async function runTrial(
  { scenario, point, technique, trial }: Trial,
  signal?: AbortSignal,
  serverModule = SERVER,
): Promise<TrialRecord> {
  const { feed, load } = point
  const server = new Child<ToServer, FromServer>(serverModule, [
    ...['--port', '0'],
    // Alone, so that another's libraries are not in its memory.
    ...['--technique', technique],
    ...['--payload', String(feed.payloadBytes)],
    ...['--hold', `${load.holdMs}ms`],
    ...(load.heartbeatMs ? ['--heartbeat', `${load.heartbeatMs}ms`] : []),
    ...variantFlags(point),
  ])
  const agent = new Child<ToAgent, FromAgent>(AGENT)
  const network = point.network && new Child<ToNetwork, FromNetwork>(NETWORK)
  try {
    const { urls } = await server.receive('listening', START_TIMEOUT_MS, signal)
    let url = urls[technique] as string
    if (network) {
      network.send({ type: 'start', target: url, plan: point.network ?? {}, seed: trial })
      url = (await network.receive('listening', START_TIMEOUT_MS, signal)).url
    }
    agent.send({ type: 'ramp-up', technique, url, point })
    await agent.receive('ready', RAMP_UP_TIMEOUT_MS, signal)

    const epochUs = nowUs() + LEAD_MS * 1e3
    const window = {
      startUs: epochUs + load.warmUpMs * 1e3,
      endUs: epochUs + (load.warmUpMs + load.measureMs) * 1e3,
    }
    const untilUs = (load.warmUpMs + load.measureMs) * 1e3
    const dueTimes = dueTimesBefore(feed.schedule, untilUs)
    const drainMs = DRAIN_MS + load.pollIntervalMs
    const { schedule, source = 'server' } = feed
    server.send({ type: 'start', source, epochUs, schedule, untilUs, window })
    agent.send({
      type: 'measure',
      window,
      lastSeq: dueTimes.length,
      drainMs,
      ...(source === 'subscribers' && { publish: { schedule, epochUs, untilUs } }),
    })
    if (scenario.stall) {
      const { afterMs, forMs } = scenario.stall
      await sleep((window.startUs - nowUs()) / 1e3 + afterMs, undefined, { signal })
      await server.standStill(forMs, signal)
    }
    await agent.receive('drained', LEAD_MS + untilUs / 1e3 + drainMs + START_TIMEOUT_MS, signal)

    server.send({ type: 'report' })
    const report: ServerReport = await server.receive('report', START_TIMEOUT_MS, signal)
    agent.send({ type: 'finish', publications: report.publications, epochUs })
    const result: AgentResult = await agent.receive('result', START_TIMEOUT_MS, signal)
    return {
      account: result.account,
      latency: result.latency,
      latencyFromPublished: result.latencyFromPublished,
      roundTrip: result.roundTrip,
      feedLag: result.feedLag,
      eventsScheduled: dueTimes.filter((dueUs) => dueUs >= load.warmUpMs * 1e3).length,
      eventsPublished: result.feedLag.n,
      traffic: result.traffic,
      ledger: result.ledger,
      kernel: result.kernel,
      timeline: result.timeline,
      thirdsP50Us: result.thirdsP50Us,
      prediction: predict(technique, point),
      server: report.cost,
      agent: result.cost,
      errors: result.errors,
      counters: { ...report.counters[technique] },
    }
  } finally {
    await Promise.all([agent.stop(), server.stop(), network?.stop()])
  }
}
