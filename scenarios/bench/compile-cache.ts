import { Child } from './child.ts'
import type { FromFiller, ToFiller } from './compile-cache-filler.ts'
import { AGENT_FLAGS } from './rig.ts'

const FILLER = new URL('./compile-cache-filler.ts', import.meta.url)
const TIMEOUT_MS = 60_000
/** With which flags of Node.js processes are started: what is compiled with some is not taken with others. */
const FLAGS = [[], ['--expose-gc'], AGENT_FLAGS]

/**
 * Lets Node.js compile what servers and load agents are made of, and keep it (`NODE_COMPILE_CACHE`, which `pushlab.js` sets): a process
 * that finds a file compiled does not load what strips its types, which is 30 MB. So the first that is measured is as the
 * second. Resolves, too, where nothing can be kept.
 */
export async function fillCompileCache(): Promise<void> {
  await Promise.all(FLAGS.map(fillFor))
}

async function fillFor(nodeFlags: string[]): Promise<void> {
  const filler = new Child<ToFiller, FromFiller>(FILLER, { nodeFlags })
  try {
    filler.send({ type: 'fill' })
    await filler.receive('filled', TIMEOUT_MS)
  } finally {
    await filler.stop()
  }
}
