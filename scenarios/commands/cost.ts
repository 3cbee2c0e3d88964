import type { FromReader, ToReader } from '../../clients/bare-reader.ts'
import { textTable } from '../../report/sentences/summary.ts'
import { median } from '../../report/statistics/median.ts'
import type { Point } from '../../results/scenario.ts'
import { nowUs } from '../../server/clock.ts'
import type { ProcessCost } from '../../server/process-cost.ts'
import { dueTimesBefore, type Schedule } from '../../server/schedule.ts'
import { defaultVariant } from '../../server/variant.ts'
import { Child } from '../bench/child.ts'
import { type ServerProcess, startAgent, startServer } from '../bench/rig.ts'

const READER = new URL('../../clients/bare-reader.ts', import.meta.url)

const TIMEOUT_MS = 60_000
const PAYLOAD_BYTES = 100
const WARM_UP_MS = 2_000
const MEASURE_MS = 3_000
const ROUNDS = 3
const schedule: Schedule = { kind: 'constant', ratePerSecond: 50 }
const load = {
  subscribers: 1_000,
  warmUpMs: WARM_UP_MS,
  measureMs: MEASURE_MS,
  pollIntervalMs: 1_000,
  holdMs: 25_000,
}
const STREAMS = ['bare-tcp', 'websocket', 'sse', 'iframe-stream']

/**
 * `pushlab cost`: what measuring costs. The CPU time per received event of the load agent beside that of a process
 * whose sockets only read the same bare stream, at 1,000 subscribers x 50 events/s, in the same rounds.
 */
export async function cost(): Promise<void> {
  const columns = ['bare reader', ...STREAMS]
  const perEventUs: number[][] = columns.map(() => [])
  for (let round = 0; round < ROUNDS; round++) {
    perEventUs[0]?.push(await withServer('bare-tcp', readerCost))
    for (const [i, technique] of STREAMS.entries()) {
      perEventUs[i + 1]?.push(await withServer(technique, agentCost))
    }
  }
  const medians = perEventUs.map(median)
  const rows = columns.map((name, i) => [
    i === 0 ? name : `load agent, ${name}`,
    (medians[i] as number).toFixed(2),
    ((medians[i] as number) / (medians[0] as number)).toFixed(2),
  ])
  console.log(textTable([['CPU time per received event', 'µs', 'times the bare reader'], ...rows]))
}

const point: Point = { feed: { schedule, payloadBytes: PAYLOAD_BYTES }, load, variant: defaultVariant }

async function withServer(
  technique: string,
  measure: (server: ServerProcess, url: string, technique: string) => Promise<number>,
): Promise<number> {
  const server = startServer({ technique, point })
  try {
    const { url } = await server.receive('listening', TIMEOUT_MS)
    return await measure(server, url, technique)
  } finally {
    await server.stop()
  }
}

/** Starts the feed and gives the window and the number of events due in it. */
function startFeed(server: ServerProcess) {
  const epochUs = nowUs() + 100_000
  const window = { startUs: epochUs + WARM_UP_MS * 1e3, endUs: epochUs + (WARM_UP_MS + MEASURE_MS) * 1e3 }
  const untilUs = (WARM_UP_MS + MEASURE_MS) * 1e3
  server.send({ type: 'start', epochUs, untilUs, window })
  return { window, epochUs, lastSeq: dueTimesBefore(schedule, untilUs).length }
}

async function readerCost(server: ServerProcess, url: string): Promise<number> {
  const reader = new Child<ToReader, FromReader>(READER)
  try {
    reader.send({ type: 'ramp-up', url, path: 'bare-tcp', subscribers: load.subscribers })
    await reader.receive('ready', TIMEOUT_MS)
    reader.send({ type: 'measure', window: startFeed(server).window })
    const { cost, bytesRead } = await reader.receive('result', TIMEOUT_MS)
    return perEvent(cost, bytesRead / (PAYLOAD_BYTES + 1))
  } finally {
    await reader.stop()
  }
}

async function agentCost(server: ServerProcess, url: string, technique: string): Promise<number> {
  const agent = startAgent({ technique, point })
  try {
    agent.send({ type: 'ramp-up', url })
    await agent.receive('ready', TIMEOUT_MS)
    const { window, epochUs, lastSeq } = startFeed(server)
    agent.send({ type: 'measure', window, lastSeq, drainMs: 3_000 })
    await agent.receive('drained', TIMEOUT_MS)
    agent.send({ type: 'finish', publications: [], epochUs })
    const { cost, traffic } = await agent.receive('result', TIMEOUT_MS)
    return perEvent(cost, traffic.window.events)
  } finally {
    await agent.stop()
  }
}

function perEvent({ cpuUs }: ProcessCost, events: number): number {
  return cpuUs / events
}
