import { type ReadonlySignal, signal } from '@preact/signals'
import type { StageEntry } from '../log/entries.ts'
import type { Recording } from '../log/recording-format.ts'

/**
 * The recording of a lesson, which stands in the page itself (see ../built-pages.ts); undefined where there is
 * none.
 */
export function recordingOf(lesson: string): Recording | undefined {
  const text = document.getElementById(`recording-${lesson}`)?.textContent
  return text ? JSON.parse(text) : undefined
}

const EVERY_MS = 50

/**
 * Plays the log of a recording as fast as it was made.
 * @param take gets entries when their time has come.
 * @returns its clock, in microseconds as the entries' `atUs`; whole seconds that have played, and that it takes; and how to
 * stop it before its end.
 */
export function playRecording(
  entries: readonly StageEntry[],
  take: (entries: readonly StageEntry[]) => void,
  onEnd: () => void,
): { nowUs(): number; elapsedS: ReadonlySignal<number>; totalS: number; stop(): void } {
  const firstUs = entries[0]?.atUs ?? 0
  const lastUs = entries.at(-1)?.atUs ?? 0
  const beganMs = performance.now()
  const nowUs = () => Math.min(lastUs, firstUs + Math.round((performance.now() - beganMs) * 1_000))
  const totalS = Math.ceil((lastUs - firstUs) / 1e6)
  const elapsedS = signal(0)
  let at = 0
  const timer = setInterval(() => {
    elapsedS.value = Math.min(totalS, Math.floor((nowUs() - firstUs) / 1e6))
    const next = entries.findIndex((entry, i) => i >= at && entry.atUs > nowUs())
    const to = next === -1 ? entries.length : next
    if (to > at) take(entries.slice(at, to))
    at = to
    if (at < entries.length) return
    clearInterval(timer)
    elapsedS.value = totalS
    onEnd()
  }, EVERY_MS)
  return { nowUs, elapsedS, totalS, stop: () => clearInterval(timer) }
}
