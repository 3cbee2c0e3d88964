import { SingleBar } from 'cli-progress'
import { atPosition } from '../../report/axis.ts'
import { format } from '../../report/format.ts'
import type { Failure, ResultRecord } from '../../results/record.ts'
import { durationText } from './duration-text.ts'
import { expectedMs, type Trial, type WorkPlan } from './plan.ts'
import { expectedSearchMs } from './search.ts'

export interface Progress {
  trial(trial: Trial): void
  result(trial: Trial, result: ResultRecord | Failure): void
  experiment(name: string): void
  /** @param failure why it has no rows; null where it has. */
  observed(name: string, failure: string | null): void
  stop(): void
}

/** What is left to do of a plan, and how long each experiment of it takes. */
export interface Workload {
  plan: WorkPlan
  experimentMs: ReadonlyMap<string, number>
}

/** About how long a plan takes, in ms. */
export function workloadMs({ plan, experimentMs }: Workload): number {
  const sum = (values: number[]) => values.reduce((total, ms) => total + ms, 0)
  return (
    sum(plan.trials.map(expectedMs)) +
    sum(plan.searches.map(expectedSearchMs)) +
    sum(plan.experiments.map((name) => experimentMs.get(name) ?? 0))
  )
}

/**
 * Progress on standard error: a bar with the time left on a terminal, one line a trial or experiment elsewhere. The time
 * left is the sum of what the plan should take, corrected by how long it has taken so far.
 */
export function startProgress(work: Workload, stream: NodeJS.WriteStream = process.stderr): Progress {
  const totalMs = workloadMs(work)
  const startedAt = Date.now()
  let doneMs = 0
  let last = ''
  let current = ''
  const left = () => {
    const pace = doneMs > 0 ? (Date.now() - startedAt) / doneMs : 1
    return durationText(Math.max(0, totalMs - doneMs) * pace)
  }
  const share = () => `${Math.min(100, Math.floor((100 * doneMs) / Math.max(1, totalMs)))} %`
  const bar = stream.isTTY
    ? new SingleBar({
        format: '{bar} {share} | {left} left | {current} | {last}',
        stream,
        hideCursor: true,
        barsize: 20,
        barCompleteChar: '\u2588',
        barIncompleteChar: '\u2591',
        clearOnComplete: true,
      })
    : undefined
  const show = () => ({ left: left(), share: share(), current, last })
  bar?.start(totalMs, 0, show())
  if (!bar) stream.write(`${workText(work.plan)}, about ${durationText(totalMs)}\n`)
  const begin = (what: string) => {
    current = what
    bar?.update(Math.min(doneMs, totalMs), show())
  }
  const end = (tookMs: number, outcome: string) => {
    doneMs += tookMs
    last = outcome
    if (bar) bar.update(Math.min(doneMs, totalMs), show())
    else stream.write(`[${share()}, ${left()} left] ${current}: ${last}\n`)
  }

  return {
    trial({ scenario, point, technique, copy, trial }) {
      const at = point.at ? ` ${atPosition(point.at)}` : ''
      const again = copy === 2 ? ' again' : ''
      begin(`${scenario.name}${at}, ${technique}${again}, trial ${trial} of ${scenario.trials}`)
    },
    result: (trial, result) => end(expectedMs(trial), outcomeOf(result)),
    experiment: (name) => begin(`experiment ${name}`),
    observed: (name, failure) => end(work.experimentMs.get(name) ?? 0, failure ?? 'seen'),
    stop() {
      bar?.stop()
    },
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
