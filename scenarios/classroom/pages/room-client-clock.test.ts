import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isBetter, RoomClock, stageTimeUs, stepOf } from './room-client-clock.ts'

test('what lies within the bounds of all answers counts, however long ago a good one was', () => {
  const clock = new RoomClock()
  // The host is 1,000 ms ahead; the first answer took 40 ms, all of them on the way back.
  expect(clock.add({ sentMs: 0, receivedMs: 40, atUs: 1_000_000 })).toEqual({
    offsetMs: 980,
    uncertaintyMs: 20,
  })
  expect(clock.add({ sentMs: 100, receivedMs: 102, atUs: 1_101_000 })).toEqual({
    offsetMs: 999.5,
    uncertaintyMs: 0.5,
  })
  const slow = (n: number) => clock.add({ sentMs: n, receivedMs: n + 90, atUs: (n + 1_045) * 1e3 })
  for (let n = 200; n < 300; n++) expect(slow(n)).toEqual({ offsetMs: 999.5, uncertaintyMs: 0.5 })
  // A clock that was set: what was known before means nothing.
  expect(clock.add({ sentMs: 400, receivedMs: 404, atUs: 9_402_000 })).toEqual({
    offsetMs: 9_000,
    uncertaintyMs: 2,
  })
})

// No way takes no time at all.
const way = fc.double({ min: 0.01, max: 500, noNaN: true })

test.each([0, 1])(
  'whatever each way takes, with a clock of %d ms the true offset is within the uncertainty',
  (stepMs) => {
    const seen = (ms: number) => (stepMs === 0 ? ms : Math.floor(ms / stepMs) * stepMs)
    fc.assert(
      fc.property(
        fc.double({ min: -1e9, max: 1e9, noNaN: true }),
        fc.array(fc.tuple(way, way), { minLength: 1, maxLength: 40 }),
        (offsetMs, ways) => {
          const clock = new RoomClock(stepMs)
          let narrowestMs = Number.POSITIVE_INFINITY
          for (const [i, [up, down]] of ways.entries()) {
            const sentMs = i * 1_000 + 0.4
            const atUs = (sentMs + up + offsetMs) * 1_000
            const estimate = clock.add({ sentMs: seen(sentMs), receivedMs: seen(sentMs + up + down), atUs })
            expect(Math.abs(estimate.offsetMs - offsetMs)).toBeLessThanOrEqual(estimate.uncertaintyMs + 1e-3)
            expect(estimate.uncertaintyMs).toBeLessThanOrEqual(narrowestMs + 1e-3)
            narrowestMs = estimate.uncertaintyMs
          }
        },
      ),
    )
  },
)

describe('an estimate is mended', () => {
  const before = { offsetMs: 1_000, uncertaintyMs: 20 }
  test.each([
    ['by one that shows it to be wrong', { offsetMs: 1_015.5, uncertaintyMs: 15 }, true],
    ['by one that knows it twice as well', { offsetMs: 1_000, uncertaintyMs: 10 }, true],
    ['not by one that may say the same', { offsetMs: 1_014, uncertaintyMs: 15 }, false],
  ])('%s', (_, now, expected) => expect(isBetter(now, before)).toBe(expected))
})

test('a clock is as coarse as the smallest of its steps', () => {
  let calls = 0
  expect(stepOf(() => Math.floor(++calls / 7) / 10 + (calls > 20 ? 5 : 0))).toBeCloseTo(0.1)
})

test("a time of the page is put on the stage's clock", () => {
  expect(stageTimeUs(1_500.25, { offsetMs: -500, uncertaintyMs: 1 }, 400_000)).toBe(600_250)
})
