import { effect } from '@preact/signals'
import type { StageDesk } from './stage-desk.ts'

/** Often enough for pictures in which nothing glides. */
const STILL_MS = 500

/**
 * Draws while something moves: with every frame of the screen, or twice a second for people who want reduced motion.
 * What was added to the log, a change of the lens, or `wake` starts it again.
 * @param draw draws once; whether the next frame may differ.
 */
export function runPictures(
  desk: StageDesk,
  isStill: () => boolean,
  draw: () => boolean,
): { wake(): void; stop(): void } {
  let frame: number | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const next = () => {
    if (frame !== undefined || timer !== undefined) return
    if (isStill()) timer = setTimeout(run, STILL_MS)
    else frame = requestAnimationFrame(run)
  }
  const run = () => {
    frame = undefined
    timer = undefined
    if (draw()) next()
  }
  const stop = effect(() => {
    void desk.state.value
    void desk.lens.value
    next()
  })
  return {
    wake: next,
    stop: () => {
      stop()
      if (frame !== undefined) cancelAnimationFrame(frame)
      clearTimeout(timer)
    },
  }
}
