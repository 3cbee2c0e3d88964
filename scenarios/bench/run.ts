import { hash } from 'node:crypto'
import { readEnvironment } from '../../clients/measure/environment.ts'
import { isWithinLimit } from '../../report/analysis/capacity.ts'
import { OBSERVATION_SCHEMA } from '../../results/observation.ts'
import { type Failure, type ResultRecord, type Run, withoutUnread } from '../../results/record.ts'
import { type Search, searchedPoint } from '../../results/scenario.ts'
import { type MeasuredRun, writeObservation, writeRecord, writeRun } from '../../results/store.ts'
import { RECORD_SCHEMA, RUN_SCHEMA } from '../../results/versions.ts'
import { PushlabError } from '../../server/error.ts'
import { pushlabCommand } from '../../server/own-command.ts'
import { fillCompileCache } from './compile-cache.ts'
import { checkRows, Unavailable } from './experiment.ts'
import { loadExperiment } from './experiments.ts'
import type { Trial, WorkPlan } from './plan.ts'
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
  /** Whether others may measure on this machine at the same time. */
  share?: boolean
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
 * @throws {PushlabError} NOT_WRITTEN where something cannot be written down: what follows could not be, either.
 */
export async function runPlan(options: RunOptions): Promise<MeasuredRun> {
  const run = new RunInProgress(options)
  run.save(true)
  const { plan, signal } = options
  await fillCompileCache()
  for (const trial of plan.trials) if (!signal?.aborted) await run.measure(trial)
  for (const planned of plan.searches) {
    if (signal?.aborted) break
    await findLargest(planned.search, (value) => run.holds(planned, value)).catch((error) => {
      // Its reason is noted already.
      if (!signal?.aborted && !(error instanceof BrokenSearch)) throw error
    })
  }
  for (const name of plan.experiments) if (!signal?.aborted) await run.experiment(name)
  return keep(options.folder, () => run.save(signal?.aborted ?? false))
}

/**
 * Writes down what was measured.
 * @param next what goes on with what is there, but for the folder.
 * @throws {PushlabError} NOT_WRITTEN where that cannot be, with how to go on.
 */
export function keep<Kept>(folder: string, write: () => Kept, next = ['bench', '--resume']): Kept {
  try {
    return write()
  } catch (error) {
    if (!(error instanceof PushlabError)) throw error
    const goOn = pushlabCommand(...next, folder)
    const message = `${error.message} What was written before is kept. Go on then: ${goOn}`
    throw new PushlabError('NOT_WRITTEN', message, { cause: error })
  }
}

/** A trial of a search failed by something else than its load: what is beyond cannot be told. */
class BrokenSearch extends Error {}

/** How long an experiment may take, in ms: some times as long as it says, on a slow machine. */
function deadlineMs(expectedMs: number): number {
  return 5 * expectedMs + 30_000
}
/** After its deadline, or Ctrl-C, an experiment has so long to leave nothing behind. */
const GRACE_MS = 10_000

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
    // What could not be made then may be possible now.
    this.#observations = observations.filter(({ unavailable }) => unavailable === null)
    this.#measured = new Map(records.map((record) => [keyOf(record), record]))
  }

  /** Writes down how far it has come. */
  save(partial: boolean): MeasuredRun {
    const { folder, name, plan, seed, command, share, resumed } = this.#options
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
      agents: plan.agents,
      plannedTrials: plan.trials.length,
      planned: plannedCells(plan.trials),
      notApplicable: [...plan.notApplicable],
      partial,
      ...((share || resumed?.run.shared) && { shared: true }),
      failures: this.#failures,
      failedExperiments: this.#failedExperiments,
      environment: this.#environment,
    }
    writeRun(folder, run)
    return { run, records: this.#records, observations: this.#observations }
  }

  /**
   * The trial's record, measured now where it is not there yet; the failure where it failed, undefined where it was
   * interrupted.
   * @param isSearched for which a load that cannot be had is a result.
   */
  async measure(trial: Trial, isSearched = false): Promise<ResultRecord | Failure | undefined> {
    const { folder, name, plan, seed, command, signal, measure = runTrial } = this.#options
    const there = this.#measured.get(keyOf(trial))
    if (there) return there
    this.#options.onTrial?.(trial)
    const startedAt = new Date().toISOString()
    let measured: Awaited<ReturnType<typeof measure>>
    try {
      measured = await measure(trial, { seed: seedOf(seed, trial), signal, agents: plan.agents })
    } catch (error) {
      if (signal?.aborted) return undefined
      const beyond = isSearched && isOverload(error)
      const failure = {
        ...cellOf(trial),
        trial: trial.trial,
        reason: (error as Error).message,
        ...(beyond && { beyond: true as const }),
      }
      this.#failures.push(failure)
      this.#options.onResult?.(trial, failure)
      return failure
    }
    const record = withoutUnread({
      schema: RECORD_SCHEMA,
      run: name,
      ...trial,
      position: this.#records.length + 1,
      seed,
      command,
      startedAt,
      environment: this.#environment,
      ...measured,
    })
    keep(folder, () => writeRecord(folder, record))
    this.#records.push(record)
    this.#options.onResult?.(trial, record)
    return record
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
      const result = await this.measure({ scenario, point, technique, copy: 1, trial }, true)
      this.#options.signal?.throwIfAborted()
      if (!result || ('reason' in result && !result.beyond)) throw new BrokenSearch()
      if ('reason' in result || !isWithinLimit(result, search)) failed++
      else held++
    }
    return held >= majority
  }

  async experiment(name: string): Promise<void> {
    const { folder, name: run, seed, command, signal: interrupt } = this.#options
    if (this.#observations.some(({ experiment }) => experiment === name)) return
    this.#options.onExperiment?.(name)
    const { rows: contract, question, expectation, expectedMs, run: make } = await loadExperiment(name)
    const startedAt = new Date().toISOString()
    const limitMs = deadlineMs(expectedMs)
    const deadline = AbortSignal.timeout(limitMs)
    const signal = AbortSignal.any([deadline, ...(interrupt ? [interrupt] : [])])
    try {
      const seen = await Promise.race([make({ seed, signal }), endOf(signal)]).then(
        (observed) => {
          checkRows(contract, observed.rows)
          return { participants: {}, ...observed, unavailable: null }
        },
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
      keep(folder, () => writeObservation(folder, observation))
      this.#observations.push(observation)
      this.#options.onObserved?.(name, observation.unavailable)
    } catch (error) {
      if (error instanceof PushlabError && error.code === 'NOT_WRITTEN') throw error
      if (interrupt?.aborted) return
      const reason = deadline.aborted
        ? `It did not end within ${Math.round(limitMs / 1e3)} s.`
        : (error as Error).message
      this.#failedExperiments.push({ experiment: name, reason })
      this.#options.onObserved?.(name, reason)
    }
  }
}

/** Whether a trial failed because so much load cannot be had: subscribers not accepted, or work not done in time. */
function isOverload(error: unknown): boolean {
  return error instanceof PushlabError && (error.code === 'NOT_ACCEPTED' || error.code === 'OVERLOADED')
}

/** Rejects some time after a signal has aborted, for what does not heed it. */
function endOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => setTimeout(() => reject(signal.reason), GRACE_MS).unref(), {
      once: true,
    })
  })
}

function plannedCells(trials: readonly Trial[]): Run['planned'] {
  const cells = Map.groupBy(trials, (trial) => JSON.stringify(cellOf(trial)))
  return [...cells.values()].map((group) => ({ ...cellOf(group[0] as Trial), trials: group.length }))
}

function cellOf({
  scenario,
  technique,
  point: { at },
  copy,
}: Pick<Trial, 'scenario' | 'technique' | 'point' | 'copy'>) {
  return { scenario: scenario.name, technique, ...(at && { at }), copy }
}

/** What tells a trial from all others of a run. */
export function keyOf(trial: Pick<Trial, 'scenario' | 'technique' | 'point' | 'copy' | 'trial'>): string {
  return JSON.stringify([cellOf(trial), trial.trial])
}

/** The seed of what is random in a trial: by the run's, and another for each trial. */
function seedOf(seed: number, trial: Trial): number {
  return hash('sha256', `${seed} ${keyOf(trial)}`, 'buffer').readUInt32LE()
}
