import type { FromReader, ToReader } from '../../clients/bare-reader.ts'
import { textTable } from '../../report/sentences/summary.ts'
import { estimate } from '../../report/statistics/estimate.ts'
import { median } from '../../report/statistics/median.ts'
import type { Point } from '../../results/scenario.ts'
import { nowUs } from '../../server/clock.ts'
import { PushlabError } from '../../server/error.ts'
import type { ProcessCost } from '../../server/process-cost.ts'
import { dueTimesBefore } from '../../server/schedule.ts'
import { defaultVariant } from '../../server/variant.ts'
import { Child } from '../bench/child.ts'
import { type Assignment, type ServerProcess, startAgent, startServer } from '../bench/rig.ts'

const READER = new URL('../../clients/bare-reader.ts', import.meta.url)

const TIMEOUT_MS = 60_000
const PAYLOAD_BYTES = 100
const WARM_UP_MS = 2_000
const schedule = { kind: 'constant', ratePerSecond: 50 } as const
const load = { subscribers: 1_000, warmUpMs: WARM_UP_MS, pollIntervalMs: 1_000, holdMs: 25_000 }
const STREAMS = ['sse', 'websocket', 'iframe-stream', 'fetch-stream', 'multipart-stream', 'xml-socket']

export interface CostOptions {
  rounds: number
  technique?: string[]
  /** Length of a window, ms. */
  measure: number
  json?: boolean
}

/** CPU time per received event in one round, µs. */
interface CostRound {
  technique: string
  round: number
  bareUs: number
  agentUs: number
}

/**
 * `pushlab cost`: what measuring costs. The CPU time per received event of the load agent beside that of a process
 * whose sockets only read the same stream, at 1,000 subscribers x 50 events/s, in turn and in the same rounds.
 */
export async function cost({ technique: techniques = STREAMS, ...options }: CostOptions): Promise<void> {
  const unknown = techniques.find((name) => !STREAMS.includes(name))
  if (unknown)
    throw new PushlabError('BAD_INPUT', `A bare reader reads ${STREAMS.join(', ')}, and not ${unknown}.`)
  const rounds: CostRound[] = []
  for (let round = 0; round < options.rounds; round++) {
    for (const technique of techniques) {
      process.stderr.write(`Round ${round + 1} of ${options.rounds}: ${technique}\n`)
      const bareUs = await withServer(technique, options.measure, readerCost)
      const agentUs = await withServer(technique, options.measure, agentCost)
      rounds.push({ technique, round, bareUs, agentUs })
    }
  }
  if (options.json) console.log(JSON.stringify({ ...options, rounds }))
  else console.log(report(techniques, rounds))
}

function report(techniques: readonly string[], rounds: readonly CostRound[]): string {
  const factors: number[] = []
  const rows = techniques.map((technique) => {
    const own = rounds.filter((round) => round.technique === technique)
    const { value, low, high } = estimate(own.map(({ bareUs, agentUs }) => agentUs / bareUs))
    factors.push(value)
    const taken = [median(own.map(({ bareUs }) => bareUs)), median(own.map(({ agentUs }) => agentUs))]
    return [
      technique,
      ...taken.map((us) => us.toFixed(2)),
      `${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`,
    ]
  })
  const head = ['CPU time per received event', 'bare reader, µs', 'load agent, µs', 'times the bare reader']
  return [
    textTable([head, ...rows]),
    'Medians over rounds. Intervals are 95 % by order statistics from 6 rounds on, with fewer the smallest and the largest.',
    `Largest less smallest factor: ${(Math.max(...factors) - Math.min(...factors)).toFixed(2)}`,
  ].join('\n\n')
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

/** A server that listens, and who is to subscribe to it for how long. */
interface Trial extends Assignment {
  server: ServerProcess
  url: string
}

async function withServer(
  technique: string,
  measureMs: number,
  measure: (trial: Trial) => Promise<number>,
): Promise<number> {
  const feed = { schedule, payloadBytes: PAYLOAD_BYTES }
  const point: Point = { feed, load: { ...load, measureMs }, variant: defaultVariant }
  const server = startServer({ technique, point })
  try {
    const { url } = await server.receive('listening', TIMEOUT_MS)
    return await measure({ server, url, technique, point })
  } finally {
    await server.stop()
  }
}

/** Starts the feed and gives the window and the number of events due in it. */
function startFeed({ server, point }: Trial) {
  const epochUs = nowUs() + 100_000
  const untilUs = (WARM_UP_MS + point.load.measureMs) * 1e3
  const window = { startUs: epochUs + WARM_UP_MS * 1e3, endUs: epochUs + untilUs }
  server.send({ type: 'start', epochUs, untilUs, window })
  return { window, epochUs, untilUs, lastSeq: dueTimesBefore(schedule, untilUs).length }
}

async function readerCost(trial: Trial): Promise<number> {
  const { url, technique, point } = trial
  const reader = new Child<ToReader, FromReader>(READER)
  try {
    reader.send({ type: 'ramp-up', url, opening: openingOf(technique, url), subscribers: load.subscribers })
    await reader.receive('ready', TIMEOUT_MS)
    reader.send({ type: 'measure', window: startFeed(trial).window })
    const { cost } = await reader.receive('result', TIMEOUT_MS)
    return perEvent(cost, (load.subscribers * schedule.ratePerSecond * point.load.measureMs) / 1e3)
  } finally {
    await reader.stop()
  }
}

async function agentCost(trial: Trial): Promise<number> {
  const agent = startAgent(trial)
  try {
    agent.send({ type: 'ramp-up', url: trial.url })
    await agent.receive('ready', TIMEOUT_MS)
    agent.send({ type: 'measure', ...startFeed(trial), drainMs: 3_000 })
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
