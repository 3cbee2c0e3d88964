import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readEnvironment } from '../clients/measure/environment.ts'
import type { Environment } from '../results/record.ts'
import { type MeasuredRun, readRun } from '../results/store.ts'
import { PushlabError } from '../server/error.ts'
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
  const differing = differences(measured.run.environment, readEnvironment())
  if (differing.length > 0) {
    throw new PushlabError(
      'BAD_INPUT',
      `${folder} was measured under other conditions (${differing.join('; ')}): its records and new ones would not belong together. Measure anew: pushlab bench`,
    )
  }
  return { folder, measured }
}

/** The latest interrupted run in a folder of runs that does what a plan is to do, here and now; undefined for none. */
export function latestInterrupted(results: string, plan: WorkPlan): Interrupted | undefined {
  const folders = readdirSync(results)
    .filter((name) => existsSync(join(results, name, 'run.json')))
    .sort()
    .toReversed()
  for (const name of folders) {
    try {
      const found = interruptedRun(join(results, name))
      const { scenarios, techniques, experiments } = found.measured.run
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
  const facts = ['commit', 'os', 'cpuModel', 'cores', 'memoryBytes'] as const
  return [
    ...facts
      .filter((fact) => before[fact] !== now[fact])
      .map((fact) => `${fact}: ${before[fact]}, now ${now[fact]}`),
    ...Object.entries(now.versions)
      .filter(([name, version]) => before.versions[name] !== version)
      .map(([name, version]) => `${name}: ${before.versions[name]}, now ${version}`),
  ]
}
