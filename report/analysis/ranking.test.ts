import { expect, test } from 'vitest'
import { recordsFixture } from '../fixture/records.ts'
import { measuredScenarios } from './cells.ts'
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
    expect(others.map(({ same }) => same)).toEqual([false])
  }
})

test('the same bytes are the same', () => {
  expect(ranked(2, 2)?.others.map(({ same }) => same)).toEqual([true])
})
