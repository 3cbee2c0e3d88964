import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Coalesced } from './coalesce.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('the first is done at once, all others of an interval together at its end, and the last never forgotten', () => {
  const doneMs: number[] = []
  const coalesced = new Coalesced(() => doneMs.push(performance.now() - begunMs), 250)
  const begunMs = performance.now()
  for (let i = 0; i < 300; i++) {
    coalesced.ask()
    vi.advanceTimersByTime(2)
  }
  vi.advanceTimersByTime(10_000)
  expect(doneMs).toHaveLength(4)
  expect(doneMs.map((ms) => Math.round(ms / 10) * 10)).toEqual([0, 250, 500, 750])
  coalesced.ask()
  coalesced.stop()
  vi.advanceTimersByTime(10_000)
  expect(doneMs).toHaveLength(4)
})
