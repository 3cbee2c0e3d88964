import { expect, test } from 'vitest'
import { loadScenario } from './library.ts'
import { pointsOf, type Scenario } from './scenario.ts'
import { runTrial } from './trial.ts'

const STALL_MS = 1_400

test('a server that stands still for 1.4 s shows in the p99, and not in what a naive meter reports', async () => {
  const steady = loadScenario('steady-feed')
  const scenario: Scenario = {
    ...steady,
    stall: { afterMs: 1_500, forMs: STALL_MS },
    feed: { ...steady.feed, schedule: { kind: 'constant' as const, ratePerSecond: 50 } },
    load: { ...steady.load, subscribers: 10, warmUpMs: 500, measureMs: 4_000 },
  }
  const point = pointsOf(scenario)[0] ?? expect.fail()
  const { account, latency, latencyFromPublished, eventsScheduled, eventsPublished } = await runTrial({
    ...{ scenario, point, technique: 'websocket' },
    ...{ copy: 1, trial: 1 },
  })

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
