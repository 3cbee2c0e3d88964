import { existsSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { alone, lockFile } from './machine-lock.ts'
import { ownerName } from './owner.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pushlab-lock-'))
  file = join(folder, 'lock')
  vi.stubEnv('PUSHLAB_LOCK', file)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

const namespace = () => readlinkSync('/proc/self/ns/pid')
/** The lock of a process that lives: the one that started the tests. */
const locked = (inNamespace = namespace()) =>
  writeFileSync(file, `${ownerName(process.ppid)}\n${inNamespace}\nresults/first`)
const measure = (share?: boolean) => alone('results/second', share, async () => readLock())
const readLock = () => readFileSync(file, 'utf8')

test('a lock of each user is in the folder for temporary files, unless the environment names another', () => {
  expect(lockFile()).toBe(file)
  vi.stubEnv('PUSHLAB_LOCK', undefined)
  expect(lockFile()).toBe(join(tmpdir(), `pushlab-${process.getuid?.()}.lock`))
})

describe.runIf(process.platform === 'linux')('the lock of a machine', () => {
  test('names its process, its namespace and what it does while it measures, and is gone then', async () => {
    expect(await measure()).toBe(`${ownerName(process.pid)}\n${namespace()}\nresults/second`)
    expect(existsSync(file)).toBe(false)
    await expect(alone('x', false, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    expect(existsSync(file)).toBe(false)
  })

  test('keeps a second one out while the first lives, and says who it is', async () => {
    locked()
    await expect(measure()).rejects.toMatchObject({
      code: 'BUSY',
      message: expect.stringMatching(new RegExp(`^Process ${process.ppid} is .*results/first.*--share$`)),
    })
    expect(readLock()).toContain('results/first')
  })

  test('lets who shares measure, and leaves the lock to its owner', async () => {
    locked()
    expect(await measure(true)).toContain('results/first')
    expect(existsSync(file)).toBe(true)
  })

  test('of a process that is gone, of one that has got its number since, or an empty one keeps nobody out', async () => {
    for (const text of [
      `${2 ** 22 + 1} 5\n${namespace()}\nx`,
      `${process.ppid} 5\n${namespace()}\nx`,
      '',
      `${process.ppid}`,
    ]) {
      writeFileSync(file, text)
      expect(await measure()).toContain('results/second')
    }
  })

  test('of another container advises nobody to end a number that may be a stranger here', async () => {
    locked('pid:[1]')
    const error = await measure().catch((error: Error) => error)
    expect(error).toMatchObject({ code: 'BUSY', message: expect.stringContaining(`remove ${file}`) })
    expect(String(error)).not.toContain('kill')
  })

  test('that cannot be written says what to do', async () => {
    vi.stubEnv('PUSHLAB_LOCK', join(folder, 'none', 'lock'))
    await expect(measure()).rejects.toMatchObject({
      code: 'BUSY',
      message: expect.stringContaining('--share'),
    })
  })
})
