import { expect, test } from 'vitest'
import { compareRuns, unlikeness } from '../report/analysis/compare.ts'
import { recordsFixture, runFixture, scenarioFixture } from '../report/fixture/records.ts'
import { defaultVariant } from '../server/variant.ts'
import { foreignRun } from './foreign.ts'
import { bringUpToDate } from './older.ts'
import type { ResultRecord } from './record.ts'

const scenario = { ...scenarioFixture, trials: 6 }
const records = recordsFixture({
  scenario,
  technique: 'sse',
  mediansUs: [1, 2, 3, 4, 5, 6].map((n) => n * 1e3),
})

/** As they were written before subscribers had a choice of client, and before an instrument was named. */
function older(): { run: ReturnType<typeof runFixture>; records: ResultRecord[] } {
  const written = structuredClone(records)
  for (const record of written) {
    Reflect.deleteProperty(record.point.variant, 'client')
    Reflect.deleteProperty(record, 'instrument')
  }
  return { run: runFixture(written), records: written }
}

test('a record of a time before a choice was made at its default', () => {
  const [record] = older().records
  bringUpToDate(record)
  expect(record?.point.variant).toEqual(defaultVariant)
  bringUpToDate(null)
})

test('the limit of a search has the name that it has today', () => {
  const search = { axis: 'subscribers', from: 1, to: 2, resolution: 2, p99BelowMs: 10 }
  const { p99BelowMs: lateAfterMs, ...rest } = search
  const now = { search: { ...rest, lateAfterMs } }
  for (const place of ['scenario', 'scenarios', undefined] as const) {
    const old = { search: { ...search } }
    const value = place === undefined ? old : { [place]: place === 'scenarios' ? [old] : old }
    bringUpToDate(value)
    expect(old).toEqual(now)
  }
})

test('no percentile lies beyond the longest sample, nor below the shortest', () => {
  const [record] = older().records as [ResultRecord]
  Object.assign(record.latency, {
    minUs: 500.4,
    p50Us: 500,
    p99Us: 1_001_983,
    p999Us: 1_001_983,
    maxUs: 1_001_664.6,
  })
  bringUpToDate(record)
  expect(record.latency).toMatchObject({ p50Us: 500.4, p99Us: 1_001_664.6, p999Us: 1_001_664.6 })
})

test('a run of a time before readers is like one of today, but for its delays, which another instrument measured', () => {
  const before = foreignRun(older())
  if ('fault' in before) throw new Error(before.fault)
  const now = records.map((record) => ({ ...record, instrument: 'readers@1' }))
  const after = { run: runFixture(now), records: now }
  expect(unlikeness(before, after)).toEqual([])
  const { changes, gone, added, instruments } = compareRuns(before, after)
  expect([gone, added]).toEqual([[], []])
  expect(instruments).toEqual(['library-clients@1', 'readers@1'])
  const figures = changes.map(({ figure }) => figure)
  expect(figures).toContain('bytesPerEvent')
  expect(figures.filter((figure) => /Us$/.test(figure) && !figure.startsWith('server'))).toEqual([])
})
