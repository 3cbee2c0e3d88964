import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { measuredScenarios } from '../../report/analysis/measured-scenarios.ts'
import type { Scenario } from '../../results/scenario.ts'
import { dueTimesBefore } from '../../server/schedule.ts'
import { loadScenario } from './library.ts'
import { planWork } from './plan.ts'
import { runPlan } from './run.ts'
import { runTrial, type TrialOptions } from './trial.ts'

const ODD = new URL('./fixture/odd-agent.ts', import.meta.url)
const EVENTS = 20

/** A run of one trial with three load agents. */
async function run(technique: string, options: Partial<TrialOptions> = {}, changes: Partial<Scenario> = {}) {
  const every = loadScenario('every-technique')
  const scenario: Scenario = {
    ...every,
    trials: 1,
    load: { ...every.load, subscribers: 8, warmUpMs: 200, measureMs: 1_000, pollIntervalMs: 100 },
    ...changes,
  }
  const plan = planWork([scenario], 1, { techniques: [technique], agents: 3 })
  const folder = mkdtempSync(join(tmpdir(), 'pushlab-'))
  try {
    const { run, records } = await runPlan({
      ...{ folder, name: 'agents', plan, seed: 1, command: '' },
      measure: (trial, given) => runTrial(trial, { ...given, ...options }),
    })
    return { run, record: records[0], cell: measuredScenarios(records, run)[0]?.cells[0] }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

afterEach(() => {
  delete process.env.PUSHLAB_ODD
})

test.each(['sse', 'short-poll', 'socket-io'])(
  'three load agents of %s get each event once',
  async (technique) => {
    const { run: made, record = expect.fail(), cell = expect.fail() } = await run(technique)
    const expected = 8 * EVENTS
    expect(record.account).toEqual({ expected, delivered: expected, lost: 0, duplicated: 0, reordered: 0 })
    // Without the three probes.
    expect(record.latency.n).toBe(5 * EVENTS)
    expect(record.agents?.map(({ subscribers, delivered }) => [subscribers, delivered])).toEqual([
      [3, 3 * EVENTS],
      [3, 3 * EVENTS],
      [2, 2 * EVENTS],
    ])
    expect(made.agents).toBe(3)
    expect(cell.findings.map(({ check }) => check)).not.toContain('ledger')
  },
)

test('subscribers of three load agents publish in turn, each message once', async () => {
  const { feed } = loadScenario('chat-room')
  const { record = expect.fail() } = await run('websocket', {}, { feed })
  const { account, traffic, roundTrip, eventsPublished, warmUpMs = expect.fail() } = record
  expect([account.lost, account.duplicated, eventsPublished]).toEqual([0, 0, EVENTS])
  const dues = dueTimesBefore(feed.schedule, (warmUpMs + 1_000) * 1e3)
  expect(traffic.total.messages).toBe(dues.length)
  // In the window, of who is no probe.
  const timed = dues.filter((dueUs, turn) => dueUs >= warmUpMs * 1e3 && turn % 8 >= 3)
  expect(roundTrip?.n).toBe(timed.length)
})

test('there is no load agent without a subscriber', async () => {
  const { load } = loadScenario('every-technique')
  const few = { load: { ...load, subscribers: 2, warmUpMs: 100, measureMs: 500 } }
  expect((await run('websocket', {}, few)).record?.agents).toHaveLength(2)
})

test('one load agent that is held up is found', async () => {
  process.env.PUSHLAB_ODD = 'held'
  // A comparison, whose delays are looked at.
  const { cell = expect.fail() } = await run('websocket', { agentModule: ODD }, { trials: 3 })
  const finding = cell.findings.find(({ check }) => check === 'load agents')
  expect(String(finding?.reason)).toMatch(
    /^Load agent 2 of 3 differs from the others in every trial, by \d+ % or more/,
  )
})

test('one load agent that dies fails the trial, and none is left', async () => {
  process.env.PUSHLAB_ODD = 'dies'
  const { run: made, record } = await run('websocket', { agentModule: ODD })
  expect(record).toBeUndefined()
  expect(made.failures[0]?.reason).toContain('odd-agent.ts ended with SIGKILL')
  expect(childrenRunning('odd-agent.ts')).toEqual([])
})

/** Process IDs of this process's children that run a program. */
function childrenRunning(program: string): string[] {
  return readdirSync('/proc').filter((name) => {
    try {
      const [, parent] = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
      return parent === String(process.pid) && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(program)
    } catch {
      return false
    }
  })
}
