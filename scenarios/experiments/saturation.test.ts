import { expect, test } from 'vitest'
import { saturation } from './saturation.ts'

test('every kind of poll is answered as fast as it is asked, without an error', async () => {
  const context = { seed: 1, signal: AbortSignal.timeout(120_000) }
  const rows = await saturation(context, { connections: [1, 5], measureMs: 400, trials: 1 })
  expect(rows).toHaveLength(4 * 2)
  for (const { answers, errors, non2xx, requestsPerSecond, bytesPerSecond } of rows) {
    expect([errors, non2xx]).toEqual([0, 0])
    expect(answers).toBeGreaterThan(0)
    // Head and body of the shortest answer.
    expect(Number(bytesPerSecond) / Number(requestsPerSecond)).toBeGreaterThan(150)
  }
  const bytes = (technique: string, answer: string) => {
    const row = rows.find((each) => each.technique === technique && each.answer === answer)
    return Math.round(Number(row?.bytesPerSecond) / Number(row?.requestsPerSecond))
  }
  // 100 bytes of payload and a longer cursor and list more than an empty answer; the same by short and by long poll.
  expect(bytes('short-poll', 'one event') - bytes('short-poll', 'empty')).toBeGreaterThanOrEqual(100)
  expect(bytes('long-poll', 'one event')).toBe(bytes('short-poll', 'one event'))
  expect(bytes('jsonp-poll', 'one event')).toBeGreaterThan(bytes('long-poll', 'one event'))
})
