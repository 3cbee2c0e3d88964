import { readdirSync } from 'node:fs'
import { basename } from 'node:path'
import type { Scenario } from '../../results/scenario.ts'
import type { Experiment } from './experiment.ts'
import { unknown } from './library.ts'

const FOLDER = new URL('../experiments/', import.meta.url)

/** The names of all experiments, sorted. */
export function experimentNames(): string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => basename(file, '.ts'))
    .sort()
}

/** The names of a suite's experiments, sorted; the full one has all, those of a glance and of large loads none. */
export async function experimentsOf(suite: Scenario['suite']): Promise<string[]> {
  const names = experimentNames()
  if (suite === 'full') return names
  if (suite === 'large' || suite === 'glance') return []
  const experiments = await Promise.all(names.map(loadExperiment))
  return experiments.filter((experiment) => experiment.suite === 'quick').map(({ rows }) => rows.experiment)
}

/**
 * An experiment by its name.
 * @throws {PushlabError} BAD_INPUT with a suggestion.
 */
export async function loadExperiment(name: string): Promise<Experiment> {
  const names = experimentNames()
  if (!names.includes(name)) throw unknown('experiment', name, names)
  const module: { experiment: Experiment } = await import(new URL(`${name}.ts`, FOLDER).href)
  return module.experiment
}
