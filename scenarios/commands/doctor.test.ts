import { expect, test } from 'vitest'
import { pushlabHere } from '../fixture/command.ts'

/** Elsewhere a test is skipped, and says so, where something is missing that it needs. */
const inCi = process.env.CI === 'true'

test.runIf(inCi)('in CI nothing is missing that some test needs', async () => {
  const { stdout } = await pushlabHere('doctor')
  const needed = /^limit +(browser|nginx|packet loss|compiler|network namespaces) /
  expect(stdout.split('\n').filter((line) => needed.test(line))).toEqual([])
})
