import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { nowUs, roundedUs } from './clock.ts'
import { type Pauses, watchPauses } from './pauses.ts'

/** What a process spent between two instants. */
export interface ProcessCost {
  /** User and system time of all threads, microseconds. */
  cpuUs: number
  elapsedUs: number
  /** Resident set size at the end, bytes. */
  rssBytes: number
  /** How late a timer of the event loop fired, microseconds; 0 means on time. */
  loopDelayP50Us: number
  loopDelayP99Us: number
  loopDelayMaxUs: number
  pauses: Pauses
}

/** A window on the monotonic clock, microseconds. */
export interface Window {
  startUs: number
  endUs: number
}

const RESOLUTION_MS = 10

export interface Observing {
  /** Called at the start of the window, in the same turn as the first reading. */
  onStart?(): void
  /** Called at its end, in the same turn as the last. */
  onEnd?(): void
  /** What the times of pauses count from, monotonic microseconds; default: the window's start. */
  originUs?: number
}

/** Observes this process over a window that lies ahead; resolves at its end. */
export async function observeProcess(
  window: Window,
  { onStart, onEnd, originUs = window.startUs }: Observing = {},
): Promise<ProcessCost> {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  await sleepUntil(window.startUs)
  // First, because to begin with it costs more than then on.
  const endPauses = watchPauses(originUs, { histogram: delay, resolutionUs: RESOLUTION_MS * 1e3 })
  const cpu = process.cpuUsage()
  const startUs = nowUs()
  delay.enable()
  onStart?.()
  await sleepUntil(window.endUs)
  delay.disable()
  const { user, system } = process.cpuUsage(cpu)
  const elapsedUs = nowUs() - startUs
  const rssBytes = process.memoryUsage.rss()
  onEnd?.()
  const pauses = await endPauses()
  // The histogram holds the time from one firing to the next, so being on time reads as the resolution.
  const lateUs = (nanoseconds: number) =>
    roundedUs(Math.max(0, (nanoseconds || 0) / 1e3 - RESOLUTION_MS * 1e3))
  return {
    cpuUs: user + system,
    elapsedUs: roundedUs(elapsedUs),
    rssBytes,
    loopDelayP50Us: lateUs(delay.percentile(50)),
    loopDelayP99Us: lateUs(delay.percentile(99)),
    loopDelayMaxUs: lateUs(delay.max),
    pauses,
  }
}

/** Resolves at a time on the monotonic clock, or at once where it has passed; up to about 1 ms late. Rejects where `signal` aborts. */
export async function sleepUntil(atUs: number, signal?: AbortSignal): Promise<void> {
  const waitMs = (atUs - nowUs()) / 1e3
  if (waitMs > 0) await sleep(Math.ceil(waitMs), undefined, { signal })
}
