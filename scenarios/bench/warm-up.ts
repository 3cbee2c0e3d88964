import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { mersenne } from 'pure-rand/generator/mersenne'
import type { Schedule } from '../../server/schedule.ts'

/** A warm-up is shorter or longer than asked for by up to this part. */
const SPREAD = 0.25

/**
 * How long a trial warms up, in ms: `warmUpMs` in the mean, by the trial's seed. A process collects its garbage by a
 * rhythm of its own; were all warm-ups alike, each window would see the same part of it. In whole periods of the schedule, so that
 * each window has the same events at the same times. A Poisson process has no period: `warmUpMs`, for every technique gets the same events.
 */
export function drawWarmUpMs(warmUpMs: number, schedule: Schedule, seed: number): number {
  const periodMs = periodOfMs(schedule)
  const periods = periodMs === undefined ? 0 : Math.floor((SPREAD * warmUpMs) / periodMs)
  const drawnMs = warmUpMs + (periodMs ?? 0) * uniformInt(mersenne(seed), -periods, periods)
  // To a nanosecond, which is all that clocks have.
  return Math.round(drawnMs * 1e6) / 1e6
}

function periodOfMs(schedule: Schedule): number | undefined {
  switch (schedule.kind) {
    case 'constant':
      return 1e3 / schedule.ratePerSecond
    case 'bursts':
      return schedule.everyMs
    case 'silent':
      return 1
    case 'poisson':
      return undefined
  }
}
