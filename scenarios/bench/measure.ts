import { searchedPoint } from '../../results/scenario.ts'
import type { MeasuredRun } from '../../results/store.ts'
import { ExitCode } from '../exit.ts'
import { checkSockets } from './descriptors.ts'
import { loadExperiment } from './experiments.ts'
import { alone } from './machine-lock.ts'
import type { WorkPlan } from './plan.ts'
import { startProgress, type Workload } from './progress.ts'
import { lockRun } from './resume.ts'
import { keyOf, type RunOptions, runPlan } from './run.ts'

/** How long the experiments of a plan take, by name, in ms; and what a run that is resumed has measured of it before. */
export async function workloadOf(plan: WorkPlan, records: Workload['records'] = []): Promise<Workload> {
  const experiments = await Promise.all(plan.experiments.map(loadExperiment))
  return {
    plan,
    records,
    experimentMs: new Map(experiments.map(({ rows, expectedMs }) => [rows.experiment, expectedMs])),
  }
}

/**
 * Runs a plan with progress on standard error. The first Ctrl-C (or SIGTERM) ends it with what is there, the second
 * quits.
 * @throws {PushlabError} BUSY where another process measures on this machine, unless they share it; BAD_INPUT where one measures into
 *   that folder.
 */
export function measure(options: Omit<RunOptions, 'signal'>): Promise<MeasuredRun> {
  return alone(options.folder, options.share, () => measureAlone(options))
}

async function measureAlone(options: Omit<RunOptions, 'signal'>): Promise<MeasuredRun> {
  const interrupt = new AbortController()
  const onInterrupt = () => {
    if (interrupt.signal.aborted) process.exit(ExitCode.interrupted)
    interrupt.abort()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onInterrupt)
  const unlock = lockRun(options.folder)
  const progress = startProgress(await workloadOf(remaining(options), options.resumed?.records))
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

/** @throws {PushlabError} TOO_FEW_DESCRIPTORS where a trial of the plan needs more sockets than this machine has. */
export function checkDescriptors({ trials, searches }: WorkPlan): void {
  const searched = searches.map(({ scenario, technique, search }) => ({
    technique,
    point: searchedPoint(scenario, search, search.to),
  }))
  checkSockets([...trials, ...searched])
}
