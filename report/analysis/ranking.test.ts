import { expect, test } from 'vitest'
import { recordsFixture, scenarioFixture } from '../fixture/records.ts'
import { measuredScenarios } from './measured-scenarios.ts'
import { meanOf, rank } from './ranking.ts'

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
  expect(meanOf(cell, 'p50Us') / meanOf(found?.lowest ?? expect.fail(), 'p50Us')).toBeCloseTo(ratio.value, 9)
})
