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
  records: PackedRecord[]
  observations: PackedObservation[]
}

/** Leaves out what stands in the run already; unpackRun brings it back. */
export function packRun(
  run: Run,
  records: readonly ResultRecord[],
  observations: readonly Observation[],
): PackedRun {
  const environmentText = JSON.stringify(run.environment)
  const scenarioTexts = new Map(run.scenarios.map((scenario) => [scenario.name, JSON.stringify(scenario)]))
  const withoutCommon = <Kept extends { environment: Run['environment'] }>({ environment, ...rest }: Kept) =>
    JSON.stringify(environment) === environmentText ? rest : { ...rest, environment }
  return {
    run,
    records: records.map((record) => {
      const { scenario } = record
      const isCommon = JSON.stringify(scenario) === scenarioTexts.get(scenario.name)
      return { ...withoutCommon(record), scenario: isCommon ? scenario.name : scenario }
    }),
    observations: observations.map(withoutCommon),
  }
}

/** The run, its records and observations as they were before packRun. */
export function unpackRun({ run, records, observations }: PackedRun): MeasuredRun {
  const { environment } = run
  const scenarios = new Map(run.scenarios.map((scenario) => [scenario.name, scenario]))
  return {
    run,
    records: records.map((record) => ({
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
