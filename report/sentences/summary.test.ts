import { expect, test } from 'vitest'
import type { ResultRecord } from '../../results/record.ts'
import type { Scenario } from '../../results/scenario.ts'
import { registry } from '../../server/registry.ts'
import { measuredScenarios } from '../analysis/measured-scenarios.ts'
import {
  chatFixture,
  recordsFixture,
  runFixture,
  scenarioFixture,
  silentFixture,
} from '../fixture/records.ts'
import { rankingSentence } from './ranking.ts'
import { summaryTables } from './summary.ts'

const tables = (records: ResultRecord[]) => summaryTables(measuredScenarios(records, runFixture(records)), [])
const widest = (text: string) => Math.max(...text.split('\n').map(({ length }) => length))
const slow = [950_000, 960_000, 970_000]

test('the summary fits into 100 columns, whatever was measured', () => {
  const copies = [1, 2] as const
  const records = registry.flatMap(({ name }) =>
    copies.flatMap((copy) => recordsFixture({ technique: name, copy, lost: 1_999, mediansUs: slow })),
  )
  expect(widest(tables(records))).toBeLessThanOrEqual(100)
  const chat = registry.flatMap(({ name }) =>
    copies.flatMap((copy) =>
      recordsFixture({ scenario: chatFixture, technique: name, copy, mediansUs: slow }),
    ),
  )
  expect(widest(tables(chat))).toBeLessThanOrEqual(100)
})

test('the table and the sentence under it say one number of one figure', () => {
  // Trials that scatter to one side: their median is far from their geometric mean.
  const records = ['sse', 'websocket'].flatMap((technique, i) =>
    recordsFixture({ technique, mediansUs: [1_000, 1_100, 4_000 * (i + 1)] }),
  )
  const [measured = expect.fail()] = measuredScenarios(records, runFixture(records))
  const sentence = String(rankingSentence('Median delay', measured, 'p50Us'))
  const [lowest = '', other = ''] = [...sentence.matchAll(/\((.*?)\)/g)].map(([, figure]) => figure)
  expect(tables(records)).toContain(` ${lowest} (`)
  expect(tables(records)).toContain(` ${other} (`)
})

test('positions of a sweep stand above their rows, in its order', () => {
  const scenario: Scenario = { ...scenarioFixture, sweep: { axis: 'http', values: ['2', '1.1'] } }
  const records = [1, 0].flatMap((at) => recordsFixture({ scenario, at, technique: 'sse' }))
  const starts = tables(records)
    .split('\n')
    .map((line) => line.trim().split('  ')[0])
  expect(starts.slice(0, 6)).toEqual(['steady-feed', 'with HTTP/2:', 'sse', 'with HTTP/1.1:', 'sse', ''])
  // What it says of all of them: the legend, and a line for each badge of the run.
  expect(starts.slice(6)).toEqual([
    expect.stringMatching(/^p50: geometric mean of trials; p99: of all; /),
    expect.stringMatching(/^times: p50 beside the smallest; /),
    'Bytes, requests and losses: valid.',
    'Delays and CPU time, compared with each other: use with care.',
    'The same in milliseconds of this machine: use with care.',
  ])
})

test('a feed without an event has the bytes and requests of a second, and no delay', () => {
  const records = recordsFixture({ scenario: silentFixture, technique: 'sse' })
  const table = tables(records)
  expect(table.split('\n').slice(0, 2)).toEqual([
    // Nothing of it is timed, and so no badge of what is timed stands here.
    expect.stringMatching(/^idle +bytes\/s +requests\/s +lost$/),
    expect.stringMatching(/^sse +0 B +0 +0$/),
  ])
})

test('a scenario that counts and does not time has a dash for each delay and for CPU time', () => {
  const scenario: Scenario = { ...scenarioFixture, trials: 2 }
  const records = recordsFixture({ scenario, technique: 'sse', mediansUs: [1_000, 1_010] })
  const table = tables(records)
  expect(table.split('\n')[1]).toMatch(/^sse +- +- +120 B +0 +- +0$/)
  expect(table).toContain('Delays and CPU time, compared with each other: not measured.')
})

test('beside each median stand its interval, or of few trials its range, and how it stands to the smallest', () => {
  const ofTrials = (trials: number) => {
    const scenario: Scenario = { ...scenarioFixture, trials }
    const cell = (technique: string, medians: number[], copy: 1 | 2 = 1) =>
      recordsFixture({ scenario, technique, copy, mediansUs: medians.slice(0, trials) })
    const records = [
      ...cell('sse', [1_000, 1_010, 1_020, 1_000, 1_010, 1_020]),
      ...cell('sse', [1_000, 1_010, 1_020, 1_000, 1_010, 1_020], 2),
      ...cell('websocket', [1_010, 1_000, 1_010, 1_010, 1_010, 1_010]),
      ...cell('long-poll', [2_000, 2_020, 2_040, 2_000, 2_020, 2_040]),
      ...cell('bare-tcp', [900, 900, 900, 900, 900, 900]),
    ]
    return tables(records)
      .split('\n')
      .slice(0, 6)
      .map((line) =>
        line
          .split(/ {2,}/)
          .filter((text) => text !== '')
          .slice(0, 3),
      )
  }
  expect(ofTrials(6)).toEqual([
    ['steady-feed', 'p50 (95 %)', 'times'],
    ['long-poll', '2.02 ms (2–2.04)', '2.0×'],
    ['sse', '1.01 ms (1–1.02)', 'tied'],
    // Neither what is measured twice nor the floor is anybody's choice.
    ['again', '1.01 ms (1–1.02)', expect.stringMatching(/ms|too few/)],
    ['websocket', '1.01 ms (1–1.01)', 'tied'],
    ['bare-tcp', '900 µs', expect.stringMatching(/ms|µs|too few/)],
  ])
  expect(ofTrials(3)[0]?.[1]).toBe('p50 (min–max)')
})
