import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { recordsFixture, runFixture } from '../report/fixture/records.ts'
import { latestRun, runsIn } from './runs.ts'
import { writeRun } from './store.ts'

let results: string
beforeEach(() => {
  results = mkdtempSync(join(tmpdir(), 'pushlab-'))
})
afterEach(() => rmSync(results, { recursive: true }))

const latest = () => basename(latestRun('the reference run', results))

const fixture = runFixture(recordsFixture({ technique: 'sse' }))
/** Writes a run that ended on a day of January. */
function ended(name: string, day: number): void {
  writeRun(join(results, name), { ...fixture, run: name, endedAt: `2026-01-${day}T00:00:00.000Z` })
}

test('the latest run is the last that ended, whatever its name', () => {
  ended('z-baseline', 11)
  ended('2026-01-13T00-00-00', 13)
  ended('a-later', 14)
  ended('2026-01-12T00-00-00', 12)
  expect(latest()).toBe('a-later')
  expect(runsIn(results).map(({ run }) => run.run)).toEqual([
    'a-later',
    '2026-01-13T00-00-00',
    '2026-01-12T00-00-00',
    'z-baseline',
  ])
})

test('what cannot be read as a run, and what is none, are left out', () => {
  ended('good', 11)
  const texts = { cut: '{"schema"', old: '{"schema": "pushlab/run@1"}', empty: '', array: '[]' }
  for (const [name, text] of Object.entries(texts)) {
    mkdirSync(join(results, name))
    writeFileSync(join(results, name, 'run.json'), text)
  }
  mkdirSync(join(results, 'folder', 'run.json'), { recursive: true })
  writeFileSync(join(results, 'file'), '')
  writeRun(join(results, 'timeless'), { ...fixture, endedAt: 'some day' })
  expect(runsIn(results).map(({ folder }) => basename(folder))).toEqual(['good', 'timeless'])
})

test('the reference run, and others that git holds, are kept for other reasons than being the latest', () => {
  expect(latest()).toBe('the reference run')
  ended('reference', 20)
  expect(latest()).toBe('the reference run')
  ended('kept', 19)
  ended('own', 18)
  expect(latest()).toBe('kept')
  const git = (...args: string[]) => execFileSync('git', ['-C', results, ...args], { stdio: 'ignore' })
  git('init')
  git('add', 'kept')
  expect(latest()).toBe('own')
})
