import { SingleBar } from 'cli-progress'
import { atPosition } from '../report/axis.ts'
import { format } from '../report/format.ts'
import type { Failure, ResultRecord } from '../results/record.ts'
import { expectedMs, type Trial } from './plan.ts'
import { durationText } from './words.ts'

export interface Progress {
  trial(trial: Trial, position: number): void
  result(result: ResultRecord | Failure): void
  stop(): void
}

/**
 * Progress on standard error: a bar with the time left on a terminal, one line per trial elsewhere. The time left is
 * the sum of what the plan's trials should take, corrected by how long those so far took.
 */
export function startProgress(
  trials: readonly Trial[],
  stream: NodeJS.WriteStream = process.stderr,
): Progress {
  const planMs = trials.map(expectedMs)
  const totalMs = planMs.reduce((sum, ms) => sum + ms, 0)
  const startedAt = Date.now()
  let doneMs = 0
  let done = 0
  let last = ''
  let current = ''
  const left = () => {
    const pace = doneMs > 0 ? (Date.now() - startedAt) / doneMs : 1
    return durationText((totalMs - doneMs) * pace)
  }
  const bar = stream.isTTY
    ? new SingleBar({
        format: '{bar} {value}/{total} | {left} left | {current} | {last}',
        stream,
        hideCursor: true,
        barsize: 20,
        barCompleteChar: '\u2588',
        barIncompleteChar: '\u2591',
        clearOnComplete: true,
      })
    : undefined
  const show = () => ({ left: left(), current, last })
  bar?.start(trials.length, 0, show())
  if (!bar) stream.write(`${trials.length} trials, about ${durationText(totalMs)}\n`)

  return {
    trial({ scenario, point, technique, copy, trial }) {
      const at = point.at ? ` ${atPosition(point.at)}` : ''
      current = `${scenario.name}${at}, ${technique}${copy === 2 ? ' again' : ''}, trial ${trial} of ${scenario.trials}`
      bar?.update(done, show())
    },
    result(result) {
      doneMs += planMs[done] as number
      done++
      last =
        'reason' in result
          ? `failed: ${result.reason.split('\n')[0]}`
          : result.latency.n === 0
            ? `no event, lost ${result.account.lost}`
            : `p50 ${format.us(result.latency.p50Us)}, longest ${format.us(result.latency.maxUs)}, lost ${result.account.lost}`
      if (bar) bar.update(done, show())
      else stream.write(`[${done}/${trials.length}, ${left()} left] ${current}: ${last}\n`)
    },
    stop() {
      bar?.stop()
    },
  }
}
