import type { Command, Phase, Target } from './oracle.ts'

export const SUBSCRIBERS = 5
export const PORT = 8080

const TECHNIQUES = ['sse', 'websocket']

/** Two trials of less than a second, with a network between. */
export const SCENARIO = {
  name: 'torture',
  question: 'What becomes of a run when something goes wrong?',
  expectation: 'What was measured stays, and the rest can be measured later.',
  suite: 'full',
  techniques: TECHNIQUES,
  trials: 1,
  feed: { schedule: { kind: 'constant', ratePerSecond: 20 }, payloadBytes: 100 },
  network: { roundTripMs: 2 },
  load: { subscribers: SUBSCRIBERS, warmUpMs: 200, measureMs: 500, pollIntervalMs: 1_000, holdMs: 25_000 },
}

/** About how long a phase lasts on a quiet machine, in ms: a fault comes within it. */
export const PHASE_MS: Record<Phase, number> = {
  planning: 400,
  starting: 300,
  measuring: 600,
  experimenting: 1_500,
  ending: 250,
  opening: 300,
  serving: 1_000,
  open: 1_000,
}

/** A plan's kind: what only an experiment does takes another. */
export type Plan = 'trials' | 'experiment'

export const planOf = (target: Target): Plan => (target === 'browser' ? 'experiment' : 'trials')

/** The arguments of Node.js. @param scenario path of its file. */
export function argumentsOf(command: Command, plan: Plan, folder: string, scenario: string): string[] {
  const pushlab = 'scenarios/pushlab.js'
  const what = plan === 'trials' ? ['-s', scenario] : ['-e', 'event-source-204']
  const of: Record<Command, string[]> = {
    bench: [pushlab, 'bench', ...what, '--seed', '1', '-o', folder],
    resume: [pushlab, 'bench', '--resume', folder],
    server: ['server/main.js', '--port', String(PORT), '--rate', '50'],
    demo: [pushlab, 'demo', '--port', String(PORT)],
  }
  return of[command]
}

/** Whether a command ends by itself. */
export const ends = (command: Command) => command === 'bench' || command === 'resume'
