import { connectionsPerSubscriber } from '../../clients/connections.ts'
import { descriptorLimit } from '../../clients/measure/environment.ts'
import { searchedPoint } from '../../results/scenario.ts'
import type { MeasuredRun } from '../../results/store.ts'
import { PushlabError } from '../../server/error.ts'
import { ExitCode } from '../exit.ts'
import { loadExperiment } from './experiments.ts'
import type { WorkPlan } from './plan.ts'
import { startProgress, type Workload } from './progress.ts'
import { lockRun } from './resume.ts'
import { keyOf, type RunOptions, runPlan } from './run.ts'

/** Descriptors that a process needs besides one for each subscriber's socket. */
const SPARE_DESCRIPTORS = 200

/** How long the experiments of a plan take, by name, in ms. */
export async function workloadOf(plan: WorkPlan): Promise<Workload> {
  const experiments = await Promise.all(plan.experiments.map(loadExperiment))
  return {
    plan,
    experimentMs: new Map(experiments.map(({ rows, expectedMs }) => [rows.experiment, expectedMs])),
  }
}

/**
 * Runs a plan with progress on standard error. The first Ctrl-C (or SIGTERM) ends it with what is there, the second
 * quits.
 * @throws {PushlabError} BAD_INPUT where another process measures into that folder.
 */
export async function measure(options: Omit<RunOptions, 'signal'>): Promise<MeasuredRun> {
  const interrupt = new AbortController()
  const onInterrupt = () => {
    if (interrupt.signal.aborted) process.exit(ExitCode.interrupted)
    interrupt.abort()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onInterrupt)
  const unlock = lockRun(options.folder)
  const progress = startProgress(await workloadOf(remaining(options)))
  try {
    return await runPlan({
      ...options,
      signal: interrupt.signal,
      onTrial: progress.trial,
      onResult: progress.result,
      onExperiment: progress.experiment,
      onObserved: progress.observed,
    })
  } finally {
    progress.stop()
    unlock()
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, onInterrupt)
  }
}

/** What a resumed run has left to do. */
function remaining({ plan, resumed }: Pick<RunOptions, 'plan' | 'resumed'>): WorkPlan {
  if (!resumed) return plan
  const done = new Set(resumed.records.map(keyOf))
  const seen = new Set(
    resumed.observations
      .filter(({ unavailable }) => unavailable === null)
      .map(({ experiment }) => experiment),
  )
  return {
    ...plan,
    trials: plan.trials.filter((trial) => !done.has(keyOf(trial))),
    experiments: plan.experiments.filter((name) => !seen.has(name)),
  }
}

/**
 * The server's process is the hungriest: it has the sockets of all subscribers, and each load agent those of its share.
 * @throws {PushlabError} TOO_FEW_DESCRIPTORS where a trial of the plan needs more than a process may open.
 */
export function checkDescriptors({ trials, searches }: WorkPlan): void {
  const limit = descriptorLimit()
  if (limit === null) return
  const loads = [
    ...trials.map(({ point, technique }) => ({ point, technique })),
    ...searches.map(({ scenario, technique, search }) => ({
      point: searchedPoint(scenario, search, search.to),
      technique,
    })),
  ]
  const needed = ({ point, technique }: (typeof loads)[number]) =>
    point.load.subscribers * connectionsPerSubscriber(point, technique)
  const hungriest = loads.toSorted((a, b) => needed(b) - needed(a))[0]
  if (!hungriest || needed(hungriest) + SPARE_DESCRIPTORS <= limit) return
  const most = needed(hungriest)
  const { subscribers } = hungriest.point.load
  const fitting = Math.floor(((limit - SPARE_DESCRIPTORS) * subscribers) / most)
  throw new PushlabError(
    'TOO_FEW_DESCRIPTORS',
    `${subscribers} subscribers of ${hungriest.technique} need ${most + SPARE_DESCRIPTORS} file descriptors in the server's process, and a process may open ${limit} here. ` +
      `Use --subscribers ${Math.max(1, fitting)} or fewer, or raise the limit: ulimit -n`,
  )
}
