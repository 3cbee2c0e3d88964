import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { recordsFixture } from '../../report/fixture/records.ts'
import { readRunFile } from '../../results/store.ts'
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

test('a record that cannot be written ends the run, and is no failure to measure', async () => {
  const plan = planWork([{ ...loadScenario('steady-feed'), trials: 3 }], 1, { techniques: ['sse'] })
  const [measured] = recordsFixture({ technique: 'sse' })
  if (!measured) return expect.fail()
  const folder = mkdtempSync(join(tmpdir(), 'pushlab my '))
  let trials = 0
  try {
    mkdirSync(join(folder, 'steady-feed.sse.1.json'))
    const ended = runPlan({
      ...{ folder, name: 'full', plan, seed: 1, command: '' },
      measure: () => Promise.resolve({ ...measured, trial: ++trials }),
    })
    await expect(ended).rejects.toMatchObject({
      code: 'NOT_WRITTEN',
      message: expect.stringMatching(
        /^Cannot write .*sse\.1\.json \(E.*kept\. Go on then: (?:npx )?pushlab bench --resume ".*"$/,
      ),
    })
    expect(trials).toBe(1)
    expect(readRunFile(folder)).toMatchObject({ partial: true, failures: [] })
  } finally {
    rmSync(folder, { recursive: true })
  }
})
