import {
  constants,
  type NodeGCPerformanceDetail,
  type PerformanceEntry,
  PerformanceObserver,
} from 'node:perf_hooks'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { nowUs, roundedUs } from './clock.ts'

/** Something that stopped this process for a while. */
export interface Pause {
  /** When it began, in ms from the window's beginning on. */
  atMs: number
  durationUs: number
  /** stall: a timer of the event loop fired so much too late, for whatever reason. */
  kind: 'gc minor' | 'gc major' | 'gc incremental' | 'gc weakcb' | 'stall'
}

export interface Pauses {
  /** Garbage collections of the main thread, and how long they took together, in microseconds. */
  gcCount: number
  gcTotalUs: number
  /** The longest ones, in the order of time. */
  longest: Pause[]
}

const SHORTEST_US = 2_000
const KEPT = 12
/**
 * A stall is noticed by a timer that looks at the clock so often, and is at least so late then. What is over before the
 * timer is due goes unseen: one that fires each 10 ms would see more, and cost 1.4 % of a core (seen on 2 cores), a
 * fifth of what some servers take here in all.
 */
const CHECK_US = 100_000
const STALLED_US = 20_000

const KINDS = new Map<number | undefined, Pause['kind']>([
  [constants.NODE_PERFORMANCE_GC_MINOR, 'gc minor'],
  // Of the other collector of young objects, which --minor-ms chooses; @types/node does not name it.
  [2, 'gc minor'],
  [constants.NODE_PERFORMANCE_GC_MAJOR, 'gc major'],
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL, 'gc incremental'],
  [constants.NODE_PERFORMANCE_GC_WEAKCB, 'gc weakcb'],
])

/** A running monitorEventLoopDelay, and the resolution that it was given. */
export interface LoopDelay {
  /** In nanoseconds, from one firing of its timer to the next. */
  histogram: { readonly max: number }
  resolutionUs: number
}

/**
 * Watches from now on what stops this process, at the price of looking at the clock ten times a second and of one
 * entry a collection.
 * @param originUs the window's beginning on the monotonic clock.
 * @returns a function that ends it, at the moment of its call, and resolves a turn of the event loop later.
 */
export function watchPauses(originUs: number, { histogram, resolutionUs }: LoopDelay): () => Promise<Pauses> {
  const startUs = nowUs()
  // Entries tell the time on the same clock, from the process's start on.
  const processStartUs = startUs - performance.now() * 1e3
  const seen: Pause[] = []
  let [gcCount, gcTotalUs] = [0, 0]
  let endUs = Number.POSITIVE_INFINITY
  const add = (kind: Pause['kind'], atUs: number, durationUs: number) => {
    if (durationUs < SHORTEST_US) return
    seen.push({ atMs: Math.round(atUs - originUs) / 1e3, durationUs: roundedUs(durationUs), kind })
  }

  const note = (entries: PerformanceEntry[]) => {
    for (const { startTime, duration, detail } of entries as (PerformanceEntry & {
      detail: NodeGCPerformanceDetail
    })[]) {
      const atUs = processStartUs + startTime * 1e3
      if (atUs < startUs || atUs > endUs) continue
      gcCount++
      gcTotalUs += duration * 1e3
      add(KINDS.get(detail.kind) ?? 'gc major', atUs, duration * 1e3)
    }
  }
  const observer = new PerformanceObserver((list) => note(list.getEntries()))
  observer.observe({ entryTypes: ['gc'] })

  let checkedUs = startUs
  let longestDelayUs = 0
  const check = () => {
    const atUs = nowUs()
    const lateUs = atUs - checkedUs - CHECK_US
    const delayUs = histogram.max / 1e3 - resolutionUs
    // The finer timer below the histogram has seen more of the stall, and tells how much where it is the longest so far.
    const stallUs = delayUs > longestDelayUs ? Math.max(delayUs, lateUs) : lateUs
    if (lateUs >= STALLED_US) add('stall', atUs - stallUs, stallUs)
    longestDelayUs = Math.max(longestDelayUs, delayUs)
    checkedUs = atUs
  }
  const timer = setInterval(check, CHECK_US / 1e3)

  return async () => {
    endUs = nowUs()
    clearInterval(timer)
    check()
    // Node.js tells of a collection in the turn after it.
    await nextTurn()
    note(observer.takeRecords())
    observer.disconnect()
    return { gcCount, gcTotalUs: roundedUs(gcTotalUs), longest: longestOf(seen) }
  }
}

/** The longest pauses, so many as a record keeps, in the order of time. */
export function longestOf(pauses: readonly Pause[]): Pause[] {
  return pauses
    .toSorted((a, b) => b.durationUs - a.durationUs)
    .slice(0, KEPT)
    .sort((a, b) => a.atMs - b.atMs)
}
