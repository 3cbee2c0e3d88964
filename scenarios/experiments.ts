import { readdirSync } from 'node:fs'
import { basename } from 'node:path'
import type { Experiment } from './experiment.ts'
import { unknown } from './library.ts'

const FOLDER = new URL('./experiments/', import.meta.url)

/** The names of all experiments, sorted. */
export function experimentNames(): string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => basename(file, '.ts'))
    .sort()
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
