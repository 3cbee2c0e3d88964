import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { nowUs } from './clock.ts'
import { longestOf, type Pause, watchPauses } from './pauses.ts'

function watch(originUs = nowUs()) {
  const histogram = monitorEventLoopDelay({ resolution: 10 })
  histogram.enable()
  return watchPauses(originUs, { histogram, resolutionUs: 10_000 })
}

test('a loop that is blocked shows as a stall at its time', async () => {
  const originUs = nowUs() - 1e6
  const end = watch(originUs)
  await sleep(30)
  const blockedAtMs = (nowUs() - originUs) / 1e3
  const untilUs = nowUs() + 150_000
  while (nowUs() < untilUs);
  await sleep(30)
  const { longest } = await end()
  const stall = longest.find(({ kind, durationUs }) => kind === 'stall' && durationUs > 130_000)
  // The finer timer was due within 10 ms, and what came before that is no part of the stall. On a busy machine the
  // process may stand still before, too: the stall is somewhere within the block.
  expect(stall?.atMs).toBeGreaterThan(blockedAtMs - 15)
  expect(stall?.atMs).toBeLessThan((untilUs - originUs) / 1e3)
})

test('a block that lasts to the end shows, too', async () => {
  const end = watch()
  const untilUs = nowUs() + 200_000
  while (nowUs() < untilUs);
  const { longest } = await end()
  expect(longest).toContainEqual(expect.objectContaining({ kind: 'stall' }))
})

test('garbage collections of the time between are counted, those before and after are not', async () => {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  collect()
  const end = watch()
  for (let i = 0; i < 3; i++) collect()
  const ending = end()
  collect()
  const { gcCount, gcTotalUs } = await ending
  expect(gcCount).toBeGreaterThanOrEqual(3)
  expect(gcTotalUs).toBeGreaterThan(0)

  const none = watch()
  expect((await none()).gcCount).toBeLessThan(gcCount)
})

test('the longest twelve are kept, in the order of time', () => {
  const pauses = Array.from(
    { length: 20 },
    (_, i): Pause => ({ atMs: (i * 7) % 20, durationUs: 2_000 + i, kind: 'gc minor' }),
  )
  const kept = longestOf(pauses)
  expect(kept.map(({ durationUs }) => durationUs).sort()).toEqual(
    Array.from({ length: 12 }, (_, i) => 2_008 + i),
  )
  expect(kept).toEqual(kept.toSorted((a, b) => a.atMs - b.atMs))
})
