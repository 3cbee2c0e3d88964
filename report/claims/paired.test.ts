import { describe, expect, test } from 'vitest'
import { noiseIn } from '../analysis/aa-pair.ts'
import { measuredScenarios } from '../analysis/measured-scenarios.ts'
import { cellFixture } from '../fixture/cells.ts'
import { cellAt, evidenceOf } from './evidence.ts'
import { paired, pairedAll } from './paired.ts'
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
    const [lost = expect.fail()] =
      measuredScenarios(
        sse.records.map((record) => ({ ...record, account: { ...record.account, lost: 1 } })),
      )[0]?.cells ?? []
    expect(paired(lost, websocket, 'p50Us', { what: 'a ratio' }).number.badge).toBe('not valid')
  })

  test('is not valid with fewer than two trials that both have', () => {
    const { sse, websocket } = cells(() => 2, 6)
    const only = (cell: typeof sse, trials: number[]) => ({
      ...cell,
      records: cell.records.filter(({ trial }) => trials.includes(trial)),
    })
    const of = (mine: number[], others: number[]) =>
      paired(only(sse, mine), only(websocket, others), 'p50Us', { what: 'a ratio' }).number
    expect(of([1, 2, 3], [4, 5, 6])).toMatchObject({ n: 0, badge: 'not valid', low: Number.NaN })
    expect(of([1, 2, 3], [3, 4, 5])).toMatchObject({ n: 1, badge: 'not valid' })
    expect(of([1, 2, 3, 4], [1, 2, 3])).toMatchObject({ n: 3, badge: 'use with care' })
  })

  test('has what the A/A pair says of its scenario in its badge', () => {
    const records = ['sse', 'websocket'].flatMap((technique) => cellFixture('steady-feed', technique))
    const again = cellFixture('steady-feed', 'sse', { copy: 2, medianUs: 2_000 })
    const badge = (all: typeof records) => {
      const measured = evidenceOf(measuredScenarios(all), []).scenario('steady-feed')
      const [sse, websocket] = ['sse', 'websocket'].map((technique) => cellAt(measured, technique))
      return sse && websocket && paired(sse, websocket, 'p50Us', { what: 'a ratio' }).number.badge
    }
    expect(badge(records)).not.toBe('not valid')
    expect(badge([...records, ...again])).toBe('not valid')
  })
})

test('pairs that are not valid make a family no larger', () => {
  const { sse, websocket } = cells((trial) => 1.1 + 0.05 * (trial % 2), 6)
  const pair = { numerator: sse, denominator: websocket, what: 'a ratio' }
  const alone = { ...sse, records: sse.records.slice(0, 1) }
  const [first] = pairedAll([pair, ...Array(200).fill({ ...pair, numerator: alone })], 'p50Us', {
    scenarios: [],
  })
  expect(first?.told).toBe('apart')
})

test('noise is what the run’s A/A pair makes up of each figure, and 5 % at the least', () => {
  const pair = (times: number) =>
    ([1, 2] as const).flatMap((copy) =>
      cellFixture('steady-feed', 'sse', {
        copy,
        plant: ({ latency }) => ({ latency: { ...latency, p50Us: copy === 1 ? 1_000 : 1_000 * times } }),
      }),
    )
  const noise = (records: ReturnType<typeof pair>, figure: 'p50Us' | 'bytesPerEvent' = 'p50Us') =>
    noiseIn(measuredScenarios(records)[0]?.pair, figure)
  expect(noise(pair(2))).toBeCloseTo(1, 9)
  expect(noise(pair(1.03))).toBe(0.05)
  expect(noise(cellFixture('payload-size', 'sse', { at: 16 }))).toBe(0.05)
  // What is counted does not scatter.
  expect(noise(pair(2), 'bytesPerEvent')).toBe(0)
  // A pair that agrees by chance, with trials far apart, is as much noise as its interval is wide.
  const scattered = ([1, 2] as const).flatMap((copy) =>
    cellFixture('steady-feed', 'sse', {
      copy,
      plant: ({ latency }, trial) => ({
        latency: { ...latency, p50Us: copy === 1 ? 1_000 : trial % 2 === 0 ? 1_500 : 1_000 / 1.5 },
      }),
    }),
  )
  expect(noise(scattered)).toBeGreaterThan(0.3)
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
