import { describe, expect, test } from 'vitest'
import { recordsFixture, runFixture, scenarioFixture } from '../fixture/records.ts'
import { compareRuns, unlikeness } from './compare.ts'

const scenario = { ...scenarioFixture, trials: 6 }
const medians = [1_000, 1_030, 980, 1_010, 990, 1_020]
const run = (factor = 1, overheadBytes = 20) => {
  const records = ['sse', 'websocket'].flatMap((technique) =>
    recordsFixture({
      scenario,
      technique,
      mediansUs: medians.map((us) => us * (technique === 'sse' ? factor : 1)),
      overheadBytes: technique === 'sse' ? overheadBytes : 20,
    }),
  )
  return { run: runFixture(records), records }
}
const notable = (changes: ReturnType<typeof compareRuns>) =>
  changes
    .filter(({ outcome }) => outcome !== 'same within noise')
    .map(({ cell, figure, outcome }) => [cell.technique, figure, outcome])

describe('two runs', () => {
  test('of the same are the same', () => {
    expect(notable(compareRuns(run(), run()))).toEqual([])
  })

  test('show a planted fifth of delay, in the one cell that has it', () => {
    expect(notable(compareRuns(run(), run(1.2))).sort()).toEqual([
      ['sse', 'p50Us', 'worse'],
      ['sse', 'p99Us', 'worse'],
    ])
    expect(notable(compareRuns(run(1.2), run())).map(([, , outcome]) => outcome)).toEqual([
      'better',
      'better',
    ])
  })

  test('show one byte more of framing', () => {
    expect(notable(compareRuns(run(), run(1, 21)))).toEqual([['sse', 'bytesPerEvent', 'worse']])
  })

  test('are not judged where one is not valid', () => {
    const lossy = run()
    for (const { account, technique } of lossy.records) if (technique === 'sse') account.lost = 1
    const outcomes = compareRuns(lossy, run(2))
      .filter(({ cell }) => cell.technique === 'sse')
      .map(({ outcome }) => outcome)
    expect(new Set(outcomes)).toEqual(new Set(['not valid']))
  })

  test('of unlike machines or loads say in what', () => {
    const [old, now] = [run(), run()]
    expect(unlikeness(old, now)).toEqual([])
    now.run = { ...now.run, environment: { ...now.run.environment, cores: 64 } }
    now.records = now.records.map((record) => ({
      ...record,
      scenario: { ...record.scenario, load: { ...record.scenario.load, subscribers: 7 } },
    }))
    expect(unlikeness(old, now).map(String)).toEqual([
      'cores: 2 against 64',
      'scenario steady-feed: another feed, load or variant',
    ])
  })
})
