import { setTimeout as sleep } from 'node:timers/promises'

/** Waits, unless the experiment is ended: then it rejects. */
export const pause = (ms: number, signal: AbortSignal): Promise<void> => sleep(ms, undefined, { signal })

/** Resolves with true once `holds` does, with false where it does not within `timeoutMs`: that is a figure, too. */
export async function holdsWithin(
  timeoutMs: number,
  signal: AbortSignal,
  holds: () => boolean,
): Promise<boolean> {
  const deadline = Date.now() + timeoutMs
  while (!holds()) {
    if (Date.now() > deadline) return false
    await pause(2, signal)
  }
  return true
}
