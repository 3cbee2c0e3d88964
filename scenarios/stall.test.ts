import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { until } from '../clients/fixture/until.ts'
import { loadScenario } from './library.ts'
import { pointsOf } from './scenario.ts'
import { runTrial } from './trial.ts'

const STALL_MS = 1_400

/** The process ID of this process's child that runs a file. */
function childRunning(file: string): number | undefined {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((pid) => {
      try {
        const parent = Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1])
        return parent === process.pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(file)
      } catch {
        return false
      }
    })
}

test('a server that stands still for 1.4 s shows in the p99, and not in what a naive meter reports', async () => {
  const steady = loadScenario('steady-feed')
  const scenario = {
    ...steady,
    feed: { ...steady.feed, schedule: { kind: 'constant' as const, ratePerSecond: 50 } },
    load: { ...steady.load, subscribers: 10, warmUpMs: 500, measureMs: 4_000 },
  }
  const point = pointsOf(scenario)[0] ?? expect.fail()
  const trial = runTrial({ scenario, point, technique: 'websocket', copy: 1, trial: 1 })
  await until('the server runs', () => childRunning('server/main.ts') !== undefined)
  await sleep(2_500)
  const server = childRunning('server/main.ts') as number
  process.kill(server, 'SIGSTOP')
  await sleep(STALL_MS)
  process.kill(server, 'SIGCONT')
  const { account, latency, latencyFromPublished, eventsScheduled, eventsPublished } = await trial

  expect(account).toMatchObject({ expected: 2_000, delivered: 2_000, lost: 0 })
  expect(eventsPublished).toBe(eventsScheduled)
  expect(latency.n).toBe(2_000)
  // Open loop: every event that was due during the stall is as late as it was, the earliest of them by all of it.
  expect(latency.maxUs / 1e3).toBeGreaterThan(STALL_MS - 50)
  expect(latency.p99Us / 1e3).toBeGreaterThan(STALL_MS * 0.9)
  expect(latency.p90Us / 1e3).toBeGreaterThan(STALL_MS * 0.5)
  // From publication: the stalled server published late and then delivered at once, so the stall is not to be seen.
  expect(latencyFromPublished.p99Us / 1e3).toBeLessThan(STALL_MS * 0.2)
})
