import { readFileSync } from 'node:fs'
import type { FromSaturator, ToSaturator } from '../../clients/saturate.ts'
import { type SaturationRow, saturationRows } from '../../results/rows/saturation.ts'
import { nowUs } from '../../server/clock.ts'
import { defaultVariant } from '../../server/variant.ts'
import { Child } from '../bench/child.ts'
import type { Experiment, ExperimentContext } from '../bench/experiment.ts'
import { startServer } from '../bench/rig.ts'
import { shuffledRounds } from '../bench/shuffle.ts'
import { inTurn } from './shared/in-turn.ts'

const SATURATOR = new URL('../../clients/saturate.ts', import.meta.url)
const MANIFEST = new URL(import.meta.resolve('autocannon/package.json'))
const TIMEOUT_MS = 15_000
const WARM_UP_MS = 250
const PAYLOAD_BYTES = 100
const HOLD_MS = 25_000
const LEAD_MS = 20

/** With how many connections is asked, for how long and how often. */
const plan = { connections: [1, 100], measureMs: 600, trials: 3 }

/** Each request, and the events that have been published before the first of them. */
const requests = [
  { technique: 'short-poll', answer: 'empty', query: 'lastEventId=0', published: 0 },
  { technique: 'short-poll', answer: 'one event', query: 'lastEventId=0', published: 1 },
  { technique: 'long-poll', answer: 'one event', query: 'lastEventId=0', published: 1 },
  { technique: 'jsonp-poll', answer: 'one event', query: 'lastEventId=0&callback=f', published: 1 },
] as const

type Cell = (typeof requests)[number] & { connections: number; trial: number }

async function observe(
  { technique, answer, query, published, connections, trial }: Cell,
  measureMs: number,
  saturator: Child<ToSaturator, FromSaturator>,
  signal: AbortSignal,
): Promise<SaturationRow> {
  const schedule = { kind: 'bursts' as const, burstEvents: Math.max(1, published), everyMs: 1 }
  const load = { subscribers: connections, warmUpMs: 0, measureMs, pollIntervalMs: 1_000, holdMs: HOLD_MS }
  const server = startServer({
    technique,
    point: { feed: { schedule, payloadBytes: PAYLOAD_BYTES }, load, variant: defaultVariant },
  })
  try {
    const listening = await server.receive('listening', TIMEOUT_MS, signal)
    const url = `${listening.url}/${technique}?${query}`
    if (published > 0) {
      const epochUs = nowUs() + LEAD_MS * 1e3
      const window = { startUs: epochUs, endUs: epochUs + 1e3 }
      server.send({ type: 'start', epochUs, untilUs: 1e3, window })
      // Answered once the window is over. On a busy machine the event may be a little later still.
      for (let there = 0; there < published; ) {
        server.send({ type: 'report' })
        there = (await server.receive('report', TIMEOUT_MS, signal)).published
      }
    }
    const saturate = async (durationMs: number) => {
      saturator.send({ type: 'saturate', url, connections, durationMs })
      return saturator.receive('saturated', TIMEOUT_MS, signal)
    }
    await saturate(WARM_UP_MS)
    const { answers, elapsedMs, bytesDown, errors, non2xx } = await saturate(measureMs)
    return {
      ...{ technique, answer, connections, trial },
      requestsPerSecond: (answers * 1e3) / elapsedMs,
      bytesPerSecond: (bytesDown * 1e3) / elapsedMs,
      ...{ answers, errors, non2xx },
    }
  } finally {
    await server.stop()
  }
}

/** The experiment by a plan. */
export async function saturation(
  { seed, signal }: ExperimentContext,
  { connections, measureMs, trials } = plan,
): Promise<SaturationRow[]> {
  const cells = requests.flatMap((request) =>
    connections.map((count) => ({ ...request, connections: count })),
  )
  const saturator = new Child<ToSaturator, FromSaturator>(SATURATOR)
  try {
    return await inTurn(shuffledRounds(cells, trials, seed), (cell) =>
      observe(cell, measureMs, saturator, signal),
    )
  } finally {
    await saturator.stop()
  }
}

export const experiment: Experiment<typeof saturationRows> = {
  rows: saturationRows,
  question: 'How many polls a second does one server process answer when it is asked as fast as it can?',
  expectation:
    'Some ten thousand, an empty answer and one with an event alike, for what costs is the request; with ' +
    'one connection fewer, because each request waits for the answer before. JSONP is long polling with a ' +
    'longer head.',
  expectedMs: 33_000,
  run: async (context) => ({
    rows: await saturation(context),
    participants: { autocannon: JSON.parse(readFileSync(MANIFEST, 'utf8')).version },
  }),
}
