import { describe, expect, test } from 'vitest'
import type { Failure } from '../../results/record.ts'
import { type Scenario, type Search, searchedPoint } from '../../results/scenario.ts'
import { recordsFixture, scenarioFixture } from '../fixture/records.ts'
import { capacitiesOf } from './capacity.ts'
import { measuredScenarios } from './measured-scenarios.ts'

const search: Search = { axis: 'subscribers', from: 100, to: 1600, resolution: 1.5, lateAfterMs: 100 }
const scenario: Scenario = { ...scenarioFixture, name: 'capacity', search }
const HELD_US = 10_000
const LATE_US = 500_000

/** Trials at a value, each with its median delay; all but those of `LATE_US` stay within the limit. */
function at(value: number, ...mediansUs: number[]) {
  const point = searchedPoint(scenario, search, value)
  return recordsFixture({ scenario, technique: 'sse', mediansUs }).map((record) => ({ ...record, point }))
}

function capacity(records: ReturnType<typeof at>, failures: Failure[] = []) {
  const measured = measuredScenarios(records)[0] ?? expect.fail()
  return capacitiesOf(measured, failures)[0] ?? expect.fail()
}

describe('a capacity, from records alone', () => {
  test('lies where the majority of trials still holds, between where all do and where none does', () => {
    const records = [
      ...at(100, HELD_US, HELD_US),
      ...at(200, HELD_US, LATE_US, HELD_US),
      ...at(400, LATE_US, HELD_US, LATE_US),
      ...at(800, LATE_US, LATE_US),
    ]
    expect(capacity(records)).toMatchObject({ value: 200, low: 100, high: 800, trials: 10 })
    expect(capacity(records.toReversed())).toMatchObject({ value: 200, low: 100, high: 800 })
  })

  test('is at least what was tried where nothing failed, and none where the first did', () => {
    expect(capacity(at(1600, HELD_US, HELD_US))).toMatchObject({
      ...{ value: 1600, high: null, isBounded: false, limitedBy: 'nothing' },
    })
    expect(capacity(at(100, LATE_US, LATE_US))).toMatchObject({ value: null, low: null, high: 100 })
  })

  test('is no "at least" where the smallest that fails still held once', () => {
    const records = [...at(200, HELD_US, HELD_US), ...at(400, LATE_US, HELD_US, LATE_US)]
    expect(capacity(records)).toMatchObject({ value: 200, high: null, isBounded: true })
  })

  test('of a technique that could never be had is none', () => {
    const failures: Failure[] = [1, 2].map((trial) => ({
      ...{ scenario: 'capacity', technique: 'websocket', copy: 1, at: { axis: 'subscribers', value: 100 } },
      ...{ trial, reason: 'Subscriber 1 was not accepted', beyond: true as const },
    }))
    const measured = measuredScenarios(at(100, HELD_US, HELD_US))[0] ?? expect.fail()
    const found = capacitiesOf(measured, failures).find(({ technique }) => technique === 'websocket')
    expect(found).toMatchObject({ value: null, high: 100, trials: 2 })
  })

  test('takes a lost event, and a trial that failed altogether, for a failure', () => {
    const lost = at(200, HELD_US, HELD_US)
    for (const { account } of lost) account.lost = 1
    expect(capacity([...at(100, HELD_US, HELD_US), ...lost])).toMatchObject({ value: 100, high: 200 })
    const failures: Failure[] = [1, 2].map((trial) => ({
      ...{ scenario: 'capacity', technique: 'sse', copy: 1, at: { axis: 'subscribers', value: 400 } },
      ...{ trial, reason: 'Subscriber 300 was not accepted', beyond: true as const },
    }))
    const found = capacity(at(200, HELD_US, HELD_US), failures)
    expect(found).toMatchObject({ value: 200, high: 400, trials: 4 })
  })

  test('says when the load agent was what had nothing left', () => {
    const late = at(200, LATE_US, LATE_US)
    expect(capacity([...at(100, HELD_US, HELD_US), ...late]).limitedBy).toBe('neither')
    for (const { agent } of late) agent.cpuUs = 0.95 * agent.elapsedUs
    expect(capacity([...at(100, HELD_US, HELD_US), ...late]).limitedBy).toBe('load agent')
  })
})
