import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { mersenne } from 'pure-rand/generator/mersenne'

/**
 * When the feed's events are due. The plan is open loop: it is fixed before the run and never waits for
 * subscribers, so that a server that falls behind is seen to be late instead of being asked for less.
 */
export type Schedule =
  | { kind: 'constant'; ratePerSecond: number }
  | { kind: 'poisson'; ratePerSecond: number; seed: number }
  | {
      kind: 'bursts'
      /** Events that are due at the same instant. */
      burstEvents: number
      everyMs: number
    }
  | { kind: 'silent' }

/** A schedule that is begun: when its times count from, and when it is over. */
export interface PacerPlan {
  schedule: Schedule
  /** Monotonic microseconds that the schedule's times count from. */
  epochUs: number
  /** Events due this long after the epoch or later are not announced; default: without end. */
  untilUs?: number
  /** Each event is later by another share of this, so that none is in step with anybody's timer; default 0. */
  spreadUs?: number
}

/**
 * The same schedule at another mean rate: the `ratePerSecond` axis of a sweep. Bursts keep their size, and silence is
 * silence at any rate.
 */
export function withRate(schedule: Schedule, ratePerSecond: number): Schedule {
  switch (schedule.kind) {
    case 'silent':
      return schedule
    case 'bursts':
      return { ...schedule, everyMs: (schedule.burstEvents * 1000) / ratePerSecond }
    default:
      return { ...schedule, ratePerSecond }
  }
}

/** The mean rate of a schedule, in events per second. */
export function rateOf(schedule: Schedule): number {
  switch (schedule.kind) {
    case 'silent':
      return 0
    case 'bursts':
      return (schedule.burstEvents * 1000) / schedule.everyMs
    default:
      return schedule.ratePerSecond
  }
}

const GOLDEN = (Math.sqrt(5) - 1) / 2

/**
 * The due times of a schedule, without end but for silence, in microseconds after the feed's epoch, never decreasing.
 *
 * - constant: (i + 1/2) / rate, so that a window that starts and ends on a whole period cuts no event in two;
 * - poisson: gaps of -ln(1 - u) / rate with u uniform in [0, 1) from the seeded Mersenne Twister (xoroshiro and
 * xorshift begin near 1 for small seeds);
 * - bursts: `burstEvents` equal times every `everyMs`, the first after half of it;
 * - silent: none.
 */
export function* dueTimesUs(schedule: Schedule): Generator<number, void> {
  switch (schedule.kind) {
    case 'constant':
      for (let i = 0; ; i++) yield ((i + 0.5) * 1e6) / schedule.ratePerSecond
    case 'poisson': {
      const random = mersenne(schedule.seed)
      for (let dueUs = 0; ; ) {
        dueUs += (-Math.log1p(-uniformFloat64(random)) * 1e6) / schedule.ratePerSecond
        yield dueUs
      }
    }
    case 'bursts':
      for (let burst = 0; ; burst++) {
        const dueUs = (burst + 0.5) * schedule.everyMs * 1e3
        for (let i = 0; i < schedule.burstEvents; i++) yield dueUs
      }
    case 'silent':
  }
}

/**
 * The same, each later by another share of `spreadUs`: the multiples of the golden ratio fill the shares from 0 to 1 more
 * evenly than those of any other number. Where no gap is shorter than the spread, none goes back.
 */
export function* spreadTimesUs(dueTimes: Iterable<number>, spreadUs: number): Generator<number, void> {
  let i = 0
  for (const dueUs of dueTimes) yield dueUs + ((i++ * GOLDEN) % 1) * spreadUs
}

/** The first due time from `fromUs` on; undefined where there is none. */
export function dueTimeFrom(schedule: Schedule, fromUs: number): number | undefined {
  for (const dueUs of dueTimesUs(schedule)) if (dueUs >= fromUs) return dueUs
  return undefined
}

/** The due times before `untilUs`, in microseconds after the epoch. */
export function dueTimesBefore(schedule: Schedule, untilUs: number): number[] {
  const dueTimes: number[] = []
  for (const dueUs of dueTimesUs(schedule)) {
    if (dueUs >= untilUs) break
    dueTimes.push(dueUs)
  }
  return dueTimes
}
