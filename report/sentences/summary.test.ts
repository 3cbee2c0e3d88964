import { expect, test } from 'vitest'
import type { Scenario } from '../../results/scenario.ts'
import { registry } from '../../server/registry.ts'
import {
  chatFixture,
  recordsFixture,
  runFixture,
  scenarioFixture,
  silentFixture,
} from '../fixture/records.ts'
import { summaryTables } from './summary.ts'

const widest = (text: string) => Math.max(...text.split('\n').map(({ length }) => length))
const slow = [950_000, 960_000, 970_000]

test('the summary fits into 100 columns, whatever was measured', () => {
  const copies = [1, 2] as const
  const records = registry.flatMap(({ name }) =>
    copies.flatMap((copy) => recordsFixture({ technique: name, copy, lost: 1_999, mediansUs: slow })),
  )
  expect(widest(summaryTables(runFixture(records), records))).toBeLessThanOrEqual(100)
  const chat = registry.flatMap(({ name }) =>
    copies.flatMap((copy) =>
      recordsFixture({ scenario: chatFixture, technique: name, copy, mediansUs: slow }),
    ),
  )
  expect(widest(summaryTables(runFixture(chat), chat))).toBeLessThanOrEqual(100)
})

test('positions of a sweep stand above their rows, in its order', () => {
  const scenario: Scenario = { ...scenarioFixture, sweep: { axis: 'http', values: ['2', '1.1'] } }
  const records = [1, 0].flatMap((at) => recordsFixture({ scenario, at, technique: 'sse' }))
  const starts = summaryTables(runFixture(records), records)
    .split('\n')
    .map((line) => line.trim().split('  ')[0])
  expect(starts.slice(0, -1)).toEqual(['steady-feed', 'with HTTP/2:', 'sse', 'with HTTP/1.1:', 'sse', ''])
})

test('a feed without an event has the bytes and requests of a second, and no delay', () => {
  const records = recordsFixture({ scenario: silentFixture, technique: 'sse' })
  const table = summaryTables(runFixture(records), records)
  expect(table.split('\n').slice(0, 2)).toEqual([
    expect.stringMatching(/^idle +counts +bytes\/s +requests\/s +lost$/),
    expect.stringMatching(/^sse +valid +0 B +0 +0$/),
  ])
})
