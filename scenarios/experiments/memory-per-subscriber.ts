import {
  type MemoryPerSubscriberRow,
  memoryPerSubscriberRows,
} from '../../results/rows/memory-per-subscriber.ts'
import type { Experiment, ExperimentContext } from '../bench/experiment.ts'
import { shuffledRounds } from '../bench/shuffle.ts'
import { memoryAtStages } from './memory/phases.ts'
import { inTurn } from './shared/in-turn.ts'

/** Which connections are held, how many in each process, and how often. */
const plan = {
  techniques: ['long-poll', 'iframe-stream', 'sse', 'websocket', 'socket-io', 'bare-tcp'],
  // V8's young generation grows by steps of up to 10 MB, here or there: a wide range makes little of them.
  counts: [100, 600, 1_300],
  trials: 2,
}

/** The experiment by a plan. */
export async function memoryPerSubscriber(
  { seed, signal }: ExperimentContext,
  { techniques, counts, trials } = plan,
): Promise<MemoryPerSubscriberRow[]> {
  const cells = techniques.flatMap((technique) => counts.map((subscribers) => ({ technique, subscribers })))
  return inTurn(shuffledRounds(cells, trials, seed), async (cell) => {
    // One connection a subscriber, as Socket.IO has it in the end: on its way there it polls over others.
    const stages = await memoryAtStages({ ...cell, variant: { socketIo: 'websocket' } }, signal)
    return stages.map((memory) => ({ ...cell, ...memory }))
  })
}

export const experiment: Experiment<typeof memoryPerSubscriberRows> = {
  rows: memoryPerSubscriberRows,
  question: 'What does a held connection cost the server in memory?',
  expectation:
    "Some kB of JavaScript objects, more where Node's HTTP keeps a request and an answer for it, and about " +
    "4 kB of the kernel's for a socket, its file and its buffers; an event adds next to nothing, for it " +
    'is not kept.',
  expectedMs: 95_000,
  run: async (context) => ({ rows: await memoryPerSubscriber(context) }),
}
