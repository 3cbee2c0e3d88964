import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { PongGuard } from './pong-guard.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const HEARTBEAT_MS = 500

/** A peer that is pinged each heartbeat and answers so long after, in order; when it was taken for dead. */
function peer(answerMs: (ping: number) => number | undefined, heartbeatMs = HEARTBEAT_MS) {
  const startMs = performance.now()
  let diedMs: number | undefined
  const guard = new PongGuard(heartbeatMs, () => {
    diedMs ??= performance.now() - startMs
  })
  let pings = 0
  let answeredMs = 0
  setInterval(() => {
    const content = guard.ping()
    const afterMs = answerMs(++pings)
    if (afterMs === undefined) return
    const nowMs = performance.now()
    answeredMs = Math.max(answeredMs, nowMs + afterMs)
    setTimeout(() => guard.pong(content), answeredMs - nowMs)
  }, heartbeatMs)
  return {
    diedAfter: (ms: number) => {
      vi.advanceTimersByTime(ms)
      return diedMs
    },
  }
}

describe('nobody is cut off', () => {
  test.each([
    ['who answers at once', 0],
    ['whose answers take more than a heartbeat', 1_200],
    ['whose first answer takes almost 5 s', 4_900],
  ])('%s', (_, answerMs) => {
    expect(peer(() => answerMs).diedAfter(60_000)).toBeUndefined()
  })

  test('whose answers come to take twice as long', () => {
    expect(peer((ping) => (ping < 20 ? 1_000 : 2_900)).diedAfter(60_000)).toBeUndefined()
  })

  test('whose round trips are now short and now long', () => {
    expect(peer((ping) => (ping % 6 === 1 ? 1_500 : 100)).diedAfter(60_000)).toBeUndefined()
  })

  test('who answers the latest of several pings alone, as RFC 6455 section 5.5.3 allows', () => {
    expect(peer((ping) => (ping % 3 === 0 ? 1_000 : undefined)).diedAfter(60_000)).toBeUndefined()
  })

  test('whose answer waits in its socket while this process stands still', async () => {
    // Immediates come after what has come is read.
    vi.useRealTimers()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const onDead = vi.fn()
    const guard = new PongGuard(HEARTBEAT_MS, onDead)
    const content = guard.ping()
    vi.advanceTimersByTime(5_000)
    guard.pong(content)
    await new Promise(setImmediate)
    expect(onDead).not.toHaveBeenCalled()
  })

  test('who has gone', () => {
    const onDead = vi.fn()
    const guard = new PongGuard(HEARTBEAT_MS, onDead)
    guard.ping()
    guard.stop()
    vi.advanceTimersByTime(60_000)
    expect(onDead).not.toHaveBeenCalled()
  })
})

describe('who answers no more is noticed within a heartbeat and', () => {
  const dead = (answerMs: number, last: number) => (ping: number) => (ping <= last ? answerMs : undefined)
  test.each([
    ['two heartbeats, where round trips are short', 10, HEARTBEAT_MS, 1_000],
    ['three round trips, where they are longer', 400, HEARTBEAT_MS, 1_200],
    ['three round trips of more than a heartbeat', 1_200, HEARTBEAT_MS, 3_600],
    ['two heartbeats, where they are long', 10, 15_000, 30_000],
  ])('%s', (_, answerMs, heartbeatMs, patienceMs) => {
    const lastAnswerMs = 10 * heartbeatMs + answerMs
    const diedMs = peer(dead(answerMs, 10), heartbeatMs).diedAfter(20 * heartbeatMs + 60_000) ?? Number.NaN
    expect(diedMs - lastAnswerMs).toBeLessThanOrEqual(heartbeatMs + patienceMs + 2)
    expect(diedMs - lastAnswerMs).toBeGreaterThanOrEqual(patienceMs - 2)
  })

  test('5 s, who has never answered', () => {
    expect(peer(() => undefined).diedAfter(60_000)).toBeCloseTo(HEARTBEAT_MS + 5_000, -1)
  })
})

test('pings are without content, as long as each is answered before the next', () => {
  const guard = new PongGuard(HEARTBEAT_MS, () => {})
  for (let i = 0; i < 3; i++) {
    const content = guard.ping()
    expect(content).toHaveLength(0)
    guard.pong(content)
  }
  guard.stop()
})
