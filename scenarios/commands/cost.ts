import type { FromReader, ToReader } from '../../clients/bare-reader.ts'
import { textTable } from '../../report/sentences/summary.ts'
import { median } from '../../report/statistics/median.ts'
import type { Point } from '../../results/scenario.ts'
import { nowUs } from '../../server/clock.ts'
import type { ProcessCost } from '../../server/process-cost.ts'
import { dueTimesBefore } from '../../server/schedule.ts'
import { defaultVariant } from '../../server/variant.ts'
import { Child } from '../bench/child.ts'
import { type ServerProcess, startAgent, startServer } from '../bench/rig.ts'

const READER = new URL('../../clients/bare-reader.ts', import.meta.url)

const TIMEOUT_MS = 60_000
const PAYLOAD_BYTES = 100
const WARM_UP_MS = 2_000
const MEASURE_MS = 3_000
const ROUNDS = 3
const schedule = { kind: 'constant', ratePerSecond: 50 } as const
const load = {
  subscribers: 1_000,
  warmUpMs: WARM_UP_MS,
  measureMs: MEASURE_MS,
  pollIntervalMs: 1_000,
  holdMs: 25_000,
}
const STREAMS = ['sse', 'websocket', 'iframe-stream', 'fetch-stream', 'multipart-stream', 'xml-socket']

/**
 * `pushlab cost`: what measuring costs. The CPU time per received event of the load agent beside that of a process
 * whose sockets only read the same stream, at 1,000 subscribers x 50 events/s, in turn and in the same rounds.
 */
export async function cost(): Promise<void> {
  const taken = STREAMS.map(() => ({ bare: [] as number[], agent: [] as number[] }))
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, technique] of STREAMS.entries()) {
      taken[i]?.bare.push(await withServer(technique, readerCost))
      taken[i]?.agent.push(await withServer(technique, agentCost))
    }
  }
  const rows = taken.map(({ bare, agent }, i) => {
    const ratios = agent.map((us, round) => us / (bare[round] as number))
    return [STREAMS[i] as string, ...[median(bare), median(agent), median(ratios)].map((n) => n.toFixed(2))]
  })
  const head = ['CPU time per received event', 'bare reader, µs', 'load agent, µs', 'times the bare reader']
  console.log(textTable([head, ...rows]))
  const factors = rows.map((row) => Number(row.at(-1)))
  console.log(`\nLargest less smallest factor: ${(Math.max(...factors) - Math.min(...factors)).toFixed(2)}`)
}

/** What a subscriber says first, by hand. */
function openingOf(technique: string, url: string): string {
  if (technique === 'xml-socket') return '<subscribe/>\0'
  const upgrade =
    technique === 'websocket'
      ? `Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${btoa('a bare reader...')}\r\n`
      : ''
  return `GET /${technique} HTTP/1.1\r\nHost: ${new URL(url).host}\r\n${upgrade}\r\n`
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
  return { window, epochUs, untilUs, lastSeq: dueTimesBefore(schedule, untilUs).length }
}

async function readerCost(server: ServerProcess, url: string, technique: string): Promise<number> {
  const reader = new Child<ToReader, FromReader>(READER)
  try {
    reader.send({ type: 'ramp-up', url, opening: openingOf(technique, url), subscribers: load.subscribers })
    await reader.receive('ready', TIMEOUT_MS)
    reader.send({ type: 'measure', window: startFeed(server).window })
    const { cost } = await reader.receive('result', TIMEOUT_MS)
    return perEvent(cost, (load.subscribers * schedule.ratePerSecond * MEASURE_MS) / 1e3)
  } finally {
    await reader.stop()
  }
}

async function agentCost(server: ServerProcess, url: string, technique: string): Promise<number> {
  const agent = startAgent({ technique, point })
  try {
    agent.send({ type: 'ramp-up', url })
    await agent.receive('ready', TIMEOUT_MS)
    agent.send({ type: 'measure', ...startFeed(server), drainMs: 3_000 })
    await agent.receive('drained', TIMEOUT_MS)
    agent.send({ type: 'finish', published: 0 })
    const { cost, traffic } = await agent.receive('result', TIMEOUT_MS)
    return perEvent(cost, traffic.window.events)
  } finally {
    await agent.stop()
  }
}

function perEvent({ cpuUs }: ProcessCost, events: number): number {
  return cpuUs / events
}
