import { readFileSync } from 'node:fs'
import type { ResultRecord } from '../../results/record.ts'
import { nowUs } from '../../server/clock.ts'
import { sleepUntil } from '../../server/process-cost.ts'

/** USER_HZ of proc(5), 100 on every architecture that Node.js runs on. */
const TICK_US = 10_000

/**
 * What others used of this machine's CPU time in a window, by /proc/stat: all that was neither idle, nor an interrupt, nor used by
 * the bench's own processes. What a hypervisor took (steal) is among it. In a container /proc/stat shows the host with all its cores.
 * @param pids of the bench's own processes, all of which live through the window.
 * @returns undefined where the system does not tell (only Linux has /proc).
 */
export async function othersCpu(
  window: { startUs: number; endUs: number },
  pids: readonly number[],
  signal?: AbortSignal,
): Promise<ResultRecord['others']> {
  await sleepUntil(window.startUs, signal)
  const start = read(pids)
  await sleepUntil(window.endUs, signal)
  const end = read(pids)
  if (!start || !end) return undefined
  const availableUs = (end.atUs - start.atUs) * end.cores
  const cpuUs = availableUs - (end.idleUs - start.idleUs) - (end.ownUs - start.ownUs)
  return { cpuUs: Math.max(0, Math.round(cpuUs)), availableUs: Math.round(availableUs) }
}

function read(pids: readonly number[]) {
  try {
    const own = pids.map((pid) => ownTicks(readFileSync(`/proc/${pid}/stat`, 'utf8')))
    const { idleTicks, cores } = parseStat(readFileSync('/proc/stat', 'utf8'))
    return {
      atUs: nowUs(),
      idleUs: idleTicks * TICK_US,
      ownUs: own.reduce((sum, ticks) => sum + ticks, 0) * TICK_US,
      cores,
    }
  } catch {
    return undefined
  }
}

/** Ticks of all cores, from the format of /proc/stat, in which nobody worked: idle, waiting for a disk, interrupts. */
export function parseStat(text: string): { idleTicks: number; cores: number } {
  const [, , , idle = 0, iowait = 0, irq = 0, softirq = 0] =
    /^cpu +(.*)$/m.exec(text)?.[1]?.split(' ').map(Number) ?? []
  return { idleTicks: idle + iowait + irq + softirq, cores: text.match(/^cpu\d/gm)?.length ?? 0 }
}

/** User and system time of a process, from the format of /proc/<pid>/stat, whose second field may hold anything. */
function ownTicks(text: string): number {
  const fields = text.replace(/.*\) /s, '').split(' ').map(Number)
  return (fields[11] ?? 0) + (fields[12] ?? 0)
}
