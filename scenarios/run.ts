import { readEnvironment } from '../clients/measure/environment.ts'
import { type Failure, RECORD_SCHEMA, type ResultRecord, RUN_SCHEMA, type Run } from '../results/record.ts'
import { writeRecord, writeRun } from '../results/store.ts'
import type { NotApplicable, Trial } from './plan.ts'
import { runTrial } from './trial.ts'

export interface RunOptions {
  /** Where the records go; also their file system's only trace. */
  folder: string
  /** The run's name. */
  name: string
  trials: readonly Trial[]
  notApplicable: readonly NotApplicable[]
  seed: number
  /** The command that repeats it. */
  command: string
  /** Ends the run early; what was measured stays, marked as partial. */
  signal?: AbortSignal
  /** Told before a trial starts, and after it ended either way. */
  onTrial?(trial: Trial, position: number): void
  onResult?(result: ResultRecord | Failure): void
}

/**
 * Measures every trial in order, one at a time, and writes each record as soon as it is there. A trial that fails is
 * noted and the run goes on: what can be measured is.
 */
export async function runTrials(options: RunOptions): Promise<{ run: Run; records: ResultRecord[] }> {
  const { folder, name, trials, seed, command, signal } = options
  const environment = readEnvironment()
  const startedAt = new Date().toISOString()
  const records: ResultRecord[] = []
  const failures: Failure[] = []
  const save = (partial: boolean): Run => {
    const run: Run = {
      schema: RUN_SCHEMA,
      run: name,
      command,
      seed,
      startedAt,
      endedAt: new Date().toISOString(),
      plannedTrials: trials.length,
      planned: plannedCells(trials),
      notApplicable: [...options.notApplicable],
      partial,
      failures,
      environment,
    }
    writeRun(folder, run)
    return run
  }

  save(true)
  for (const [i, trial] of trials.entries()) {
    if (signal?.aborted) break
    options.onTrial?.(trial, i + 1)
    const trialStartedAt = new Date().toISOString()
    try {
      const measured = await runTrial(trial, signal)
      const record: ResultRecord = {
        schema: RECORD_SCHEMA,
        run: name,
        ...trial,
        position: i + 1,
        seed,
        command,
        startedAt: trialStartedAt,
        environment,
        ...measured,
      }
      records.push(record)
      writeRecord(folder, record)
      options.onResult?.(record)
    } catch (error) {
      if (signal?.aborted) break
      const failure: Failure = {
        ...cellOf(trial),
        trial: trial.trial,
        reason: (error as Error).message,
      }
      failures.push(failure)
      options.onResult?.(failure)
    }
  }
  return { run: save(signal?.aborted ?? false), records }
}

function plannedCells(trials: readonly Trial[]): Run['planned'] {
  const cells = Map.groupBy(trials, (trial) => JSON.stringify(cellOf(trial)))
  return [...cells.values()].map((group) => ({ ...cellOf(group[0] as Trial), trials: group.length }))
}

function cellOf({ scenario, technique, point: { at }, copy }: Trial) {
  return { scenario: scenario.name, technique, ...(at && { at }), copy }
}
