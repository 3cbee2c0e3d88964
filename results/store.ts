import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { PushlabError } from '../server/error.ts'
import { pushlabCommand } from '../server/own-command.ts'
import { describeMismatch } from './mismatch.ts'
import { type Observation, ObservationSchema } from './observation.ts'
import { bringUpToDate } from './older.ts'
import { type ResultRecord, ResultRecordSchema, type Run, RunSchema, withoutUnread } from './record.ts'
import { isJsonName, utf8Text } from './text.ts'

const RUN_FILE = 'run.json'
const OBSERVATION_END = '.observation.json'

/** All that a run left behind. */
export interface MeasuredRun {
  run: Run
  /** In the order in which they were measured. */
  records: ResultRecord[]
  /** By the names of their experiments. */
  observations: Observation[]
}

/** Writes one trial's record into a run's folder, under a name that says which it is. */
export function writeRecord(folder: string, record: ResultRecord): void {
  const { scenario, point, technique, copy, trial } = record
  const at = point.at ? [`${point.at.axis}=${point.at.value}`] : []
  writeJson(
    join(
      folder,
      [scenario.name, ...at, technique, ...(copy === 2 ? ['again'] : []), trial, 'json'].join('.'),
    ),
    record,
  )
}

/** Writes what an experiment saw into a run's folder. */
export function writeObservation(folder: string, observation: Observation): void {
  writeJson(join(folder, `${observation.experiment}${OBSERVATION_END}`), observation)
}

/** Writes the run itself: what was planned, and whether it came to its end. */
export function writeRun(folder: string, run: Run): void {
  writeJson(join(folder, RUN_FILE), run)
}

/** Whether a folder holds a run, finished or not. */
export function holdsRun(folder: string): boolean {
  return existsSync(join(folder, RUN_FILE))
}

/**
 * Reads the run itself, without its records.
 * @throws {PushlabError} as readRun.
 */
export function readRunFile(folder: string): Run {
  return readJson(join(folder, RUN_FILE), RunSchema)
}

/**
 * Reads a run's folder.
 * @throws {PushlabError} BAD_RECORD naming the file and what is wrong with it: not there, cut short, not JSON, of
 *   another schema version, or not as the schema says.
 */
export function readRun(folder: string): MeasuredRun {
  const run = readRunFile(folder)
  const files = readdirSync(folder)
    .filter((file) => isJsonName(file) && file !== RUN_FILE)
    .sort()
  const isObservation = (file: string) => file.endsWith(OBSERVATION_END)
  const observations = files
    .filter(isObservation)
    .map((file) => readJson(join(folder, file), ObservationSchema))
  const records = files
    .filter((file) => !isObservation(file))
    .map((file) => withoutUnread(readJson(join(folder, file), ResultRecordSchema)))
  return { run, records: records.sort((a, b) => a.position - b.position), observations }
}

/**
 * Writes a file, and its folder where there is none. It is written under another name first: who is killed while
 * writing leaves the old file or the new one, never half of it.
 * @throws {PushlabError} BAD_INPUT where that cannot be, saying why.
 */
export function writeWhole(file: string, text: string): void {
  const part = `${file}.part`
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(part, text)
    renameSync(part, file)
  } catch (cause) {
    rmSync(part, { force: true, recursive: true })
    const reason = (cause as Error).message
    throw new PushlabError(
      'BAD_INPUT',
      `Cannot write ${file} (${reason}). Make room there, or get the right to write.`,
      {
        cause,
      },
    )
  }
}

function writeJson(file: string, value: unknown): void {
  writeWhole(file, `${JSON.stringify(value, null, 1)}\n`)
}

function readJson<Schema extends TSchema>(file: string, schema: Schema): Static<Schema> {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(file)
  } catch (cause) {
    throw new PushlabError(
      'BAD_RECORD',
      `Cannot read ${file}: is this the folder of a run? (${(cause as Error).message})`,
      { cause },
    )
  }
  const text = utf8Text(bytes, file)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new PushlabError(
      'BAD_RECORD',
      `${file} is not JSON, or was cut short (${(cause as Error).message}). Remove it, or measure again: ${pushlabCommand('bench')}`,
      { cause },
    )
  }
  bringUpToDate(value)
  const expected = (schema as unknown as { properties: { schema: { const: string } } }).properties.schema
    .const
  const found = (value as { schema?: unknown } | null)?.schema
  if (found !== expected) {
    throw new PushlabError(
      'BAD_RECORD',
      `${file} has schema ${JSON.stringify(found) ?? 'none'}, and this version of pushlab reads ${expected}. Read it with the version that wrote it, or measure again.`,
    )
  }
  if (!Value.Check(schema, value)) {
    throw new PushlabError('BAD_RECORD', `${file} is not a valid record: ${describeMismatch(schema, value)}`)
  }
  return value as Static<Schema>
}
