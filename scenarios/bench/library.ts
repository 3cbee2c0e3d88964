import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { closest, distance } from 'fastest-levenshtein'
import { Value } from 'typebox/value'
import { describeMismatch } from '../../results/mismatch.ts'
import { bringUpToDate } from '../../results/older.ts'
import { type Scenario, ScenarioSchema } from '../../results/scenario.ts'
import { isJsonName, utf8Text } from '../../results/text.ts'
import { PushlabError } from '../../server/error.ts'
import { pushlabCommand } from '../../server/own-command.ts'
import { registry } from '../../server/registry.ts'

const LIBRARY = new URL('../library/', import.meta.url)

const SUITES: readonly Scenario['suite'][] = ['glance', 'quick', 'full', 'large']

/** Every scenario of the library, by suite, each in the order of its name. */
export function listScenarios(): Scenario[] {
  const scenarios = readdirSync(LIBRARY).map((file) => loadScenario(basename(file, '.json')))
  return scenarios.sort(
    (a, b) => SUITES.indexOf(a.suite) - SUITES.indexOf(b.suite) || a.name.localeCompare(b.name),
  )
}

/**
 * A scenario by its name in the library, or from a file: what ends in `.json` is a path.
 * @throws {PushlabError} BAD_INPUT with a suggestion, or with what is wrong where in the file.
 */
export function loadScenario(nameOrPath: string): Scenario {
  if (isJsonName(nameOrPath)) return readScenario(nameOrPath)
  const names = readdirSync(LIBRARY).map((file) => basename(file, '.json'))
  if (!names.includes(nameOrPath)) throw unknown('scenario', nameOrPath, names)
  return readScenario(new URL(`${nameOrPath}.json`, LIBRARY))
}

/** Checks technique names against the registry; throws BAD_INPUT with a suggestion. */
export function checkTechniques(names: readonly string[]): void {
  const known = registry.map(({ name }) => name)
  for (const name of names) if (!known.includes(name)) throw unknown('technique', name, known)
}

function readScenario(file: string | URL): Scenario {
  let value: unknown
  try {
    value = JSON.parse(utf8Text(readFileSync(file), file))
  } catch (cause) {
    if (cause instanceof PushlabError) throw cause
    const { message } = cause as Error
    throw new PushlabError('BAD_INPUT', `Cannot read the scenario ${file}: ${message}`, { cause })
  }
  bringUpToDate(value)
  if (!Value.Check(ScenarioSchema, value)) {
    const mismatch = describeMismatch(ScenarioSchema, value)
    throw new PushlabError('BAD_INPUT', `${file} is not a scenario: ${mismatch}`)
  }
  checkTechniques(value.techniques ?? [])
  return value
}

/**
 * An error for a name that is not known, with the nearest that is, where one is near.
 * @param see the command that lists them.
 */
export function unknown(kind: string, name: string, known: string[], see = 'list'): PushlabError {
  // Half a name is nearer to its whole than to a short other.
  const nearest = closest(name, known)
  const isNear = distance(name, nearest) <= Math.max(2, name.length / 2)
  const likely = known.find((candidate) => candidate.includes(name)) ?? (isNear ? nearest : undefined)
  const suggestion = likely ? ` Did you mean "${likely}"?` : ''
  return new PushlabError('BAD_INPUT', `Unknown ${kind} "${name}".${suggestion} See: ${pushlabCommand(see)}`)
}
