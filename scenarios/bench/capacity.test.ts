import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { capacitiesOf } from '../../report/analysis/capacity.ts'
import { measuredScenarios } from '../../report/analysis/measured-scenarios.ts'
import { pointsOf, type Scenario } from '../../results/scenario.ts'
import { readRun } from '../../results/store.ts'
import { PushlabError } from '../../server/error.ts'
import { loadScenario } from './library.ts'
import { planWork } from './plan.ts'
import { runPlan } from './run.ts'
import { runTrial } from './trial.ts'

const CAPPED = new URL('./fixture/capped-server.ts', import.meta.url)
const CRASHING = new URL('./fixture/crashing-server.ts', import.meta.url)
/** Of the capped server, in connections. */
const CAP = 45

test('a load that cannot be had is a search’s result, and any other failure the run’s', async () => {
  const scenario: Scenario = { ...loadScenario('capacity-subscribers'), techniques: ['websocket'], trials: 1 }
  const failing = async (failure: Error) => {
    const folder = mkdtempSync(join(tmpdir(), 'pushlab-'))
    try {
      const { run } = await runPlan({
        ...{ folder, name: 'search', plan: planWork([scenario], 1), seed: 1, command: '' },
        measure: () => Promise.reject(failure),
      })
      return run.failures.map(({ at, beyond }) => [at?.value, beyond])
    } finally {
      rmSync(folder, { recursive: true })
    }
  }
  const from = scenario.search?.from
  // By its code, whatever its text says.
  for (const code of ['NOT_ACCEPTED', 'OVERLOADED'] as const)
    expect(await failing(new PushlabError(code, 'agent.ts failed'))).toEqual([[from, true]])
  // A process that never started, or crashed, says nothing of how much the technique bears.
  const reason = 'agent.ts failed: Subscriber 7 of 250 was not accepted within 10 s.'
  const codes = ['CHILD_FAILED', 'TIMED_OUT', 'INTERNAL'] as const
  for (const failure of [...codes.map((code) => new PushlabError(code, reason)), new Error(reason)])
    expect(await failing(failure)).toEqual([[from, undefined]])
})

test.each(['sse', 'websocket'])(
  'a server that crashes while %s ramps up is a failure, and no limit',
  async (technique) => {
    const scenario = loadScenario('capacity-subscribers')
    const point = pointsOf(scenario)[0] ?? expect.fail()
    await expect(
      runTrial({ scenario, point, technique, copy: 1, trial: 1 }, { seed: 1, serverModule: CRASHING }),
    ).rejects.toMatchObject({ code: 'CHILD_FAILED', message: expect.stringContaining('ended with SIGKILL') })
  },
)

test('a search finds the cap of a server that has one, from its records alone', async () => {
  const library = loadScenario('capacity-subscribers')
  const scenario: Scenario = {
    ...library,
    techniques: ['websocket'],
    trials: 1,
    load: { ...library.load, warmUpMs: 100, measureMs: 500 },
    search: { axis: 'subscribers', from: 20, to: 80, resolution: 1.5, lateAfterMs: 1_000 },
  }
  const folder = mkdtempSync(join(tmpdir(), 'pushlab-'))
  try {
    await runPlan({
      folder,
      name: 'search',
      plan: planWork([scenario], 1),
      seed: 1,
      command: '',
      measure: (trial, options) => runTrial(trial, { ...options, serverModule: CAPPED }),
    })
    const { run, records } = readRun(folder)
    const measured = measuredScenarios(records)[0] ?? expect.fail()
    const [capacity] = capacitiesOf(measured, run.failures)
    expect(capacity).toMatchObject({ technique: 'websocket', trials: records.length })
    expect(capacity?.value).toBeLessThanOrEqual(CAP)
    expect(capacity?.high).toBeGreaterThan(CAP)
    expect((capacity?.high ?? 0) / (capacity?.value ?? 1)).toBeLessThanOrEqual(1.5)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
