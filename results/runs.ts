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

/** The runs that there are, the last that ended first. What cannot be read as a run is left out. */
export function runsIn(results = RESULTS): { folder: string; run: Run }[] {
  const found = readdirSync(results).flatMap((name) => {
    const folder = join(results, name)
    try {
      return [{ folder, run: readRunFile(folder) }]
    } catch (error) {
      if (error instanceof PushlabError) return []
      throw error
    }
  })
  const endedAt = ({ run }: (typeof found)[number]) => Date.parse(run.endedAt) || 0
  return found.sort((a, b) => endedAt(b) - endedAt(a))
}

/**
 * The folder of the run that ended last, without those that git holds: they are kept for other reasons than being the
 * latest, and shall not get what a machine has seen by chance.
 * @param otherwise where there is none.
 */
export function latestRun(otherwise = join(RESULTS, REFERENCE), results = RESULTS): string {
  const kept = keptIn(results)
  return runsIn(results).find(({ folder }) => !kept.has(basename(folder)))?.folder ?? otherwise
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
