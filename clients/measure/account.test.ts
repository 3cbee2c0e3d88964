import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accountFor, type Receipt } from './account.ts'

const window = { startUs: 1_000, endUs: 5_000 }
/** Events due at 500, 1500, ... microseconds, published 10 later. */
const publications = Array.from({ length: 6 }, (_, i): [number, number] => [500 + i * 1_000, 510 + i * 1_000])
const receipt = (subscriber: number, seq: number, delayUs: number): Receipt => ({
  subscriber,
  seq,
  receivedAtUs: (publications[seq - 1]?.[0] ?? 0) + delayUs,
})
const all = (subscriber: number) => [1, 2, 3, 4, 5, 6].map((seq) => receipt(subscriber, seq, 100 * seq))

describe('the account of a window', () => {
  test('counts what was due in it, from when it was due and from when it was published', () => {
    const { account, latency, latencyFromPublished, feedLag } = accountFor(all(0), publications, window, 1)
    expect(account).toEqual({ expected: 4, delivered: 4, lost: 0, duplicated: 0, reordered: 0 })
    expect(latency).toMatchObject({ n: 4, meanUs: 350, minUs: 200, maxUs: 500 })
    expect(latencyFromPublished).toMatchObject({ n: 4, meanUs: 340, minUs: 190, maxUs: 490 })
    expect(feedLag).toMatchObject({ n: 4, meanUs: 10 })
  })

  test('keeps an event that came long after the window', () => {
    const receipts = all(0).map((r) => (r.seq === 5 ? { ...r, receivedAtUs: 9_999_999 } : r))
    const { account, latency } = accountFor(receipts, publications, window, 1)
    expect(account.lost).toBe(0)
    expect(latency.maxUs).toBe(9_999_999 - 4_500)
  })

  test('counts a lost event for each subscriber that did not get it', () => {
    const receipts = [...all(0), ...all(1).filter(({ seq }) => seq !== 3)]
    expect(accountFor(receipts, publications, window, 2).account).toEqual({
      expected: 8,
      delivered: 7,
      lost: 1,
      duplicated: 0,
      reordered: 0,
    })
  })

  test('counts a duplicate, and takes its first receipt as the sample', () => {
    const { account, latency } = accountFor([...all(0), receipt(0, 3, 77_777)], publications, window, 1)
    expect(account).toMatchObject({ delivered: 4, duplicated: 1, lost: 0, reordered: 0 })
    expect(latency.maxUs).toBe(500)
  })

  test('counts an event that came after a later one', () => {
    const [a, b, c, d, e, f] = all(0) as [Receipt, Receipt, Receipt, Receipt, Receipt, Receipt]
    expect(accountFor([a, c, b, d, e, f], publications, window, 1).account).toMatchObject({
      delivered: 4,
      reordered: 1,
    })
  })

  test('does not let one subscriber stand in for another', () => {
    expect(accountFor([...all(0), ...all(0)], publications, window, 2).account).toEqual({
      expected: 8,
      delivered: 4,
      lost: 4,
      duplicated: 4,
      reordered: 0,
    })
  })

  test('always adds up, whatever came in whatever order', () => {
    const receipts = fc.array(
      fc.record({
        subscriber: fc.nat({ max: 2 }),
        seq: fc.integer({ min: 1, max: 9 }),
        receivedAtUs: fc.nat(),
      }),
    )
    fc.assert(
      fc.property(receipts, (received) => {
        const { account, latency, timeline } = accountFor(received, publications, window, 3)
        expect(account.delivered + account.lost).toBe(account.expected)
        expect(latency.n).toBe(account.delivered)
        const counts = timeline.slices.flatMap((slice) => slice.counts)
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(latency.n)
        expect(account.lost).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  test('of nothing is nothing', () => {
    const { account, latency } = accountFor([], [], window, 5)
    expect(account.expected).toBe(0)
    expect(latency).toMatchObject({ n: 0, meanUs: 0, minUs: 0, p99Us: 0, maxUs: 0 })
  })
})
