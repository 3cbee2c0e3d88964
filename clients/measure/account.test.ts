import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AccountPlan, RunningAccount } from './account.ts'
import type { Arrived } from './arrivals.ts'

const EPOCH_US = 7e6
const window = { startUs: EPOCH_US + 1_000, endUs: EPOCH_US + 5_000 }
/** Events due at 500, 1500, ... microseconds, published 10 later. */
const dues = Array.from({ length: 6 }, (_, i) => 500 + i * 1_000)
const IN_WINDOW = 4

interface Receipt {
  subscriber: number
  seq: number
  delayUs: number
}
const receipt = (subscriber: number, seq: number, delayUs = 100 * seq): Receipt => ({
  subscriber,
  seq,
  delayUs,
})
const all = (subscriber: number) => [1, 2, 3, 4, 5, 6].map((seq) => receipt(subscriber, seq))

/** Events as a swarm notes them. @param read read 30 us after they arrived, parsed 5 later, with a bound of 50; default: parsed by a library. */
function arrived(receipts: readonly Receipt[], { read = false, timed = true } = {}): Arrived {
  const times = (of: (receipt: Receipt, dueUs: number) => number) =>
    Float64Array.from(receipts, (it) => of(it, dues[it.seq - 1] ?? Number.NaN))
  const arrivedAtUs = times(({ delayUs }, dueUs) => EPOCH_US + dueUs + delayUs)
  return {
    length: receipts.length,
    subscribers: Uint32Array.from(receipts, ({ subscriber }) => subscriber),
    seqs: Uint32Array.from(receipts, ({ seq }) => seq),
    dues: times((_, dueUs) => (timed ? dueUs : Number.NaN)),
    pubs: times((_, dueUs) => (timed ? dueUs + 10 : Number.NaN)),
    arrivedAtUs,
    latestAtUs: arrivedAtUs.map((us) => us + 20),
    boundUs: arrivedAtUs.map(() => (read ? 50 : Number.NaN)),
    readAtUs: arrivedAtUs.map((us) => (read ? us + 30 : Number.NaN)),
    parsedAtUs: arrivedAtUs.map((us) => (read ? us + 35 : us)),
  }
}

function accountOf(
  receipts: readonly Receipt[],
  plan: AccountPlan,
  how: { read?: boolean; timed?: boolean } = {},
) {
  const account = new RunningAccount(plan)
  account.begin({ window, epochUs: EPOCH_US, plan: dues })
  // In two halves, as polls cut what comes.
  const half = receipts.length >>> 1
  account.add(arrived(receipts.slice(0, half), how))
  account.add(arrived(receipts.slice(half), how))
  return account.summary(IN_WINDOW)
}

describe('the account of a window', () => {
  test('counts what was due in it, from when it was due and from when it was published', () => {
    const { account, latency, latencyFromPublished } = accountOf(all(0), { subscribers: 1 })
    expect(account).toEqual({ expected: 4, delivered: 4, lost: 0, duplicated: 0, reordered: 0 })
    expect(latency).toMatchObject({ n: 4, meanUs: 350, minUs: 200, maxUs: 500 })
    expect(latencyFromPublished).toMatchObject({ n: 4, meanUs: 340, minUs: 190, maxUs: 490 })
  })

  test('knows when an event was due that does not carry it, and nothing of its publication', () => {
    const { latency, latencyFromPublished } = accountOf(all(0), { subscribers: 1 }, { timed: false })
    expect(latency).toMatchObject({ n: 4, meanUs: 350, minUs: 200, maxUs: 500 })
    expect(latencyFromPublished.n).toBe(0)
  })

  test('keeps an event that came long after the window', () => {
    const receipts = all(0).map((r) => (r.seq === 5 ? receipt(0, 5, 9_999_999) : r))
    const { account, latency } = accountOf(receipts, { subscribers: 1 })
    expect(account.lost).toBe(0)
    expect(latency.maxUs).toBe(9_999_999)
  })

  test('counts a lost event for each subscriber that did not get it', () => {
    const receipts = [...all(0), ...all(1).filter(({ seq }) => seq !== 3)]
    const { account } = accountOf(receipts, { subscribers: 2 })
    expect(account).toEqual({ expected: 8, delivered: 7, lost: 1, duplicated: 0, reordered: 0 })
  })

  test('counts a duplicate, and takes its first receipt as the sample', () => {
    const { account, latency } = accountOf([...all(0), receipt(0, 3, 77_777)], { subscribers: 1 })
    expect(account).toMatchObject({ delivered: 4, duplicated: 1, lost: 0, reordered: 0 })
    expect(latency.maxUs).toBe(500)
  })

  test('counts an event that came after a later one', () => {
    const [a, b, c, d, e, f] = all(0) as [Receipt, Receipt, Receipt, Receipt, Receipt, Receipt]
    const { account } = accountOf([a, c, b, d, e, f], { subscribers: 1 })
    expect(account).toMatchObject({ delivered: 4, reordered: 1 })
  })

  test('does not let one subscriber stand in for another', () => {
    const { account } = accountOf([...all(0), ...all(0)], { subscribers: 2 })
    expect(account).toEqual({ expected: 8, delivered: 4, lost: 4, duplicated: 4, reordered: 0 })
  })

  test('always adds up, whatever came in whatever order', () => {
    const receipts = fc.array(
      fc.record({
        subscriber: fc.nat({ max: 2 }),
        seq: fc.integer({ min: 1, max: 9 }),
        delayUs: fc.nat(),
      }),
    )
    fc.assert(
      fc.property(receipts, fc.boolean(), (received, read) => {
        const { account, latency, timeline, bound } = accountOf(received, { subscribers: 3 }, { read })
        expect(account.delivered + account.lost).toBe(account.expected)
        const ofProbe = new Set(
          received
            .filter(({ subscriber, seq }) => subscriber === 0 && seq > 1 && seq < 6)
            .map(({ seq }) => seq),
        )
        expect(latency.n).toBe(account.delivered - (read ? ofProbe.size : 0))
        if (read && latency.n > 0) expect(bound?.n).toBe(latency.n)
        const counts = timeline.slices.flatMap((slice) => slice.counts)
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(latency.n)
        expect(account.lost).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  test('of nothing is nothing', () => {
    const { account, latency } = new RunningAccount({ subscribers: 5 }).summary(0)
    expect(account.expected).toBe(0)
    expect(latency).toMatchObject({ n: 0, meanUs: 0, minUs: 0, p99Us: 0, maxUs: 0 })
  })
})

describe('where a reader reads', () => {
  test('an event arrives after its publication, if the latest that is possible is', () => {
    // Published 10 us after it was due; 5 by the estimate and 25 at the latest, then 30 and 10 before.
    const possible = accountOf([receipt(0, 2, 5)], { subscribers: 1 }, { read: true })
    expect(possible.latencyFromPublished).toMatchObject({ n: 1, minUs: 0 })
    const impossible = accountOf([receipt(0, 2, -30)], { subscribers: 1 }, { read: true })
    expect(impossible.latencyFromPublished).toMatchObject({ n: 1, minUs: -20 })
  })

  test("bound and client's cost stand beside the delays", () => {
    const { latency, bound, clientCost } = accountOf(all(0), { subscribers: 1, sample: [0] }, { read: true })
    expect(latency).toMatchObject({ n: 4, meanUs: 350 })
    expect(bound).toMatchObject({ n: 4, minUs: 50, maxUs: 50 })
    expect(clientCost).toMatchObject({ n: 4, minUs: 35, maxUs: 35 })
  })

  test('the probe of several counts as delivered, and not in the delays', () => {
    const receipts = [...all(0), ...all(1)]
    const read = accountOf(receipts, { subscribers: 2 }, { read: true })
    expect([read.account.delivered, read.latency.n, read.bound?.n]).toEqual([8, 4, 4])
    const parsed = accountOf(receipts, { subscribers: 2 })
    expect([parsed.account.delivered, parsed.latency.n, parsed.bound]).toEqual([8, 8, undefined])
  })

  test('what a delay and a cost are made of is summed up for who is in the sample', () => {
    const receipts = [...all(0), ...all(1), ...all(2).slice(0, 3)]
    const { sampled } = accountOf(receipts, { subscribers: 3, sample: [1, 2] }, { read: true })
    expect(sampled).toEqual([
      { events: 4, delayUs: 1_400, waitUs: 120, parsingUs: 20 },
      { events: 2, delayUs: 500, waitUs: 60, parsingUs: 10 },
    ])
  })
})

test('where subscribers publish, a round trip is that of who had its turn', () => {
  const account = new RunningAccount({ subscribers: 2 })
  account.begin({ window, epochUs: EPOCH_US })
  for (const due of dues) account.sends(due)
  // The first is not in the window; of the second to the fifth two are of subscriber 1 and two of subscriber 0.
  account.add(arrived([...all(0), ...all(1)]))
  expect(account.summary(IN_WINDOW).roundTrip).toMatchObject({ n: 4, minUs: 200, maxUs: 500 })
})

test('ten million events leave it as large as some hundred', () => {
  const [subscribers, perPoll] = [100, 1_000]
  const account = new RunningAccount({ subscribers })
  function* plan() {
    for (let i = 0; ; i++) yield i * 100
  }
  account.begin({ window: { startUs: EPOCH_US, endUs: EPOCH_US + 1e9 }, epochUs: EPOCH_US, plan: plan() })
  const events = arrived(
    Array.from({ length: perPoll }, (_, i) => receipt(i % subscribers, 1)),
    { timed: false },
  )
  let seq = 0
  const poll = () => {
    for (let i = 0; i < perPoll; i++) {
      if (i % subscribers === 0) seq++
      events.seqs[i] = seq
      events.arrivedAtUs[i] = EPOCH_US + (seq - 1) * 100 + 777
    }
    account.add(events)
  }
  // Its arrays lie outside the heap, and no other memory is as large.
  poll()
  const before = process.memoryUsage().arrayBuffers
  for (let i = 1; i < 10_000; i++) poll()
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(65_536)
  const { account: counts, latency } = account.summary(seq)
  expect(counts).toEqual({ expected: 1e7, delivered: 1e7, lost: 0, duplicated: 0, reordered: 0 })
  expect([latency.n, latency.minUs, latency.maxUs]).toEqual([1e7, 777, 777])
})
