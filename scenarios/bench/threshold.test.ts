import { describe, expect, test } from 'vitest'
import { measuredScenarios } from '../../report/analysis/cells.ts'
import { recordsFixture } from '../../report/fixture/records.ts'
import { breachesOf, parseThreshold } from './threshold.ts'

const measured = measuredScenarios([
  ...recordsFixture({ technique: 'sse', mediansUs: [1_000, 2_000, 3_000] }),
  ...recordsFixture({ technique: 'websocket', lost: 1 }),
])
const breaches = (text: string) => breachesOf([parseThreshold(text)], measured)

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

  test('is kept by the median over trials, or is not', () => {
    expect(breaches('sse:p50<2.1ms')).toEqual([])
    expect(breaches('sse:p50<1.9ms')).toMatchObject([{ isValid: true, where: 'steady-feed, sse:p50<1.9ms' }])
    expect(breaches('sse:bytes<121')).toEqual([])
  })

  test('cannot be judged of what is not valid or was not measured', () => {
    expect(breaches('websocket:p50<1h')).toMatchObject([{ isValid: false }])
    expect(breaches('long-poll:p50<1h')).toMatchObject([
      { isValid: false, where: 'long-poll was not measured' },
    ])
  })
})
