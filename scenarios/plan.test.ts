import { describe, expect, test } from 'vitest'
import { registry } from '../server/registry.ts'
import { listScenarios, loadScenario } from './library.ts'
import { planTrials } from './plan.ts'
import { pointsOf } from './scenario.ts'

const steady = loadScenario('steady-feed')
const sweep = loadScenario('poll-interval')

describe('the plan of a run', () => {
  test('has every trial of every cell once, in rounds', () => {
    const trials = planTrials([steady, sweep], 1)
    // One more for the A/A pair.
    const cells = registry.length + 1
    const points = pointsOf(sweep).length
    expect(trials).toHaveLength(cells * steady.trials + points * sweep.trials)
    expect(trials.map(({ trial }) => trial)).toEqual(trials.map(({ trial }) => trial).sort((a, b) => a - b))
    const keys = trials.map(({ scenario, point, technique, copy, trial }) =>
      [scenario.name, point.at?.value, technique, copy, trial].join(),
    )
    expect(new Set(keys).size).toBe(trials.length)
  })

  test('is the same for the same seed and another for another', () => {
    const order = (seed: number) => planTrials([steady], seed).map(({ technique }) => technique)
    expect(order(1)).toEqual(order(1))
    expect(order(1)).not.toEqual(order(2))
  })

  test('lets every technique lead a round about as often as any other', () => {
    const leads = new Map<string, number>()
    for (let seed = 0; seed < 500; seed++) {
      const { technique } = planTrials([{ ...steady, trials: 1 }], seed)[0] ?? expect.fail()
      leads.set(technique, (leads.get(technique) ?? 0) + 1)
    }
    for (const count of leads.values()) expect(Math.abs(count - 500 / registry.length)).toBeLessThan(40)
    expect(leads.size).toBe(registry.length)
  })

  test('measures only the techniques asked for', () => {
    expect(new Set(planTrials([steady], 1, ['sse']).map(({ technique }) => technique))).toEqual(
      new Set(['sse']),
    )
  })
})

describe('the library', () => {
  test('has the quick suite first, and each file under its own name', () => {
    const scenarios = listScenarios()
    expect(scenarios.map(({ name }) => name)).toContain('thousand-subscribers')
    expect(scenarios[0]?.suite).toBe('quick')
    expect(scenarios.at(-1)?.suite).toBe('full')
    for (const { name } of scenarios) expect(loadScenario(name).name).toBe(name)
  })

  test('fills in the points of a sweep', () => {
    expect(pointsOf(sweep).map(({ at, load }) => [at?.value, load.pollIntervalMs])).toEqual(
      sweep.sweep?.values.map((value) => [value, value]),
    )
    const rates = pointsOf({ ...steady, sweep: { axis: 'ratePerSecond', values: [1, 50] } })
    expect(rates.map(({ feed }) => feed.schedule)).toEqual([
      { kind: 'constant', ratePerSecond: 1 },
      { kind: 'constant', ratePerSecond: 50 },
    ])
  })
})
