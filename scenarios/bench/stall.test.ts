import { expect, test } from 'vitest'
import { pointsOf, type Scenario } from '../../results/scenario.ts'
import { loadScenario } from './library.ts'
import { runTrial } from './trial.ts'

const STALL_AFTER_MS = 1_500
const STALL_MS = 1_400

test('a server that stands still for 1.4 s shows in the p99, and not in what a naive meter reports', async () => {
  const steady = loadScenario('steady-feed')
  const scenario: Scenario = {
    ...steady,
    stall: { afterMs: STALL_AFTER_MS, forMs: STALL_MS },
    feed: { ...steady.feed, schedule: { kind: 'constant' as const, ratePerSecond: 50 } },
    load: { ...steady.load, subscribers: 10, warmUpMs: 500, measureMs: 4_000 },
  }
  const point = pointsOf(scenario)[0] ?? expect.fail()
  const { account, latency, latencyFromPublished, timeline, server, eventsScheduled, eventsPublished } =
    await runTrial({ scenario, point, technique: 'websocket', copy: 1, trial: 1 }, { seed: 1 })

  expect(account).toMatchObject({ expected: 2_000, delivered: 2_000, lost: 0 })
  expect(eventsPublished).toBe(eventsScheduled)
  // All but the probe's.
  expect(latency.n).toBe(1_800)
  // Open loop: every event that was due during the stall is as late as it was, the earliest of them by all of it.
  expect(latency.maxUs / 1e3).toBeGreaterThan(STALL_MS - 50)
  expect(latency.p99Us / 1e3).toBeGreaterThan(STALL_MS * 0.9)
  expect(latency.p90Us / 1e3).toBeGreaterThan(STALL_MS * 0.5)
  // From publication: the stalled server published late and then delivered at once, so the stall is not to be seen.
  expect(latencyFromPublished.p99Us / 1e3).toBeLessThan(STALL_MS * 0.2)

  // Over time: late from when it began on, and the less late the later in it an event was due.
  const { sliceMs, slices } = timeline
  const counts = slices.flatMap((slice) => slice.counts)
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(latency.n)
  const worst = slices.findIndex(({ maxUs }) => maxUs === Math.round(latency.maxUs))
  expect(slices[worst]?.maxUs).toBeGreaterThan(1.2e6)
  expect(worst * sliceMs).toBeGreaterThan(STALL_AFTER_MS - 1.5 * sliceMs)
  expect(worst * sliceMs).toBeLessThan(STALL_AFTER_MS + 1.5 * sliceMs)
  const inStall = slices.slice(worst, worst + Math.floor((STALL_MS * 0.7) / sliceMs))
  for (const [i, { maxUs }] of inStall.entries()) {
    if (i > 0) expect(maxUs).toBeLessThan(inStall[i - 1]?.maxUs ?? 0)
  }

  // And what stood still was the server.
  const stall = server.pauses.longest.find(({ kind, durationUs }) => kind === 'stall' && durationUs > 1.2e6)
  expect(stall?.durationUs).toBeLessThan((STALL_MS + 400) * 1e3)
  expect(stall?.atMs).toBeGreaterThan(STALL_AFTER_MS - 20)
  expect(stall?.atMs).toBeLessThan(STALL_AFTER_MS + 200)
})
