import { parentPort, workerData } from 'node:worker_threads'
import { nowUs } from './clock.ts'
import { dueTimesUs, type PacerPlan, spreadTimesUs } from './schedule.ts'

/** Long waits are cut, so that a stop is never far: terminate() cannot interrupt a futex wait everywhere. */
const LONGEST_WAIT_MS = 200

const { schedule, epochUs, untilUs = Number.POSITIVE_INFINITY, spreadUs = 0 } = workerData as PacerPlan
const clock = new Int32Array(new SharedArrayBuffer(4))

let due: number[] = []
for (const dueUs of spreadTimesUs(dueTimesUs(schedule), spreadUs)) {
  const over = dueUs >= untilUs
  // Everything due by now travels in one message, so that a burst, or a backlog after a stall, costs one wake-up.
  if (due.length > 0 && (over || epochUs + dueUs > nowUs())) {
    parentPort?.postMessage(Float64Array.from(due))
    due = []
  }
  if (over) break
  for (let waitMs = 1; ; ) {
    waitMs = (epochUs + dueUs - nowUs()) / 1e3
    if (waitMs <= 0) break
    Atomics.wait(clock, 0, 0, Math.min(waitMs, LONGEST_WAIT_MS))
  }
  due.push(dueUs)
}
