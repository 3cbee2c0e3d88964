import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dueTimesBefore, dueTimesUs, type Schedule, spreadTimesUs, withRate } from './schedule.ts'

const schedule: fc.Arbitrary<Schedule> = fc.oneof(
  fc.record({
    kind: fc.constant('constant' as const),
    ratePerSecond: fc.double({ min: 0.1, max: 1e4, noNaN: true }),
  }),
  fc.record({
    kind: fc.constant('poisson' as const),
    ratePerSecond: fc.double({ min: 0.1, max: 1e4, noNaN: true }),
    seed: fc.nat(),
  }),
  fc.record({
    kind: fc.constant('bursts' as const),
    burstEvents: fc.integer({ min: 1, max: 50 }),
    everyMs: fc.double({ min: 1, max: 1e4, noNaN: true }),
  }),
)
const take = (n: number, plan: Schedule) => {
  const times = dueTimesUs(plan)
  return Array.from({ length: n }, () => times.next().value as number)
}

describe('a schedule', () => {
  test('never goes back, and is the same every time', () => {
    fc.assert(
      fc.property(schedule, (plan) => {
        const times = take(200, plan)
        expect(times).toEqual([...times].sort((a, b) => a - b))
        expect(take(200, plan)).toEqual(times)
        expect(times.every((time) => time >= 0 && Number.isFinite(time))).toBe(true)
      }),
    )
  })

  test('that is spread is in step with nobody, and never goes back', () => {
    const everySecond = { kind: 'constant', ratePerSecond: 1 } as const
    const times = spreadTimesUs(dueTimesUs(everySecond), 1e6)
    const due = Array.from({ length: 60 }, () => times.next().value as number)
    expect(due).toEqual([...due].sort((a, b) => a - b))
    const waits = due.map((us) => 1e6 - (us % 1e6)).sort((a, b) => a - b)
    expect(Math.abs(waits.reduce((sum, us) => sum + us, 0) / 60 - 500_000)).toBeLessThan(15_000)
    // No stretch of a second that is not met.
    for (const [i, us] of waits.slice(1).entries()) expect(us - (waits[i] as number)).toBeLessThan(35_000)
  })

  test('can be had at another mean rate', () => {
    fc.assert(
      fc.property(schedule, fc.double({ min: 0.5, max: 1e3, noNaN: true }), (plan, rate) => {
        const faster = withRate(plan, rate)
        const perSecond =
          faster.kind === 'bursts' ? (faster.burstEvents * 1_000) / faster.everyMs : rateOf(faster)
        expect(perSecond / rate).toBeCloseTo(1, 9)
        expect(faster.kind).toBe(plan.kind)
      }),
    )
  })

  test('is silent at any rate where it has no event at all', () => {
    expect(dueTimesBefore(withRate({ kind: 'silent' }, 100), 1e9)).toEqual([])
  })

  test('of constant rate has its events in the middle of each period', () => {
    expect(take(3, { kind: 'constant', ratePerSecond: 10 })).toEqual([50_000, 150_000, 250_000])
  })

  test('of bursts has many events at one instant', () => {
    expect(take(5, { kind: 'bursts', burstEvents: 2, everyMs: 100 })).toEqual([5e4, 5e4, 15e4, 15e4, 25e4])
  })

  test('of Poisson arrivals has exponential gaps: their mean is 1/rate, and e^-1 of them are longer than that', () => {
    const times = take(20_000, { kind: 'poisson', ratePerSecond: 100, seed: 1 })
    const gaps = times.map((time, i) => time - (times[i - 1] ?? 0))
    const meanUs = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
    expect(meanUs / 10_000).toBeCloseTo(1, 1)
    expect(gaps.filter((gap) => gap > 10_000).length / gaps.length).toBeCloseTo(Math.exp(-1), 1)
  })

  test('of Poisson arrivals is random from its first event on, for small seeds too', () => {
    const firsts = Array.from(
      { length: 500 },
      (_, seed) => take(1, { kind: 'poisson', ratePerSecond: 1, seed })[0] ?? 0,
    )
    const meanUs = firsts.reduce((sum, time) => sum + time, 0) / firsts.length
    expect(meanUs / 1e6).toBeGreaterThan(0.8)
    expect(meanUs / 1e6).toBeLessThan(1.2)
  })

  test('of another seed has other times', () => {
    const times = (seed: number) => take(3, { kind: 'poisson', ratePerSecond: 100, seed })
    expect(times(1)).not.toEqual(times(2))
  })

  test('can be cut: what is due at the end is not in it', () => {
    expect(dueTimesBefore({ kind: 'constant', ratePerSecond: 10 }, 150_000)).toEqual([50_000])
  })
})

function rateOf(schedule: Schedule): number {
  return 'ratePerSecond' in schedule ? schedule.ratePerSecond : 0
}
