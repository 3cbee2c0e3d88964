import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { rowContracts } from '../../results/rows/index.ts'
import { faultIn } from '../../results/rows/row.ts'
import { readRun } from '../../results/store.ts'
import { checkRows } from './experiment.ts'
import { experimentNames, loadExperiment } from './experiments.ts'
import { runPlan } from './run.ts'

test('every experiment has rows of its own name among all of them, and there are no others', async () => {
  expect([...rowContracts.keys()].sort()).toEqual(experimentNames())
  for (const name of experimentNames()) {
    expect((await loadExperiment(name)).rows).toBe(rowContracts.get(name))
  }
})

test('the rows of the reference run are as they are declared', () => {
  const { observations } = readRun(new URL('../../results/reference', import.meta.url).pathname)
  expect(observations.length).toBeGreaterThan(0)
  for (const { experiment, rows } of observations) {
    const contract = rowContracts.get(experiment) ?? expect.fail()
    expect([experiment, faultIn(contract, rows)]).toEqual([experiment, undefined])
    expect(() => checkRows(contract, rows)).not.toThrow()
  }
})

test('every experiment says what it needs, and nothing else', async () => {
  const signs = { browser: 'inBrowser(', nginx: 'startNginx(', 'packet loss': 'inLossyNetwork' }
  for (const name of experimentNames()) {
    const source = readFileSync(new URL(`../experiments/${name}.ts`, import.meta.url), 'utf8')
    const needed = Object.entries(signs).find(([, sign]) => source.includes(sign))?.[0]
    expect([name, (await loadExperiment(name)).needs]).toEqual([name, needed])
  }
})

describe('rows that were just made', async () => {
  const { rows: contract } = await loadExperiment('event-source-redirects')
  const { rows: ofSix } = await loadExperiment('event-source-six')
  const good = { status: 200, followed: true }

  test.each([
    ['lacks a column', { status: 301 }, 'row 2 without its column followed'],
    ['has a value of another type', { ...good, followed: 1 }, 'row 2 whose column followed has a value of'],
    [
      'has a number that is none',
      { ...good, status: Number.NaN },
      'row 2 whose column status has a value of',
    ],
    ['has a column too many', { ...good, delayUs: 1 }, 'row 2 with a column delayUs that is not declared'],
  ])('are refused where one %s', (_what, row, message) => {
    expect(() => checkRows(contract, [good, row])).toThrow(`event-source-redirects made ${message}`)
  })

  test('are refused where a text is none of those that are declared', () => {
    const row = { http: '3', asked: 7, waitedMs: 1, open: 7, answered: true, answeredAfterClosing: true }
    expect(() => checkRows(ofSix, [row])).toThrow('row 1 whose column http')
    expect(() => checkRows(ofSix, [{ ...row, http: '2' }])).not.toThrow()
  })

  test('need no column that only some have', async () => {
    const { rows: ofLoss } = await loadExperiment('tcp-order')
    expect(Object.keys(ofLoss.optional)).toContain('droppedPackets')
    const row = Object.fromEntries(
      Object.keys(ofLoss.columns).map((column) => [column, column === 'carrier' ? 'TCP' : 1]),
    )
    expect(() => checkRows(ofLoss, [row, { ...row, droppedPackets: 1 }])).not.toThrow()
    expect(() => checkRows(ofLoss, [{ ...row, droppedPackets: 'one' }])).toThrow('column droppedPackets')
  })
})

const folder = mkdtempSync(join(tmpdir(), 'pushlab-rows-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('the bench writes down no row that lacks a column, and says which', async () => {
  const experiment = await loadExperiment('websocket-key')
  const run = vi.spyOn(experiment, 'run').mockResolvedValue({ rows: [{ key: 'none', valid: false }] })
  try {
    const plan = {
      scenarios: [],
      trials: [],
      searches: [],
      experiments: ['websocket-key'],
      agents: 1,
      notApplicable: [],
    }
    const measured = await runPlan({ folder, name: 'rows', plan, seed: 1, command: 'pushlab bench' })
    expect(measured.observations).toEqual([])
    expect(measured.run.failedExperiments).toEqual([
      {
        experiment: 'websocket-key',
        reason: expect.stringContaining('made row 1 without its column client'),
      },
    ])
    expect(readRun(folder).observations).toEqual([])
  } finally {
    run.mockRestore()
  }
})
