import { describe, expect, test } from 'vitest'
import type { Scenario } from '../../results/scenario.ts'
import { listScenarios, loadScenario } from './library.ts'
import { planWork } from './plan.ts'
import { remarksOn } from './remarks.ts'

const fanOut = loadScenario('fan-out')
const sparse = loadScenario('sparse-feed')
const quick = listScenarios().filter(({ suite }) => suite === 'quick')
const named = (scenarios: Scenario[], techniques?: string[]) =>
  remarksOn(planWork(scenarios, 1, { ...(techniques && { techniques }), isNamed: true }), {
    scenario: scenarios.map(({ name }) => name),
  })

describe('before its time is spent, it is said of a plan', () => {
  test('which technique that was asked for is not measured where, and why', () => {
    expect(named([fanOut], ['sse', 'long-poll', 'short-poll'])).toEqual([
      'Not measured with long-poll: fan-out (the scenario measures sse, websocket alone).',
      'Not measured with short-poll: fan-out (the scenario measures sse, websocket alone).',
    ])
    const tls: Scenario = {
      ...fanOut,
      techniques: ['sse', 'xml-socket'],
      sweep: { axis: 'tls', values: [false, true] },
    }
    expect(named([tls], ['sse', 'xml-socket'])).toEqual([
      'Not measured with xml-socket: fan-out with TLS on (it owns its TCP connection and its protocol knows no TLS).',
    ])
    expect([named([fanOut], ['sse']), named([fanOut])]).toEqual([[], []])
  })

  test('of a whole suite, in one line, which scenarios leave some out', () => {
    const plan = (...techniques: string[]) => planWork(quick, 1, { techniques })
    expect(remarksOn(plan('sse'), {})).toEqual([
      'Not measured with sse, in scenarios that name other techniques: poll-interval.',
    ])
    expect(remarksOn(plan('sse', 'short-poll'), {})).toEqual([
      'Not measured with all of sse, short-poll, in scenarios that name other techniques: poll-interval.',
    ])
  })

  test('that too few trials count and do not time, where somebody chose them', () => {
    expect(named([sparse, fanOut])).toEqual([
      'sparse-feed: 2 trials count and do not time; 3 give ranges, 6 intervals.',
    ])
    expect(named([sparse, { ...fanOut, trials: 1 }])).toEqual([
      'sparse-feed, fan-out: 1 or 2 trials count and do not time; 3 give ranges, 6 intervals.',
    ])
    const once = planWork(
      quick.map((scenario) => ({ ...scenario, trials: 1 })),
      1,
    )
    expect(remarksOn(once, { trials: 1 })).toEqual([
      '1 trial counts and does not time; 3 give ranges, 6 intervals.',
    ])
    // The library counts with two on purpose, and a search decides by the majority of its trials.
    expect(remarksOn(planWork(quick, 1), {})).toEqual([])
    expect(named([{ ...loadScenario('capacity-rate'), trials: 1 }])).toEqual([])
  })
})
