import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RoomClock, stageTimeUs } from './room-client-clock.ts'

test('the answer with the shortest way of the latest 20 counts', () => {
  const clock = new RoomClock()
  // The host is 1,000 ms ahead; the first answer took 40 ms, all of them on the way back.
  expect(clock.add({ sentMs: 0, receivedMs: 40, atUs: 1_000_000 })).toEqual({
    offsetMs: 980,
    uncertaintyMs: 20,
  })
  expect(clock.add({ sentMs: 100, receivedMs: 102, atUs: 1_101_000 })).toEqual({
    offsetMs: 1_000,
    uncertaintyMs: 1,
  })
  const slow = (n: number) => clock.add({ sentMs: n, receivedMs: n + 10, atUs: 0 }).uncertaintyMs
  expect(Array.from({ length: 20 }, (_, i) => slow(i))).toEqual([...new Array(19).fill(1), 5])
})

test('whatever each way takes, the true offset is within the uncertainty', () => {
  const way = fc.double({ min: 0, max: 500, noNaN: true })
  fc.assert(
    fc.property(
      fc.double({ min: -1e9, max: 1e9, noNaN: true }),
      fc.array(fc.tuple(way, way), { minLength: 1, maxLength: 40 }),
      (offsetMs, ways) => {
        const clock = new RoomClock()
        for (const [i, [up, down]] of ways.entries()) {
          const sentMs = i * 1_000
          const atUs = (sentMs + up + offsetMs) * 1_000
          const estimate = clock.add({ sentMs, receivedMs: sentMs + up + down, atUs })
          expect(Math.abs(estimate.offsetMs - offsetMs)).toBeLessThanOrEqual(estimate.uncertaintyMs + 1e-3)
        }
      },
    ),
  )
})

test("a time of the page is put on the stage's clock", () => {
  expect(stageTimeUs(1_500.25, { offsetMs: -500, uncertaintyMs: 1 }, 400_000)).toBe(600_250)
})
