import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readEnvironment } from '../../clients/measure/environment.ts'
import { runFixture } from '../../report/fixture/records.ts'
import type { Run } from '../../results/record.ts'
import { writeRun } from '../../results/store.ts'
import { loadScenario } from './library.ts'
import { ownerName } from './owner.ts'
import { planWork } from './plan.ts'
import { interruptedRun, latestInterrupted, lockRun } from './resume.ts'

let results: string
beforeEach(() => {
  results = mkdtempSync(join(tmpdir(), 'pushlab-'))
})
afterEach(() => rmSync(results, { recursive: true }))

const scenarios = [loadScenario('steady-feed')]
const plan = planWork(scenarios, 7)
const environment = readEnvironment()

/** Writes a run that was interrupted on a day of January. */
function interrupted(name: string, day: number, changes: Partial<Run> = {}): void {
  const endedAt = `2026-01-${day}T00:00:00.000Z`
  const run = runFixture([], {
    scenarios,
    seed: 7,
    agents: plan.agents,
    partial: true,
    environment,
    endedAt,
    ...changes,
  })
  writeRun(join(results, name), run)
}

const found = (seed?: number) => {
  const { folder } = latestInterrupted(plan, seed, results) ?? {}
  return folder && basename(folder)
}

test('the run to go on with is the last one interrupted that has the plan, whatever its name', () => {
  expect(found()).toBeUndefined()
  interrupted('z', 11)
  interrupted('a', 12)
  interrupted('ended', 13, { partial: false })
  interrupted('another-plan', 14, { techniques: ['sse'] })
  interrupted('other-agents', 16, { agents: plan.agents + 1 })
  interrupted('another-machine', 15, { environment: { ...environment, cores: 99 } })
  expect([found(), found(7), found(8)]).toEqual(['a', 'a', undefined])
})

test('a folder of which the plan is asked for has to hold just that', () => {
  interrupted('run', 11)
  interrupted('ended', 12, { partial: false })
  const at = (name: string, seed?: number, asked = plan) =>
    basename(interruptedRun(join(results, name), asked, seed).folder)
  expect([at('run'), at('run', 7)]).toEqual(['run', 'run'])
  expect(() => at('run', 8)).toThrow('another plan or seed')
  expect(() => at('run', 7, planWork(scenarios, 7, { techniques: ['sse'] }))).toThrow('another plan or seed')
  expect(() => at('ended')).toThrow('nothing to resume')
  interrupted('my run', 11)
  expect(() => at('my run', 8)).toThrow(`pushlab bench --resume "${join(results, 'my run')}". Or`)
})

describe('a folder that was left locked', () => {
  const stranger = spawn('sleep', ['600'])
  const pid = stranger.pid as number
  afterAll(() => void stranger.kill())

  const lock = () => join(results, 'run', 'measuring.pid')

  test.each<[string, () => string]>([
    ['by a process whose number a stranger has now', () => `${pid} 1`],
    ['by an older version', () => String(pid)],
    ['by nobody', () => ''],
    ['by the process 0', () => '0'],
    ['by a name that is none', () => '-1 5'],
    ['by a process that has ended', () => '4194305 5'],
  ])('%s opens', (_, text) => {
    interrupted('run', 11)
    writeFileSync(lock(), text())
    expect(found()).toBe('run')
    const unlock = lockRun(join(results, 'run'))
    expect(readFileSync(lock(), 'utf8')).toBe(ownerName(process.pid))
    unlock()
    expect(existsSync(lock())).toBe(false)
  })

  test('by what cannot be read is open, and says what cannot be written', () => {
    interrupted('run', 11)
    mkdirSync(lock())
    expect(found()).toBe('run')
    expect(() => lockRun(join(results, 'run'))).toThrow(`Cannot write into ${join(results, 'run')}`)
  })

  test('by a process that lives is refused, and says how to end that', () => {
    interrupted('run', 11)
    writeFileSync(lock(), ownerName(pid) as string)
    for (const open of [() => interruptedRun(join(results, 'run')), () => lockRun(join(results, 'run'))])
      expect(open).toThrow(`measured by process ${pid}. Wait for it, or end it: kill -INT ${pid}`)
    expect(found()).toBeUndefined()
  })
})

test('a mark that cannot be taken away hides nothing that went wrong before', () => {
  const unlock = lockRun(join(results, 'run'))
  const file = join(results, 'run', 'measuring.pid')
  rmSync(file)
  mkdirSync(file)
  expect(unlock).not.toThrow()
})
