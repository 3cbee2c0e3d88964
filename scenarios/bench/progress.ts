import { atPosition } from '../../report/axis.ts'
import { format } from '../../report/format.ts'
import type { Failure, ResultRecord } from '../../results/record.ts'
import { durationText } from './duration-text.ts'
import { type Display, liveTables } from './live-tables.ts'
import { expectedMs, type Trial, type WorkPlan } from './plan.ts'
import { keyOf } from './run.ts'
import { expectedAttempts, expectedSearchMs } from './search.ts'
import { type Step, TimeLeft, timeText } from './time-left.ts'

export interface Progress {
  trial(trial: Trial): void
  result(trial: Trial, result: ResultRecord | Failure): void
  experiment(name: string): void
  /** @param failure why it has no rows; null where it has. */
  observed(name: string, failure: string | null): void
  stop(): void
}

/** What is left to do of a plan, how long each experiment of it takes, and what was measured before. */
export interface Workload {
  plan: WorkPlan
  experimentMs: ReadonlyMap<string, number>
  records: readonly ResultRecord[]
}

/** About how long a plan takes, in ms. */
export function workloadMs(work: Workload): number {
  return stepsOf(work).reduce((total, step) => total + step.expectedMs, 0)
}

function stepsOf({ plan, experimentMs }: Workload): Step[] {
  return [
    ...plan.trials.map((trial) => ({ key: keyOf(trial), expectedMs: expectedMs(trial), trials: 1 })),
    // Two trials decide most values.
    ...plan.searches.map((planned) => ({
      ...{ key: searchKey(planned), expectedMs: expectedSearchMs(planned) },
      trials: 2 * expectedAttempts(planned.search),
    })),
    ...plan.experiments.map((name) => ({ key: name, expectedMs: experimentMs.get(name) ?? 0, trials: 0 })),
  ]
}

function searchKey({ scenario, technique }: Pick<Trial, 'scenario' | 'technique'>): string {
  return `${scenario.name} ${technique}`
}

/** Progress on standard error: on a terminal tables of what is found so far, elsewhere one line a trial or experiment. */
export function startProgress(work: Workload, stream: NodeJS.WriteStream = process.stderr): Progress {
  const left = new TimeLeft(stepsOf(work))
  const isTerminal = stream.isTTY && process.env.TERM !== 'dumb'
  const display = isTerminal ? liveTables(work.records, left, stream) : lines(work, left, stream)
  return {
    trial(trial) {
      const { scenario, point, technique, copy } = trial
      const at = point.at ? ` ${atPosition(point.at)}` : ''
      const again = copy === 2 ? ' again' : ''
      left.begin(scenario.search ? searchKey(trial) : keyOf(trial))
      const current = `${scenario.name}${at}, ${technique}${again}, trial ${trial.trial} of ${scenario.trials}`
      display.began(current, scenario.name)
    },
    result(trial, result) {
      left.end(expectedMs(trial))
      display.ended(outcomeOf(result), result)
    },
    experiment(name) {
      left.begin(name)
      display.began(`experiment ${name}`)
    },
    observed(_, failure) {
      left.end()
      display.ended(failure ?? 'seen')
    },
    stop: () => display.stop(),
  }
}

function lines(work: Workload, left: TimeLeft, stream: NodeJS.WriteStream): Display {
  let current = ''
  const what = workText(work.plan)
  // Of a run that is resumed nothing may be left.
  if (what) stream.write(`${what}, about ${durationText(workloadMs(work))}\n`)
  return {
    began(what) {
      current = what
    },
    ended: (outcome) => void stream.write(`[${timeText(left)}] ${current}: ${outcome}\n`),
    stop() {},
  }
}

/** `396 trials, 6 searches and 20 experiments` */
export function workText({ trials, searches, experiments }: WorkPlan): string {
  const count = (n: number, one: string, many: string) => (n === 0 ? [] : [`${n} ${n === 1 ? one : many}`])
  const parts = [
    ...count(trials.length, 'trial', 'trials'),
    ...count(searches.length, 'search', 'searches'),
    ...count(experiments.length, 'experiment', 'experiments'),
  ]
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

function outcomeOf(result: ResultRecord | Failure): string {
  if ('reason' in result) return `failed: ${result.reason.split('\n')[0]}`
  const { account, latency } = result
  return latency.n === 0
    ? `no event, lost ${account.lost}`
    : `p50 ${format.us(latency.p50Us)}, longest ${format.us(latency.maxUs)}, lost ${account.lost}`
}
