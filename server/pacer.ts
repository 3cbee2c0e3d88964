import { Worker } from 'node:worker_threads'
import type { PacerPlan } from './schedule.ts'

/**
 * Calls `onDue` for every event of a schedule at its time, in order, and never skips one: what is late is announced
 * late. The waiting happens in a thread of its own, because the event loop's timers round to whole milliseconds and
 * fire up to 1.2 ms late, where a futex wait and a message arrive within about 0.3 ms and with a quarter of the
 * spread (both seen on 2 cores), without the CPU time that spinning would add to the server's account.
 *
 * @param onError its thread failed, and nothing more will be due: it could not be started, perhaps; default: throws.
 * @returns a function that stops it.
 */
export function startPacer(
  plan: PacerPlan,
  onDue: (scheduledAtUs: number) => void,
  onError: (error: Error) => void = (error) => {
    throw error
  },
): () => void {
  const thread = new Worker(new URL('./pacer-thread.ts', import.meta.url), { workerData: plan })
  let stopped = false
  thread.on('message', (dueTimesUs: Float64Array) => {
    for (const dueUs of dueTimesUs) {
      if (stopped) return
      onDue(plan.epochUs + dueUs)
    }
  })
  thread.on('error', (error) => {
    if (!stopped) onError(error)
  })
  return () => {
    stopped = true
    void thread.terminate()
  }
}
