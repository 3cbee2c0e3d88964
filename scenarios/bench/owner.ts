import { readFileSync, rmSync } from 'node:fs'

/**
 * Names a process as no other can be named: its number is given again to strangers, the time of its start is not.
 * @returns undefined where there is none (one that has ended and is only waited for is none), or where the system does not tell (only
 *   Linux has /proc).
 */
export function ownerName(pid: number): string | undefined {
  try {
    // proc(5): the name of the program, in parentheses, may hold anything; state is field 3, start field 22, in ticks since boot.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/.*\) /s, '').split(' ')
    return /[ZX]/.test(fields[0] ?? '') ? undefined : `${pid} ${fields[19]}`
  } catch {
    return undefined
  }
}

/** The process of a name, where it still lives. What is empty, or a number alone, as older versions wrote it, names nobody. */
export function livingOwner(name: string): number | undefined {
  const pid = Number(/^([1-9]\d*) \d+$/.exec(name)?.[1])
  return ownerName(pid) === name ? pid : undefined
}

/** What a lock says, without the white space around it; empty where it is not there or cannot be read. */
export function readLock(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return ''
  }
}

/** Takes a lock away. On a disk that lets nobody it stays, and keeps nobody out: its owner is gone soon. */
export function removeLock(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    // What went wrong before that is what has to be said.
  }
}
