import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readEnvironment } from '../../clients/measure/environment.ts'
import type { Environment } from '../../results/record.ts'
import { type MeasuredRun, readRun } from '../../results/store.ts'
import { PushlabError } from '../../server/error.ts'
import type { WorkPlan } from './plan.ts'

/** An interrupted run, and where it is. */
export interface Interrupted {
  folder: string
  measured: MeasuredRun
}

/**
 * The interrupted run in a folder.
 * @throws {PushlabError} BAD_INPUT where it came to its end, or was made by other code or on another machine, so that its
 *   records and new ones would not belong together; BAD_RECORD where it cannot be read.
 */
export function interruptedRun(folder: string): Interrupted {
  const measured = readRun(folder)
  if (!measured.run.partial) {
    throw new PushlabError(
      'BAD_INPUT',
      `${folder} came to its end: there is nothing to resume. Its report: pushlab report ${folder}`,
    )
  }
  refuseWhileMeasured(folder)
  const differing = differences(measured.run.environment, readEnvironment())
  if (differing.length > 0) {
    throw new PushlabError(
      'BAD_INPUT',
      `${folder} was measured under other conditions (${differing.join('; ')}): its records and new ones would not belong together. Measure anew: pushlab bench`,
    )
  }
  return { folder, measured }
}

/**
 * The latest interrupted run in a folder of runs that does what a plan is to do, here and now; undefined for none.
 * @param seed that it has to have; left out: any.
 */
export function latestInterrupted(results: string, plan: WorkPlan, seed?: number): Interrupted | undefined {
  const folders = readdirSync(results)
    .filter((name) => existsSync(join(results, name, 'run.json')))
    .sort()
    .toReversed()
  for (const name of folders) {
    try {
      const found = interruptedRun(join(results, name))
      const { scenarios, techniques, experiments, seed: its } = found.measured.run
      if (seed !== undefined && its !== seed) continue
      const planned = [plan.scenarios, plan.techniques ?? null, plan.experiments]
      if (JSON.stringify([scenarios, techniques, experiments]) === JSON.stringify(planned)) return found
    } catch (error) {
      // What cannot be resumed is no candidate.
      if (!(error instanceof PushlabError)) throw error
    }
  }
  return undefined
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
 * @throws {PushlabError} BAD_INPUT where another process that lives has it.
 */
export function lockRun(folder: string): () => void {
  refuseWhileMeasured(folder)
  mkdirSync(folder, { recursive: true })
  const file = join(folder, LOCK)
  writeFileSync(file, String(process.pid))
  return () => rmSync(file, { force: true })
}

function refuseWhileMeasured(folder: string): void {
  const file = join(folder, LOCK)
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8'))
  if (pid === process.pid || !isAlive(pid)) return
  throw new PushlabError(
    'BAD_INPUT',
    `${folder} is being measured by process ${pid}. Wait for it, or end it: kill -INT ${pid}`,
  )
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
