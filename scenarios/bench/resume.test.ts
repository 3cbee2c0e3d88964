import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readEnvironment } from '../../clients/measure/environment.ts'
import { runFixture } from '../../report/fixture/records.ts'
import type { Run } from '../../results/record.ts'
import { writeRun } from '../../results/store.ts'
import { loadScenario } from './library.ts'
import { planWork } from './plan.ts'
import { interruptedRun, latestInterrupted } from './resume.ts'

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
