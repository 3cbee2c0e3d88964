import { bringUpToDate } from './older.ts'
import { type PackedRun, unpackRun } from './pack.ts'
import type { ResultRecord, Run } from './record.ts'
import type { MeasuredRun } from './store.ts'
import { RECORD_SCHEMA, RUN_SCHEMA } from './versions.ts'

/** What is wrong with a run that came from outside. */
export type Fault = 'no run' | 'another version'

/**
 * A run that came from outside, as a report saves it or holds it, checked as far as a comparison looks at it: a light
 * check for where the whole schema would weigh too much. `store.ts` checks all of what is read from a run's folder.
 */
export function foreignRun(value: unknown): MeasuredRun | { fault: Fault; schema?: string } {
  try {
    const { run, records } = value as Partial<MeasuredRun>
    const schema = run?.schema
    if (typeof schema !== 'string') return { fault: 'no run' }
    if (schema !== RUN_SCHEMA) return { fault: 'another version', schema }
    const measured = Array.isArray(records) ? (value as MeasuredRun) : unpackRun(value as PackedRun)
    for (const one of [measured.run, ...measured.records]) bringUpToDate(one)
    const stranger = measured.records.find((record) => record.schema !== RECORD_SCHEMA)
    if (stranger) return { fault: 'another version', schema: String(stranger.schema) }
    return isRun(measured.run) && measured.records.every(isRecord) ? measured : { fault: 'no run' }
  } catch {
    return { fault: 'no run' }
  }
}

function isRun({ run, startedAt, environment }: Partial<Run>): boolean {
  return typeof run === 'string' && typeof startedAt === 'string' && typeof environment?.versions === 'object'
}

/** Which parts of a record have to be objects. */
const PARTS = [
  ...['scenario.feed', 'scenario.load', 'point.feed', 'point.load', 'point.variant', 'account', 'latency'],
  ...['latencyFromPublished', 'feedLag', 'traffic.window', 'traffic.setup', 'ledger.total.up'],
  ...['ledger.total.down', 'ledger.window.up', 'ledger.window.down', 'thirdsP50Us', 'prediction', 'server'],
  ...['agent', 'errors'],
].map((path) => path.split('.'))

function isRecord(record: ResultRecord): boolean {
  const { technique, trial, scenario } = record
  const part = (path: string[]) => path.reduce<unknown>((value, name) => (value as never)?.[name], record)
  const isThere = (value: unknown) => typeof value === 'object' && value !== null
  return (
    typeof technique === 'string' &&
    typeof trial === 'number' &&
    typeof scenario?.name === 'string' &&
    PARTS.every((path) => isThere(part(path)))
  )
}
