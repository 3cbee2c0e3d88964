import { describe, expect, test } from 'vitest'
import type { ResultRecord } from '../../results/record.ts'
import { recordsFixture, scenarioFixture } from '../fixture/records.ts'
import { figureOf } from './cells.ts'
import { compareCells } from './comparison.ts'
import type { FigureName } from './figures.ts'
import { measuredScenarios } from './measured-scenarios.ts'
import { rank } from './ranking.ts'

const ranked = (bytesOfOther: number, trials: number) => {
  const mediansUs = Array.from({ length: trials }, () => 1_000)
  const records = [
    ...recordsFixture({ technique: 'websocket', overheadBytes: 2, mediansUs }),
    ...recordsFixture({ technique: 'sse', overheadBytes: bytesOfOther, mediansUs }),
  ]
  const [scenario] = measuredScenarios(records)
  return rank(scenario ?? expect.fail(), 'bytesPerEvent')
}

test('a byte more is a byte more, however few the trials: what is counted does not scatter', () => {
  for (const trials of [1, 2, 6]) {
    const { lowest, others } = ranked(3, trials) ?? expect.fail()
    expect(lowest.technique).toBe('websocket')
    expect(others.map(({ told }) => told)).toEqual(['apart'])
  }
})

test('the same bytes are the same', () => {
  expect(ranked(2, 2)?.others.map(({ told }) => told)).toEqual(['same'])
})

/** Median delays of each trial, by technique. */
const delays = (of: Record<string, number[]>) =>
  rank(
    measuredScenarios(
      Object.entries(of).flatMap(([technique, mediansUs]) =>
        recordsFixture({ scenario: { ...scenarioFixture, trials: mediansUs.length }, technique, mediansUs }),
      ),
    )[0] ?? expect.fail(),
    'p50Us',
  )

test('who scatters is not tied past one that is told apart', () => {
  const steady = [1_000, 1_010, 990, 1_000, 1_005, 995]
  const found = delays({
    websocket: steady,
    sse: steady.map((us) => us * 1.2),
    'socket-io': [900, 2_500, 1_000, 1_900, 950, 2_300],
  })
  expect(found?.lowest.technique).toBe('websocket')
  expect(found?.others.map(({ cell, told, isTied }) => [cell.technique, told, isTied])).toEqual([
    ['sse', 'apart', false],
    ['socket-io', 'untold', false],
  ])
})

test('a difference below 5 % names no winner, however sure', () => {
  const steady = [42_900, 42_910, 42_890, 42_900, 42_905, 42_895]
  const found = delays({ websocket: steady, sse: steady.map((us) => us * 1.005) })
  expect(found?.others.map(({ told, isTied }) => [told, isTied])).toEqual([['same', true]])
})

test('three trials that scatter tell nothing, and that is no sameness', () => {
  const found = delays({ websocket: [7_000, 9_500, 7_920], sse: [8_100, 14_000, 10_400] })
  const [sse] = found?.others ?? []
  expect(sse).toMatchObject({ told: 'untold', isTied: true })
  // So many trials would have told a difference of so much.
  expect(sse?.seenFrom).toBeGreaterThan(0.3)
})

test('the ratio is that of the two values beside it', () => {
  const found = delays({
    websocket: [1_000, 1_000, 1_000, 8_000, 1_000, 1_000],
    sse: [1_500, 1_500, 1_500, 12_000, 1_500, 1_500],
  })
  const { ratio, cell } = found?.others[0] ?? expect.fail()
  expect(ratio.of[0] / ratio.of[1]).toBeCloseTo(ratio.value, 9)
  expect(figureOf(cell, 'p50Us').value / figureOf(found?.lowest ?? expect.fail(), 'p50Us').value).toBeCloseTo(
    ratio.value,
    9,
  )
})

describe('of two cells of a scenario', () => {
  const mediansUs = [1_000, 1_010, 990, 1_000, 1_005, 995]
  const scenario = { ...scenarioFixture, trials: 6 }
  const read = (technique: string, times: number, change: (record: ResultRecord) => Partial<ResultRecord>) =>
    recordsFixture({ scenario, technique, mediansUs: mediansUs.map((us) => us * times) }).map((record) => ({
      ...record,
      ...change(record),
    }))
  const bound =
    (p50Us: number) =>
    ({ latency: { hdr: _, ...latency } }: ResultRecord) => ({
      bound: { ...latency, p50Us },
    })
  const told = (sse: ResultRecord[], figure: FigureName = 'p50Us') =>
    rank(
      measuredScenarios([...read('websocket', 1, bound(10)), ...sse])[0] ?? expect.fail(),
      figure,
    )?.others.map(({ badge, told }) => [badge, told])

  test('half the bounds of the instrument may differ by a tenth of what the delays differ by, or with care by half', () => {
    expect(told(read('sse', 1.2, bound(24)))).toEqual([['valid', 'apart']])
    expect(told(read('sse', 1.2, bound(120)))).toEqual([['use with care', 'apart']])
    expect(told(read('sse', 1.2, bound(240)))).toEqual([['not valid', 'untold']])
    // Of delays that hardly differ the noise counts.
    expect(told(read('sse', 1.001, bound(18)))).toEqual([['valid', 'same']])
  })

  test('whose readers are of different kinds the delays are not ranked, and bytes and CPU time are', () => {
    const library = read('sse', 1.2, ({ point }) => ({
      point: { ...point, variant: { ...point.variant, client: 'library' } },
      instrument: 'readers@1',
    }))
    const readers = read('websocket', 1, () => ({ instrument: 'readers@1' }))
    const [measured] = measuredScenarios([...readers, ...library])
    const [sse, websocket] = measured?.cells ?? []
    if (!measured || !sse || !websocket) return expect.fail()
    expect(rank(measured, 'p50Us')).toBeUndefined()
    expect(rank(measured, 'bytesPerEvent')?.others).toHaveLength(1)
    expect(rank(measured, 'agentCpuUsPer1000Events')?.others).toHaveLength(1)
    expect(compareCells([[sse, websocket]], 'p50Us', undefined)).toMatchObject([
      { badge: 'not valid', told: 'untold' },
    ])
  })
})
