import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Agenda } from './agenda.ts'
import { DelayLine, delaysMs } from './delay-line.ts'

const take = (n: number, delays: Iterator<number, never>) =>
  Array.from({ length: n }, () => delays.next().value)

/** An agenda without a clock: what is noted is done in its order, each at exactly its time. */
function arrivals(line: (agenda: Agenda, arrived: (name: number) => () => void) => void): [number, number][] {
  const entries: { dueUs: number; act: () => void }[] = []
  const arrived: [number, number][] = []
  let now = 0
  const agenda = { at: (dueUs: number, act: () => void) => entries.push({ dueUs, act }) }
  line(agenda as unknown as Agenda, (name) => () => arrived.push([name, now]))
  while (entries.length > 0) {
    entries.sort((a, b) => a.dueUs - b.dueUs)
    const next = entries.shift() as (typeof entries)[0]
    now = next.dueUs
    next.act()
  }
  return arrived
}

describe('delays', () => {
  test('are the same for the same seed, and others for another', () => {
    const some = (seed: number) => take(50, delaysMs(20, 5, seed))
    expect(some(1)).toEqual(some(1))
    expect(some(1)).not.toEqual(some(2))
  })

  test('are uniform between the delay and the delay with all of the jitter', () => {
    const delays = take(10_000, delaysMs(20, 10, 7))
    expect(delays.every((delayMs) => delayMs >= 20 && delayMs < 30)).toBe(true)
    const meanMs = delays.reduce((sum, delayMs) => sum + delayMs, 0) / delays.length
    expect(meanMs).toBeCloseTo(25, 0)
    expect(delays.filter((delayMs) => delayMs < 22).length / delays.length).toBeCloseTo(0.2, 1)
  })

  test('are all alike without jitter', () => {
    expect(take(3, delaysMs(20, 0, 1))).toEqual([20, 20, 20])
  })
})

describe('a delay line', () => {
  test('never changes the order, nor is anything faster than the delay, whatever the jitter', () => {
    const sent = fc.array(fc.record({ afterUs: fc.nat(3_000), bytes: fc.nat(5_000) }), { maxLength: 50 })
    const rate = fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.integer({ min: 1_000, max: 1e8 }))
    fc.assert(
      fc.property(
        sent,
        fc.nat(20),
        fc.nat(20),
        rate,
        fc.nat(),
        (packets, delayMs, jitterMs, perSecond, seed) => {
          const sentUs: number[] = []
          const arrived = arrivals((agenda, arrive) => {
            const line = new DelayLine(agenda, delaysMs(delayMs, jitterMs, seed), perSecond)
            let nowUs = 0
            for (const [i, { afterUs, bytes }] of packets.entries()) {
              nowUs += afterUs
              sentUs.push(nowUs)
              line.send(nowUs, bytes, arrive(i))
            }
          })
          expect(arrived.map(([i]) => i)).toEqual(packets.map((_, i) => i))
          for (const [i, atUs] of arrived) {
            expect(atUs).toBeGreaterThanOrEqual((sentUs[i] as number) + delayMs * 1e3)
          }
        },
      ),
    )
  })

  test('lets each leave when the one before has left, by its own size and the rate', () => {
    const arrived = arrivals((agenda, arrive) => {
      const line = new DelayLine(agenda, delaysMs(20, 0, 1), 100_000)
      line.send(0, 1_000, arrive(1))
      line.send(0, 500, arrive(2))
      // The link has been free for long.
      line.send(100_000, 2_000, arrive(3))
    })
    expect(arrived).toEqual([
      [1, 30_000],
      [2, 35_000],
      [3, 140_000],
    ])
  })
})
