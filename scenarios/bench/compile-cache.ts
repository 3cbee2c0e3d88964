import { Child } from './child.ts'
import type { FromFiller, ToFiller } from './compile-cache-filler.ts'

const FILLER = new URL('./compile-cache-filler.ts', import.meta.url)
const TIMEOUT_MS = 60_000

/**
 * Lets Node.js compile what servers and load agents are made of, and keep it (`NODE_COMPILE_CACHE`, which `pushlab.js` sets): a process
 * that finds a file compiled does not load what strips its types, which is 30 MB. So the first trial's processes are as those of the
 * second. Resolves, too, where nothing can be kept.
 */
export async function fillCompileCache(): Promise<void> {
  const filler = new Child<ToFiller, FromFiller>(FILLER)
  try {
    filler.send({ type: 'fill' })
    await filler.receive('filled', TIMEOUT_MS)
  } finally {
    await filler.stop()
  }
}
