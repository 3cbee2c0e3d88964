import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { judgeThresholds, parseThreshold } from '../scenarios/bench/threshold.ts'
import { compareRuns } from './analysis/compare.ts'
import { figures } from './analysis/figures.ts'
import { measuredScenarios } from './analysis/measured-scenarios.ts'
import { figuresCsv } from './csv.ts'
import { plain } from './fixture/page.ts'
import { recordsFixture, runFixture, scenarioFixture } from './fixture/records.ts'
import { figuresTables } from './sections/figures-tables.ts'
import { summaryTables } from './sentences/summary.ts'

/** A run of a time whose records had not the field that a figure is read off today: never 0, and never left out unsaid. */
const scenario = { ...scenarioFixture, trials: 6 }
const run = (name: string) => {
  const records = ['sse', 'websocket']
    .flatMap((technique) =>
      recordsFixture({ scenario, technique, mediansUs: [1_000, 1_010, 990, 1_000, 1_005, 995] }),
    )
    .map((record) => ({ ...record, run: name }))
  return { run: runFixture(records, { run: name }), records }
}
const [old, now] = [run('old'), run('now')]
const cells = measuredScenarios(old.records, old.run)

beforeEach(() => {
  const today = figures.bytesPerEvent
  vi.spyOn(figures, 'bytesPerEvent').mockImplementation((record) =>
    record.run === 'old' ? (undefined as unknown as number) : today(record),
  )
})
afterEach(() => void vi.restoreAllMocks())

test('what an older run did not record is called so in the terminal, in the page and in the CSV', () => {
  const [, sse] = summaryTables(cells, []).split('\n')
  expect(sse).toMatch(/^sse .* not recorded /)
  expect(plain(figuresTables(cells[0] ?? expect.fail()).markup)).toContain('not recorded')
  const [heading = '', first = ''] = figuresCsv(old.records).split('\r\n')
  expect(first.split(',')[heading.split(',').indexOf('bytesPerEvent')]).toBe('not recorded')
})

test('a threshold on it cannot be judged, and a comparison says what it lacks', () => {
  const [judged] = judgeThresholds([parseThreshold('sse:bytes<1000')], cells)
  expect(judged).toMatchObject({ kept: [], unjudged: ['steady-feed: not recorded'] })
  const { changes } = compareRuns(old, now)
  const bytes = changes.filter(({ figure }) => figure === 'bytesPerEvent')
  expect(bytes.map(({ outcome }) => outcome)).toEqual(['not recorded', 'not recorded'])
  expect(changes.filter(({ outcome }) => outcome === 'worse')).toEqual([])
})
