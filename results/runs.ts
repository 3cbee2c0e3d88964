import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PushlabError } from '../server/error.ts'
import type { Run } from './record.ts'
import { readRunFile } from './store.ts'

/** The folder of runs. */
const RESULTS = fileURLToPath(new URL('./', import.meta.url))
/** The run that everybody has. */
const REFERENCE = 'reference'

/** A run, and the folder that holds it. */
export interface FoundRun {
  folder: string
  run: Run
}

/** The runs that there are, the last that ended first. What cannot be read as a run is left out. */
export function runsIn(results = RESULTS): FoundRun[] {
  const found = readdirSync(results).flatMap((name) => {
    const folder = join(results, name)
    try {
      return [{ folder, run: readRunFile(folder) }]
    } catch (error) {
      if (error instanceof PushlabError) return []
      throw error
    }
  })
  const endedAt = ({ run }: FoundRun) => Date.parse(run.endedAt) || 0
  return found.sort((a, b) => endedAt(b) - endedAt(a))
}

/**
 * The folder of the run that ended last, without those that git holds: they are kept for other reasons than being the
 * latest, and shall not get what a machine has seen by chance. Undefined where there is none.
 */
export function latestOwnRun(results = RESULTS): string | undefined {
  const kept = keptIn(results)
  return runsIn(results).find(({ folder }) => !kept.has(basename(folder)))?.folder
}

/**
 * The folder of the latest run of one's own; of the reference run where there is none.
 * @throws {PushlabError} BAD_INPUT where there is neither.
 */
export function latestRun(results = RESULTS): string {
  const isReference = ({ folder }: FoundRun) => basename(folder) === REFERENCE
  const folder = latestOwnRun(results) ?? runsIn(results).find(isReference)?.folder
  if (folder !== undefined) return folder
  throw new PushlabError('BAD_INPUT', 'There is no run in results/ yet. Measure one: pushlab bench')
}

/** A folder for a new run, with a name that sorts by time: `results/2026-01-31T12-00-00`. */
export function freshFolder(suffix = ''): string {
  return join(RESULTS, `${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}${suffix}`)
}

/** The names of the folders whose runs git holds; without git, and outside a checkout, that of the reference run. */
function keptIn(results: string): Set<string> {
  try {
    const files = execFileSync('git', ['-C', results, 'ls-files', '-z', '--', '*/run.json'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return new Set([REFERENCE, ...files.split('\0').map(dirname)])
  } catch {
    return new Set([REFERENCE])
  }
}
