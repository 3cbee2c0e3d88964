import { type Columns, fromColumns, toColumns } from './columns.ts'
import type { Observation } from './observation.ts'
import type { ResultRecord, Run } from './record.ts'
import type { MeasuredRun } from './store.ts'

/** A record without what it has in common with its run; its scenario by name where the run has the same. */
export type PackedRecord = Omit<ResultRecord, 'environment' | 'scenario'> & {
  environment?: ResultRecord['environment']
  scenario: ResultRecord['scenario'] | string
}
/** An observation without what it has in common with its run. */
export type PackedObservation = Omit<Observation, 'environment'> & {
  environment?: Observation['environment']
}

/** A run as a page holds it: what every record repeats stands there once. */
export interface PackedRun {
  run: Run
  /** Of objects as PackedRecord. */
  records: Columns
  observations: PackedObservation[]
}

/** Which records a page draws the delays of: as a curve of percentiles, over time; and the tails of all. */
export interface Drawn {
  histogram: (record: ResultRecord) => boolean
  tail?: (record: ResultRecord) => number[]
  timeline: (record: ResultRecord) => boolean
}

/**
 * Leaves out what stands in the run already; unpackRun brings it back.
 * @param drawn whose delays a page draws: only these keep the histogram of their delays. Histograms are most of a
 *   record's size; every figure that is read off them stays.
 */
export function packRun(
  run: Run,
  records: readonly ResultRecord[],
  observations: readonly Observation[],
  drawn: Drawn = ALL,
): PackedRun {
  const environmentText = JSON.stringify(run.environment)
  const scenarioTexts = new Map(run.scenarios.map((scenario) => [scenario.name, JSON.stringify(scenario)]))
  const withoutCommon = <Kept extends { environment: Run['environment'] }>({ environment, ...rest }: Kept) =>
    JSON.stringify(environment) === environmentText ? rest : { ...rest, environment }
  return {
    run,
    records: toColumns(
      records.map((record): PackedRecord => {
        const { scenario } = record
        const isCommon = JSON.stringify(scenario) === scenarioTexts.get(scenario.name)
        return { ...withoutCommon(lean(record, drawn)), scenario: isCommon ? scenario.name : scenario }
      }),
    ),
    observations: observations.map(withoutCommon),
  }
}

const ALL: Drawn = { histogram: () => true, timeline: () => true }

/** What stands where a histogram was left out. */
const LEFT_OUT = ''

function lean(record: ResultRecord, drawn: Drawn): ResultRecord {
  const { latency } = record
  const tail = drawn.tail?.(record)
  return {
    ...record,
    latency: { ...latency, ...(!drawn.histogram(record) && { hdr: LEFT_OUT }), ...(tail && { tail }) },
    timeline: drawn.timeline(record) ? record.timeline : { ...record.timeline, slices: [] },
  }
}

/** The run, its records and observations as they were before packRun. */
export function unpackRun({ run, records, observations }: PackedRun): MeasuredRun {
  const { environment } = run
  const scenarios = new Map(run.scenarios.map((scenario) => [scenario.name, scenario]))
  return {
    run,
    records: (fromColumns(records) as PackedRecord[]).map((record) => ({
      environment,
      ...record,
      scenario:
        typeof record.scenario === 'string'
          ? (scenarios.get(record.scenario) as ResultRecord['scenario'])
          : record.scenario,
    })),
    observations: observations.map((observation) => ({ environment, ...observation })),
  }
}
