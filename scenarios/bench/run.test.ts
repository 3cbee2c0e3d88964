import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadScenario } from './library.ts'
import { planWork } from './plan.ts'
import { runPlan } from './run.ts'

test('what is random in a trial goes by the run’s seed, and is another in each trial of each cell', async () => {
  const plan = planWork([{ ...loadScenario('steady-feed'), trials: 2 }], 1, {
    techniques: ['sse', 'websocket'],
  })
  const seedsOf = async (seed: number) => {
    const folder = mkdtempSync(join(tmpdir(), 'pushlab-'))
    const seeds: number[] = []
    try {
      await runPlan({
        ...{ folder, name: 'seeds', plan, seed, command: '' },
        measure: (_, options) => {
          seeds.push(options.seed)
          return Promise.reject(new Error('Not measured'))
        },
      })
    } finally {
      rmSync(folder, { recursive: true })
    }
    return seeds
  }
  const seeds = await seedsOf(1)
  expect(seeds).toHaveLength(plan.trials.length)
  expect(await seedsOf(1)).toEqual(seeds)
  expect(new Set([...seeds, ...(await seedsOf(2))]).size).toBe(2 * seeds.length)
})
