import { describe, expect, test } from 'vitest'
import { measuredScenarios } from '../../report/analysis/measured-scenarios.ts'
import { recordsFixture, scenarioFixture } from '../../report/fixture/records.ts'
import { isUnjudged, judgeThresholds, parseThreshold, thresholdLines } from './threshold.ts'

const measured = measuredScenarios([
  ...recordsFixture({ technique: 'sse', mediansUs: [1_000, 2_000, 4_000] }),
  ...recordsFixture({ technique: 'websocket', lost: 1 }),
])
const judge = (text: string, scenarios = measured) => {
  const [judged = expect.fail()] = judgeThresholds([parseThreshold(text)], scenarios)
  return { ...judged, isUnjudged: isUnjudged(judged), lines: thresholdLines(judged) }
}

describe('a threshold', () => {
  test('has a technique, a figure and a bound in its unit', () => {
    expect(parseThreshold('sse:p99<20ms')).toMatchObject({
      text: 'sse:p99<20ms',
      technique: 'sse',
      figure: 'p99Us',
      below: 20_000,
    })
    expect(parseThreshold('websocket:bytes<110')).toMatchObject({ figure: 'bytesPerEvent', below: 110 })
  })

  test.each([
    ['sse', 'is no threshold. Write technique:figure<value'],
    ['sse:p98<1ms', 'is no threshold'],
    ['sse:p99>1ms', 'is no threshold'],
    ['sse:p99<20', 'bounds nothing'],
    ['sse:bytes<20ms', 'bounds nothing'],
    ['sse:p99<0ms', 'bounds nothing'],
    ['see:p99<20ms', 'Did you mean "sse"?'],
  ])('%s is refused with a way out', (text, message) => expect(() => parseThreshold(text)).toThrow(message))

  test('is kept by the geometric mean over trials, or is not', () => {
    expect(judge('sse:p50<2.1ms')).toMatchObject({ kept: ['steady-feed'], broken: [], isUnjudged: false })
    expect(judge('sse:p50<1.9ms')).toMatchObject({
      broken: [{ where: 'steady-feed' }],
      lines: ['Threshold not kept: steady-feed, sse:p50<1.9ms: 2 ms is not below 1.9 ms'],
    })
    expect(judge('sse:bytes<121')).toMatchObject({ kept: ['steady-feed'], isUnjudged: false })
  })

  test('cannot be judged of what is not valid or was not measured', () => {
    expect(judge('websocket:p50<1h')).toMatchObject({ isUnjudged: true, kept: [] })
    expect(judge('long-poll:p50<1h')).toMatchObject({
      isUnjudged: true,
      lines: ['Threshold cannot be judged: long-poll:p50<1h: long-poll was not measured'],
    })
  })

  const counting = { ...scenarioFixture, name: 'sparse-feed', trials: 2 }
  const counts = recordsFixture({ scenario: counting, technique: 'sse', mediansUs: [1_000, 1_000] })

  test('on a delay is not judged where a scenario counts and does not time, which is said', () => {
    const both = measuredScenarios([...recordsFixture({ technique: 'sse' }), ...counts])
    expect(judge('sse:p99<200ms', both)).toMatchObject({
      kept: ['steady-feed'],
      isUnjudged: false,
      lines: [
        'Threshold kept: sse:p99<200ms in steady-feed. Not judged: sparse-feed counts, and times nothing.',
      ],
    })
    expect(judge('sse:bytes<121', both)).toMatchObject({ kept: ['steady-feed', 'sparse-feed'] })
    expect(judge('sse:p99<200ms', measuredScenarios(counts))).toMatchObject({
      isUnjudged: true,
      lines: ['Threshold cannot be judged: sse:p99<200ms: sparse-feed counts, and times nothing'],
    })
  })

  test('on a percentile that its events are too few to tell decides nothing', () => {
    const few = recordsFixture({ technique: 'sse' }).map((record) => ({
      ...record,
      latency: { ...record.latency, n: 60 },
    }))
    expect(judge('sse:p99<1s', measuredScenarios(few))).toMatchObject({
      isUnjudged: true,
      lines: ['Threshold cannot be judged: sse:p99<1s: steady-feed: too few events (n = 180)'],
    })
    expect(judge('sse:p50<1s', measuredScenarios(few))).toMatchObject({ kept: ['steady-feed'] })
  })
})
