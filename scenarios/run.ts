import { readEnvironment } from '../clients/measure/environment.ts'
import { isWithinLimit } from '../report/analysis/capacity.ts'
import { OBSERVATION_SCHEMA } from '../results/observation.ts'
import { type Failure, RECORD_SCHEMA, type ResultRecord, RUN_SCHEMA, type Run } from '../results/record.ts'
import { type MeasuredRun, writeObservation, writeRecord, writeRun } from '../results/store.ts'
import { Unavailable } from './experiment.ts'
import { loadExperiment } from './experiments.ts'
import type { Trial, WorkPlan } from './plan.ts'
import { type Search, searchedPoint } from './scenario.ts'
import { findLargest } from './search.ts'
import { runTrial } from './trial.ts'

export interface RunOptions {
  /** Where the records go; also their file system's only trace. */
  folder: string
  /** The run's name. */
  name: string
  plan: WorkPlan
  seed: number
  /** The command that repeats it. */
  command: string
  /** What an interrupted run of the same plan has measured; it is not measured again. */
  resumed?: MeasuredRun
  /** Ends the run early; what was measured stays, marked as partial. */
  signal?: AbortSignal
  /** Told before a trial or an experiment starts, and after it ended either way. */
  onTrial?(trial: Trial): void
  onResult?(trial: Trial, result: ResultRecord | Failure): void
  onExperiment?(name: string): void
  onObserved?(name: string, failure: string | null): void
  /** How trials are measured; tests plant servers of their own. */
  measure?: typeof runTrial
}

/**
 * Measures every trial in order, one at a time, then searches, then makes experiments, and writes down each as soon as
 * it is there. What fails is noted and the run goes on: what can be measured is.
 */
export async function runPlan(options: RunOptions): Promise<MeasuredRun> {
  const run = new RunInProgress(options)
  run.save(true)
  const { plan, signal } = options
  for (const trial of plan.trials) if (!signal?.aborted) await run.measure(trial)
  for (const { scenario, technique, search } of plan.searches) {
    if (signal?.aborted) break
    const found = findLargest(search, (value) => run.holds({ scenario, technique, search }, value))
    await found.catch((error) => {
      if (!signal?.aborted) throw error
    })
  }
  for (const name of plan.experiments) if (!signal?.aborted) await run.experiment(name)
  return run.save(signal?.aborted ?? false)
}

class RunInProgress {
  readonly #options: RunOptions
  readonly #environment = readEnvironment()
  readonly #startedAt: string
  readonly #records: ResultRecord[]
  readonly #observations: MeasuredRun['observations']
  readonly #failures: Failure[] = []
  readonly #failedExperiments: Run['failedExperiments'] = []
  readonly #measured: Map<string, ResultRecord>

  constructor(options: RunOptions) {
    this.#options = options
    const { run, records = [], observations = [] } = options.resumed ?? {}
    this.#startedAt = run?.startedAt ?? new Date().toISOString()
    this.#records = [...records]
    this.#observations = [...observations]
    this.#measured = new Map(records.map((record) => [keyOf(record), record]))
  }

  /** Writes down how far it has come. */
  save(partial: boolean): MeasuredRun {
    const { folder, name, plan, seed, command } = this.#options
    const run: Run = {
      schema: RUN_SCHEMA,
      run: name,
      command,
      seed,
      startedAt: this.#startedAt,
      endedAt: new Date().toISOString(),
      scenarios: [...plan.scenarios],
      techniques: plan.techniques ? [...plan.techniques] : null,
      experiments: [...plan.experiments],
      plannedTrials: plan.trials.length,
      planned: plannedCells(plan.trials),
      notApplicable: [...plan.notApplicable],
      partial,
      failures: this.#failures,
      failedExperiments: this.#failedExperiments,
      environment: this.#environment,
    }
    writeRun(folder, run)
    return { run, records: this.#records, observations: this.#observations }
  }

  /** The trial's record, measured now where it is not there yet; undefined where it failed or was interrupted. */
  async measure(trial: Trial): Promise<ResultRecord | undefined> {
    const { folder, name, seed, command, signal, measure = runTrial } = this.#options
    const there = this.#measured.get(keyOf(trial))
    if (there) return there
    this.#options.onTrial?.(trial)
    const startedAt = new Date().toISOString()
    try {
      const measured = await measure(trial, signal)
      const record: ResultRecord = {
        schema: RECORD_SCHEMA,
        run: name,
        ...trial,
        position: this.#records.length + 1,
        seed,
        command,
        startedAt,
        environment: this.#environment,
        ...measured,
      }
      this.#records.push(record)
      writeRecord(folder, record)
      this.#options.onResult?.(trial, record)
      return record
    } catch (error) {
      if (signal?.aborted) return undefined
      const failure = { ...cellOf(trial), trial: trial.trial, reason: (error as Error).message }
      this.#failures.push(failure)
      this.#options.onResult?.(trial, failure)
      return undefined
    }
  }

  /** Whether the majority of a searched scenario's trials stays within its limit; ends as soon as that is decided. */
  async holds(
    { scenario, technique, search }: WorkPlan['searches'][number] & { search: Search },
    value: number,
  ): Promise<boolean> {
    const point = searchedPoint(scenario, search, value)
    const majority = Math.floor(scenario.trials / 2) + 1
    let [held, failed] = [0, 0]
    for (let trial = 1; held < majority && failed <= scenario.trials - majority; trial++) {
      const record = await this.measure({ scenario, point, technique, copy: 1, trial })
      this.#options.signal?.throwIfAborted()
      if (record && isWithinLimit(record, search)) held++
      else failed++
    }
    return held >= majority
  }

  async experiment(name: string): Promise<void> {
    const { folder, name: run, seed, command, signal = new AbortController().signal } = this.#options
    if (this.#observations.some(({ experiment }) => experiment === name)) return
    this.#options.onExperiment?.(name)
    const { question, expectation, run: make } = await loadExperiment(name)
    const startedAt = new Date().toISOString()
    try {
      const seen = await make({ seed, signal }).then(
        (observed) => ({ participants: {}, ...observed, unavailable: null }),
        (error) => {
          if (!(error instanceof Unavailable)) throw error
          return { participants: {}, rows: [], unavailable: error.message }
        },
      )
      const observation = {
        schema: OBSERVATION_SCHEMA,
        ...{ run, experiment: name, question, expectation, seed, command, startedAt },
        endedAt: new Date().toISOString(),
        environment: this.#environment,
        ...seen,
      } as const
      this.#observations.push(observation)
      writeObservation(folder, observation)
      this.#options.onObserved?.(name, observation.unavailable)
    } catch (error) {
      if (signal.aborted) return
      const reason = (error as Error).message
      this.#failedExperiments.push({ experiment: name, reason })
      this.#options.onObserved?.(name, reason)
    }
  }
}

function plannedCells(trials: readonly Trial[]): Run['planned'] {
  const cells = Map.groupBy(trials, (trial) => JSON.stringify(cellOf(trial)))
  return [...cells.values()].map((group) => ({ ...cellOf(group[0] as Trial), trials: group.length }))
}

function cellOf({ scenario, technique, point: { at }, copy }: Trial) {
  return { scenario: scenario.name, technique, ...(at && { at }), copy }
}

function keyOf(trial: Trial): string {
  return JSON.stringify([cellOf(trial), trial.trial])
}
