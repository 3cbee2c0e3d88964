import { accessSync, constants, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readEnvironment } from '../../clients/measure/environment.ts'
import type { Environment, Run } from '../../results/record.ts'
import { runsIn } from '../../results/runs.ts'
import { type MeasuredRun, readRun } from '../../results/store.ts'
import { PushlabError } from '../../server/error.ts'
import { pushlabCommand } from '../../server/own-command.ts'
import { livingOwner, ownerName, readLock, removeLock } from './owner.ts'
import type { WorkPlan } from './plan.ts'

/** An interrupted run, and where it is. */
export interface Interrupted {
  folder: string
  measured: MeasuredRun
}

/**
 * The interrupted run in a folder.
 * @param plan that it has to have; left out: any. Likewise the seed.
 * @throws {PushlabError} BAD_INPUT where it came to its end, was to do something else, or was made by other code or on
 *   another machine, so that its records and new ones would not belong together; BAD_RECORD where it cannot be read.
 */
export function interruptedRun(folder: string, plan?: WorkPlan, seed?: number): Interrupted {
  const measured = readRun(folder)
  const { partial, environment } = measured.run
  if (!partial) {
    throw new PushlabError(
      'BAD_INPUT',
      `${folder} came to its end: there is nothing to resume. Its report: ${pushlabCommand('report', folder)}`,
    )
  }
  if (plan && !isOf(measured.run, plan, seed)) {
    throw new PushlabError(
      'BAD_INPUT',
      `${folder} holds an interrupted run with another plan or seed. Go on with it: ${pushlabCommand('bench', '--resume', folder)}. Or choose another folder with --output.`,
    )
  }
  refuseWhileMeasured(folder)
  const differing = differences(environment, readEnvironment())
  if (differing.length > 0) {
    throw new PushlabError(
      'BAD_INPUT',
      `${folder} was measured under other conditions (${differing.join('; ')}): its records and new ones would not belong together. Measure anew: ${pushlabCommand('bench')}`,
    )
  }
  return { folder, measured }
}

/**
 * The interrupted run of a plan, here and now, that was measured last; undefined for none.
 * @param seed that it has to have; undefined for any.
 * @param results a folder of runs.
 */
export function latestInterrupted(plan: WorkPlan, seed?: number, results?: string): Interrupted | undefined {
  for (const { folder, run } of runsIn(results)) {
    if (!run.partial || !isOf(run, plan, seed)) continue
    try {
      return interruptedRun(folder)
    } catch (error) {
      // What cannot be resumed is no candidate.
      if (!(error instanceof PushlabError)) throw error
    }
  }
  return undefined
}

function isOf(
  { scenarios, techniques, experiments, agents = 1, ...run }: Run,
  plan: WorkPlan,
  seed = run.seed,
): boolean {
  const planned = [plan.scenarios, plan.techniques ?? null, plan.experiments, plan.agents, seed]
  return JSON.stringify([scenarios, techniques, experiments, agents, run.seed]) === JSON.stringify(planned)
}

/** What makes records of two times not belong together. */
function differences(before: Environment, now: Environment): string[] {
  const facts = [
    'commit',
    'os',
    'cpuModel',
    'cores',
    'memoryBytes',
    'loopbackMtuBytes',
    'descriptorLimit',
    'dirty',
  ] as const
  return [
    ...facts
      .filter((fact) => before[fact] !== now[fact])
      .map((fact) => `${fact}: ${before[fact]}, now ${now[fact]}`),
    ...Object.entries(now.versions)
      .filter(([name, version]) => before.versions[name] !== version)
      .map(([name, version]) => `${name}: ${before.versions[name]}, now ${version}`),
  ]
}

const LOCK = 'measuring.pid'

/**
 * Marks a run's folder as being measured by this process; returns the function that takes the mark away.
 * @throws {PushlabError} BAD_INPUT where another process that lives has it, or nothing can be written there.
 */
export function lockRun(folder: string): () => void {
  refuseWhileMeasured(folder)
  const file = join(folder, LOCK)
  makeFolder(folder, () => {
    // Whose mark was left behind may have been another user.
    rmSync(file, { force: true })
    writeFileSync(file, ownerName(process.pid) ?? '')
  })
  return () => removeLock(file)
}

/**
 * Makes a folder where there is none.
 * @param write writes into it; default: only looks whether one may.
 * @throws {PushlabError} BAD_INPUT where that cannot be, or nothing can be written into it.
 */
export function makeFolder(
  folder: string,
  write = () => accessSync(folder, constants.W_OK | constants.X_OK),
): void {
  try {
    mkdirSync(folder, { recursive: true })
    write()
  } catch (cause) {
    throw cannotWrite(folder, cause)
  }
}

function cannotWrite(place: string, cause: unknown): PushlabError {
  const message = `Cannot write into ${place} (${(cause as Error).message}). Choose another folder with --output.`
  return new PushlabError('BAD_INPUT', message, { cause })
}

function refuseWhileMeasured(folder: string): void {
  const pid = livingOwner(readLock(join(folder, LOCK)))
  if (pid === undefined || pid === process.pid) return
  throw new PushlabError(
    'BAD_INPUT',
    `${folder} is being measured by process ${pid}. Wait for it, or end it: kill -INT ${pid}`,
  )
}
