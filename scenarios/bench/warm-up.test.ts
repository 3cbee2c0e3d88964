import { expect, test } from 'vitest'
import { dueTimesBefore, type Schedule } from '../../server/schedule.ts'
import { drawWarmUpMs } from './warm-up.ts'

const NOMINAL_MS = 2_000
const MEASURE_MS = 1_000
const seeds = Array.from({ length: 200 }, (_, seed) => seed)

/** When the events of a window are due, from its beginning on, in ms. */
function windowOf(schedule: Schedule, warmUpMs: number): number[] {
  const dueMs = dueTimesBefore(schedule, (warmUpMs + MEASURE_MS) * 1e3).map((dueUs) => dueUs / 1e3 - warmUpMs)
  return dueMs.filter((ms) => ms >= 0).map((ms) => Math.round(ms * 1e3) / 1e3)
}

const schedules: Schedule[] = [
  { kind: 'constant', ratePerSecond: 10 },
  { kind: 'constant', ratePerSecond: 30 },
  { kind: 'constant', ratePerSecond: 0.2 },
  { kind: 'bursts', burstEvents: 5, everyMs: 250 },
  { kind: 'poisson', ratePerSecond: 20, seed: 3 },
  { kind: 'silent' },
]

test('however long a trial warms up, its window has the same events at the same times', () => {
  for (const schedule of schedules) {
    const usual = windowOf(schedule, NOMINAL_MS)
    for (const seed of seeds) {
      const warmUpMs = drawWarmUpMs(NOMINAL_MS, schedule, seed)
      expect(warmUpMs).toBeGreaterThanOrEqual(0.75 * NOMINAL_MS)
      expect(warmUpMs).toBeLessThanOrEqual(1.25 * NOMINAL_MS)
      expect(windowOf(schedule, warmUpMs)).toEqual(usual)
    }
  }
})

test('trials warm up for different times, each for the same again', () => {
  const [schedule] = schedules as [Schedule]
  const drawn = seeds.map((seed) => drawWarmUpMs(NOMINAL_MS, schedule, seed))
  expect(drawn).toEqual(seeds.map((seed) => drawWarmUpMs(NOMINAL_MS, schedule, seed)))
  expect([...new Set(drawn)].sort((a, b) => a - b)).toEqual(
    Array.from({ length: 11 }, (_, i) => 0.75 * NOMINAL_MS + i * 100),
  )
})

test('who does not want to warm up does not', () => {
  for (const schedule of schedules) expect(drawWarmUpMs(0, schedule, 1)).toBe(0)
})
