import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { recordsFixture } from '../../report/fixture/records.ts'
import type { ResultRecord } from '../../results/record.ts'
import { listScenarios, loadScenario } from './library.ts'
import { planWork } from './plan.ts'
import { startProgress, workloadMs } from './progress.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
})

const scenario = { ...loadScenario('steady-feed'), trials: 1 }
const work = {
  plan: planWork([scenario], 1, { techniques: ['sse'], experiments: ['wire-bytes'] }),
  experimentMs: new Map([['wire-bytes', 1_000]]),
  records: [],
}

/** What is written while the plan is worked off, each trial in 5 s and the experiment in 1. */
function written(stream: { isTTY: boolean; columns?: number; rows?: number }): string {
  const pieces: string[] = []
  const more = { write: (piece: string) => pieces.push(piece), on: () => {}, off: () => {} }
  const progress = startProgress(work, { ...stream, ...more } as unknown as NodeJS.WriteStream)
  const [trial] = work.plan.trials
  const [record] = recordsFixture({ scenario, technique: 'sse' }) as [ResultRecord]
  if (!trial) expect.fail('no trial')
  progress.trial(trial)
  vi.advanceTimersByTime(5_000)
  progress.result(trial, record)
  progress.experiment('wire-bytes')
  vi.advanceTimersByTime(1_000)
  progress.observed('wire-bytes', 'There is no browser.')
  progress.stop()
  return pieces.join('')
}

const LINES = [
  '1 trial and 1 experiment, about 5 s',
  '[83 %, 1 s left] steady-feed, sse, trial 1 of 1: p50 1 ms, longest 1.5 ms, lost 0',
  '[100 %, 0 s left] experiment wire-bytes: There is no browser.',
  '',
]

test('where standard error is no terminal each trial and each experiment has a line', () => {
  expect(written({ isTTY: false }).split('\n')).toEqual(LINES)
})

test('a terminal that can do nothing has the same lines', () => {
  vi.stubEnv('TERM', 'dumb')
  expect(written({ isTTY: true, columns: 80, rows: 24 }).split('\n')).toEqual(LINES)
})

test('on a terminal tables are drawn, without colour, and in the end nothing of them is left', () => {
  vi.stubEnv('TERM', 'xterm')
  const text = written({ isTTY: true, columns: 80, rows: 24 })
  expect(text).toMatch(/steady-feed +trials/)
  expect(text.split('\x1b[').filter((piece) => /^[\d;]*m/.test(piece))).toEqual([])
  expect(text.endsWith('\r\x1b[J')).toBe(true)
})

test('a glance has the main techniques of the quick suite, three trials of each, and is over within 45 s', () => {
  const glance = listScenarios().filter(({ suite }) => suite === 'glance')
  const measured = new Set(glance.flatMap(({ techniques = [] }) => techniques))
  const main = loadScenario('steady-feed').techniques?.filter((technique) => technique !== 'bare-tcp')
  expect([...measured]).toEqual(main)
  expect(glance.map(({ trials }) => trials)).toEqual([3])
  const ms = workloadMs({ plan: planWork(glance, 1), experimentMs: new Map(), records: [] })
  // Some seconds are for the start, the report, and a machine that is slower.
  expect(ms).toBeLessThan(38_000)
})
