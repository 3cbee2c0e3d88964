import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

/** Elsewhere a test is skipped, and says so, where something is missing that it needs. */
const inCi = process.env.CI === 'true'

test.runIf(inCi)('in CI nothing is missing that some test needs', async () => {
  const command = [join(import.meta.dirname, '../pushlab.js'), 'doctor']
  const { stdout } = await promisify(execFile)(process.execPath, command)
  const needed = /^limit +(browser|nginx|packet loss|compiler|network namespaces) /
  expect(stdout.split('\n').filter((line) => needed.test(line))).toEqual([])
})
