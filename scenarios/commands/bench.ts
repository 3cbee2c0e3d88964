import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { descriptorLimit } from '../../clients/measure/environment.ts'
import { summaryTables } from '../../report/summary.ts'
import { PushlabError } from '../../server/error.ts'
import { ExitCode } from '../exit.ts'
import { checkTechniques, listScenarios, loadScenario } from '../library.ts'
import { planTrials, type Trial } from '../plan.ts'
import { startProgress } from '../progress.ts'
import { runTrials } from '../run.ts'
import type { Scenario } from '../scenario.ts'
import { RESULTS, writeReport } from './report.ts'

/** The flags of `pushlab bench`, parsed. */
export interface BenchOptions {
  scenario?: string[]
  suite: string
  technique?: string[]
  trials?: number
  subscribers?: number
  warmUp?: number
  measure?: number
  seed?: number
  output?: string
}

/** Descriptors that a process needs besides one for each subscriber's socket. */
const SPARE_DESCRIPTORS = 200

/** `pushlab bench`: plan, measure, write the report, say what was found. */
export async function bench(options: BenchOptions): Promise<void> {
  checkTechniques(options.technique ?? [])
  const scenarios = chosenScenarios(options)
  const seed = options.seed ?? Math.floor(Math.random() * 2 ** 31)
  const trials = planTrials(scenarios, seed, options.technique)
  checkDescriptors(trials)
  const name = options.output ?? freshName()
  const folder = options.output ?? join(RESULTS, name)
  if (existsSync(join(folder, 'run.json'))) {
    throw new PushlabError('BAD_INPUT', `${folder} already holds a run. Choose another folder with --output.`)
  }

  const interrupt = new AbortController()
  process.on('SIGINT', () => {
    if (interrupt.signal.aborted) process.exit(ExitCode.interrupted)
    interrupt.abort()
  })
  const progress = startProgress(trials)
  const command = [
    'pushlab',
    ...process.argv.slice(2),
    ...(options.seed === undefined ? ['--seed', seed] : []),
  ]
  const { run, records } = await runTrials({
    folder,
    name,
    trials,
    seed,
    command: command.join(' '),
    signal: interrupt.signal,
    onTrial: progress.trial,
    onResult: progress.result,
  })
  progress.stop()

  console.log(summaryTables(records))
  for (const { scenario, technique, trial, reason } of run.failures) {
    console.error(`Not measured: ${scenario}, ${technique}, trial ${trial}: ${reason}`)
  }
  if (run.partial) console.error(`Interrupted: ${records.length} of ${trials.length} trials were measured.`)
  console.log(writeReport(folder, run, records))
  if (run.partial) process.exitCode = ExitCode.interrupted
  else if (run.failures.length > 0) process.exitCode = ExitCode.notValid
}

function chosenScenarios({
  scenario,
  suite,
  trials,
  subscribers,
  warmUp,
  measure,
}: BenchOptions): Scenario[] {
  const chosen = scenario
    ? scenario.map(loadScenario)
    : listScenarios().filter((candidate) => suite === 'full' || candidate.suite === 'quick')
  return chosen.map((plan) => ({
    ...plan,
    trials: trials ?? plan.trials,
    load: {
      ...plan.load,
      subscribers: subscribers ?? plan.load.subscribers,
      warmUpMs: warmUp ?? plan.load.warmUpMs,
      measureMs: measure ?? plan.load.measureMs,
    },
  }))
}

function checkDescriptors(trials: readonly Trial[]): void {
  const limit = descriptorLimit()
  if (limit === null) return
  const most = Math.max(...trials.map(({ point }) => point.load.subscribers))
  if (most + SPARE_DESCRIPTORS <= limit) return
  throw new PushlabError(
    'TOO_FEW_DESCRIPTORS',
    `${most} subscribers need ${most + SPARE_DESCRIPTORS} file descriptors, and a process may open ${limit} here. ` +
      `Use --subscribers ${Math.max(1, limit - SPARE_DESCRIPTORS)} or fewer, or raise the limit: ulimit -n`,
  )
}

/** A folder name that sorts by time, `2026-01-31T12-00-00`. */
function freshName(): string {
  return new Date().toISOString().slice(0, 19).replaceAll(':', '-')
}
