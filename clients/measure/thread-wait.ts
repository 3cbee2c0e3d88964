import { openSync, readSync } from 'node:fs'

const line = Buffer.alloc(128)
const [SPACE, ZERO] = [0x20, 0x30]
let file: number | undefined

/**
 * How long the main thread has been ready and waited for a core since it began, in microseconds: the second figure of its schedstat
 * (https://docs.kernel.org/scheduler/sched-stats.html). 0 where there is none.
 */
export function threadWaitedUs(): number {
  file ??= opened(`/proc/self/task/${process.pid}/schedstat`)
  if (file < 0) return 0
  const length = readSync(file, line, 0, line.length, 0)
  let at = line.indexOf(SPACE) + 1
  let nanoseconds = 0
  for (; at < length && line[at] !== SPACE; at++) nanoseconds = 10 * nanoseconds + (line[at] as number) - ZERO
  return nanoseconds / 1e3
}

function opened(path: string): number {
  try {
    return openSync(path, 'r')
  } catch {
    return -1
  }
}
