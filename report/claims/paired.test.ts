import { describe, expect, test } from 'vitest'
import { measuredScenarios } from '../analysis/cells.ts'
import { cellFixture } from './cell-fixture.ts'
import { cellAt } from './evidence.ts'
import { madeUp, paired } from './paired.ts'
import { allOf, answerOf, everyTrial } from './trials.ts'

/** Both techniques of steady-feed with the same delays but for a factor, in so many trials. */
function cells(factorAt: (trial: number) => number, trials: number) {
  const records = (['sse', 'websocket'] as const).flatMap((technique) =>
    cellFixture('steady-feed', technique, {
      plant: ({ latency }, trial) => ({
        latency: { ...latency, p50Us: 1_000 * trial * (technique === 'sse' ? factorAt(trial) : 1) },
      }),
    }),
  )
  const measured = measuredScenarios(records.filter(({ trial }) => trial <= trials))[0] ?? expect.fail()
  const [sse, websocket] = ['sse', 'websocket'].map((technique) => cellAt(measured, technique))
  return { sse: sse ?? expect.fail(), websocket: websocket ?? expect.fail() }
}

describe('a paired ratio', () => {
  test('is that of trials of the same round, whatever the rounds were like', () => {
    const { sse, websocket } = cells(() => 2, 6)
    const { ratio, number } = paired(sse, websocket, 'p50Us', { what: 'a ratio' })
    expect(ratio).toMatchObject({ value: expect.closeTo(2, 9), p: 0 })
    expect(number).toMatchObject({ interval: '95 %', n: 6, unit: 'ratio' })
  })

  test('of fewer than six trials is shown with its smallest and its largest', () => {
    const { sse, websocket } = cells((trial) => 1 + trial / 10, 3)
    expect(paired(sse, websocket, 'p50Us', { what: 'a ratio' }).number).toMatchObject({
      low: 1.1,
      high: 1.3,
      interval: 'min-max',
      badge: 'use with care',
    })
  })

  test('is as little valid as the less valid of the two', () => {
    const { sse, websocket } = cells(() => 2, 6)
    const lost = {
      ...sse,
      records: sse.records.map((record) => ({ ...record, account: { ...record.account, lost: 1 } })),
    }
    expect(paired(lost, websocket, 'p50Us', { what: 'a ratio' }).number.badge).toBe('not valid')
  })
})

test('an A/A pair makes up the share by which it differs from itself', () => {
  const pair = ([1, 2] as const).flatMap((copy) =>
    cellFixture('steady-feed', 'sse', {
      copy,
      plant: ({ latency }) => ({ latency: { ...latency, p50Us: copy * 1_000 } }),
    }),
  )
  const [both] = measuredScenarios(pair)
  expect(madeUp(both ?? expect.fail(), 'p50Us')).toBeCloseTo(1, 9)
  const [one] = measuredScenarios(pair.filter(({ copy }) => copy === 1))
  expect(madeUp(one ?? expect.fail(), 'p50Us')).toBeUndefined()
})

test('trials answer yes or no with one voice, and one condition that never holds is a no', () => {
  expect(
    [
      [true, true],
      [false, false],
      [true, false],
    ].map(answerOf),
  ).toEqual(['yes', 'no', 'unclear'])
  expect(allOf(['yes', 'unclear', 'no'])).toBe('no')
  expect(allOf(['yes', 'unclear'])).toBe('unclear')
  expect(allOf(['yes', 'yes'])).toBe('yes')
  const { sse } = cells(() => 1, 3)
  expect(everyTrial(sse, ({ trial }) => trial > 1)).toBe('unclear')
})
