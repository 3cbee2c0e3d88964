import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { type DeflateMemoryRow, deflateMemoryRows } from '../../results/rows/deflate-memory.ts'
import { Child } from '../bench/child.ts'
import type { Experiment, ExperimentContext } from '../bench/experiment.ts'
import { shuffledRounds } from '../bench/shuffle.ts'
import type { FromDeflateServer, ToDeflateServer } from './memory/deflate-server.ts'
import { inTurn } from './shared/in-turn.ts'

const SERVER = new URL('./memory/deflate-server.ts', import.meta.url)
/** How many connections, and how often each. */
const plan = { counts: [50, 150, 300], trials: 2 }
const AT_ONCE = 50
/** Messages of the burst after the first, one by one to all. */
const BURST_MESSAGES = 20
const SETTLE_MS = 100
const TIMEOUT_MS = 30_000

type Cell = Pick<DeflateMemoryRow, 'compression' | 'subscribers' | 'trial'>

/** The rows of one fresh server process: before the first message, after it, after a burst. */
async function observe(
  { compression, subscribers, trial }: Cell,
  signal: AbortSignal,
): Promise<DeflateMemoryRow[]> {
  const server = new Child<ToDeflateServer, FromDeflateServer>(SERVER, { nodeFlags: ['--expose-gc'] })
  const clients: WebSocket[] = []
  const rows: DeflateMemoryRow[] = []
  const read = async (stage: DeflateMemoryRow['stage']) => {
    await sleep(SETTLE_MS, undefined, { signal })
    server.send({ type: 'memory' })
    const { type: _, held, ...memory } = await server.receive('memory', TIMEOUT_MS, signal)
    rows.push({ compression, subscribers, stage, trial, held, ...memory })
  }
  const broadcast = async () => {
    server.send({ type: 'broadcast' })
    await server.receive('written', TIMEOUT_MS, signal)
  }
  try {
    server.send({ type: 'listen', compression })
    const { url } = await server.receive('listening', TIMEOUT_MS, signal)
    while (clients.length < subscribers) {
      const size = Math.min(AT_ONCE, subscribers - clients.length)
      const fresh = Array.from({ length: size }, () => new WebSocket(url, { perMessageDeflate: compression }))
      clients.push(...fresh)
      await Promise.all(fresh.map((client) => once(client, 'open', { signal })))
    }
    await read('before the first message')
    await broadcast()
    await read('after the first message')
    for (let i = 0; i < BURST_MESSAGES; i++) await broadcast()
    await read('after a burst')
    return rows
  } finally {
    for (const client of clients) client.on('error', () => {}).terminate()
    await server.stop()
  }
}

/** The experiment by a plan. */
export async function deflateMemory(
  { seed, signal }: ExperimentContext,
  { counts, trials } = plan,
): Promise<DeflateMemoryRow[]> {
  const cells = [false, true].flatMap((compression) =>
    counts.map((subscribers) => ({ compression, subscribers })),
  )
  return inTurn(shuffledRounds(cells, trials, seed), (cell) => observe(cell, signal))
}

export const experiment: Experiment<typeof deflateMemoryRows> = {
  rows: deflateMemoryRows,
  question: 'What does permessage-deflate cost the server in memory, for every connection?',
  expectation:
    'Nothing but a little before the first compressed message, for ws makes the compressor then; from ' +
    "there on zlib's 2^17 + 2^17 bytes for a window of 32 kB (zconf.h), about 260 kB.",
  expectedMs: 14_000,
  run: async (context) => ({ rows: await deflateMemory(context) }),
}
