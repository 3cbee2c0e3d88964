import { describe, expect, test } from 'vitest'
import type { Scenario } from '../../results/scenario.ts'
import { measuredScenarios } from '../analysis/measured-scenarios.ts'
import { recordsFixture, scenarioFixture } from '../fixture/records.ts'
import { divergenceText } from './divergence.ts'

const values = [100, 200, 300]
const scenario: Scenario = { ...scenarioFixture, sweep: { axis: 'roundTripMs', values } }

/** Mean delays of each technique at each round trip, ms; scattered by a hundredth, each trial its own way. */
function text(delays: Record<string, readonly number[]>, change: object = {}, of: Scenario = scenario) {
  const records = Object.entries(delays).flatMap(([technique, ms], i) =>
    ms.flatMap((mean, at) =>
      recordsFixture({
        ...{ scenario: of, at, technique, ...change },
        mediansUs: [0, 1, 2].map((trial) => mean * 1e3 * (1 + 0.01 * ((trial + i * trial) % 3))),
      }),
    ),
  )
  const found = divergenceText(measuredScenarios(records)[0] ?? expect.fail(), 'meanUs', 'mean delay')
  return found && String(found)
}

describe('where two techniques part', () => {
  test('is the first position from which on they are told apart, and the last at which they are not', () => {
    expect(text({ 'long-poll': [50, 200, 400], websocket: [50, 100, 150] })).toBe(
      'From a round trip of 200 ms on the mean delay of Long polling is above that of WebSocket, ' +
        '202 ms (200–204 ms) against 101 ms (100–102 ms); up to a round trip of 100 ms they are not told apart.',
    )
  })

  test('is everywhere, or nowhere', () => {
    expect(text({ 'long-poll': [100, 200, 400], websocket: [50, 100, 150] })).toBe(
      'The mean delay of Long polling is above that of WebSocket everywhere.',
    )
    expect(text({ 'long-poll': [50, 100, 150], websocket: [50, 100, 150] })).toBe(
      'By their mean delay Long polling and WebSocket are told apart nowhere.',
    )
  })

  test('is told position by position where it is neither', () => {
    expect(text({ 'long-poll': [100, 100, 150], websocket: [50, 100, 300] })).toBe(
      'The mean delay: Long polling above WebSocket at a round trip of 100 ms; ' +
        'not told apart at a round trip of 200 ms; WebSocket above Long polling at a round trip of 300 ms.',
    )
  })

  test('is not asked of one, of three, of choices, or of what is not valid', () => {
    const two = { 'long-poll': [50, 200, 400], websocket: [50, 100, 150] }
    expect(text({ sse: [1, 2, 3] })).toBeUndefined()
    expect(text({ ...two, sse: [1, 2, 3] })).toBeUndefined()
    expect(text(two, { lost: 1 })).toBeUndefined()
    const proxy = { axis: 'proxy' as const, values: ['none', 'buffering', 'no-upgrade'] }
    expect(text(two, {}, { ...scenario, sweep: proxy })).toBeUndefined()
  })

  test('is as well asked of two beside a floor', () => {
    const beside = text({ 'long-poll': [50, 200, 400], websocket: [50, 100, 150], 'bare-tcp': [1, 1, 1] })
    expect(beside).toMatch(/^From a round trip of 200 ms on/)
  })
})
