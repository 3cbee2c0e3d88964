import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RunningAccount } from '../clients/measure/account.ts'
import type { Arrived } from '../clients/measure/arrivals.ts'
import { WHOLE } from '../clients/share.ts'
import { recordsFixture } from '../report/fixture/records.ts'
import { type Accounting, type Measured, mergeAgents } from './merge.ts'
import type { Distribution } from './record.ts'

const [SUBSCRIBERS, AGENTS, EPOCH_US, EVENTS] = [8, 3, 7e6, 9]
const window = { startUs: EPOCH_US + 1_000, endUs: EPOCH_US + 8_000 }
/** Events due at 500, 1500, ... microseconds. */
const dues = Array.from({ length: EVENTS }, (_, i) => 500 + i * 1_000)
/** Two of one load agent, and one of each other. */
const sample = [3, 5, 6, 7]

interface Receipt {
  subscriber: number
  seq: number
  delayUs: number
  waitUs: number
}

/** As a swarm notes it, by its own number of the subscriber. */
function arrived({ subscriber, seq, delayUs, waitUs }: Receipt, step: number, read: boolean): Arrived {
  const dueUs = dues[seq - 1] as number
  const of = (us: number) => Float64Array.of(us)
  const atUs = EPOCH_US + dueUs + delayUs
  return {
    length: 1,
    subscribers: Uint32Array.of(Math.floor(subscriber / step)),
    seqs: Uint32Array.of(seq),
    ...{ dues: of(dueUs), pubs: of(dueUs + 10), arrivedAtUs: of(atUs), latestAtUs: of(atUs + waitUs) },
    boundUs: of(read ? waitUs : Number.NaN),
    readAtUs: of(read ? atUs + waitUs : Number.NaN),
    parsedAtUs: of(read ? atUs + 2 * waitUs : atUs),
  }
}

/** What load agent `first` of `step` accounts for. @param chat whether subscribers publish, in turn. */
function accounted(
  receipts: readonly Receipt[],
  { first, step } = WHOLE,
  read = false,
  chat = false,
): Accounting {
  const account = new RunningAccount({ subscribers: SUBSCRIBERS, share: { first, step }, sample })
  account.begin({ window, epochUs: EPOCH_US, plan: dues })
  if (chat) for (const dueUs of dues) account.sends(dueUs)
  for (const receipt of receipts)
    if (receipt.subscriber % step === first) account.add(arrived(receipt, step, read))
  return account.summary(7)
}

const [record = expect.fail()] = recordsFixture({ technique: 'sse' })
const measured = (accounting: Accounting, changes: Partial<Measured> = {}): Measured => ({
  ...{
    ...accounting,
    subscribers: 3,
    instrument: 'readers@1',
    traffic: record.traffic,
    ledger: record.ledger,
  },
  ...{ kernel: { bytes: 7, packets: 1 }, cost: record.agent, errors: {}, ...changes },
})

const receipts = fc.array(
  fc.record({
    subscriber: fc.nat({ max: SUBSCRIBERS - 1 }),
    seq: fc.integer({ min: 1, max: EVENTS }),
    delayUs: fc.double({ min: 0, max: 1e7, noNaN: true }),
    waitUs: fc.double({ min: 0, max: 1e4, noNaN: true }),
  }),
  { maxLength: 100 },
)

test('what three load agents account for is what one would that has all subscribers', () => {
  fc.assert(
    fc.property(receipts, fc.boolean(), fc.boolean(), (all, read, chat) => {
      // Where a reader reads each load agent leaves its own probe out: then the first three get nothing here.
      const received = all.filter(({ subscriber }) => !read || subscriber >= AGENTS)
      const { thirds, ...one } = accounted(received, WHOLE, read, chat)
      const three = [0, 1, 2].map((first) =>
        measured(accounted(received, { first, step: AGENTS }, read, chat)),
      )
      const merged = mergeAgents(three, () => false)
      expect(merged.thirdsP50Us).toEqual(thirds.map(({ p50Us }) => p50Us))
      const means: [number, number][] = []
      for (const [name, value] of Object.entries(one)) {
        const other = merged[name as keyof typeof merged] as typeof value
        const [a, b] = [value, other].map((it) => (it as Distribution | null)?.meanUs)
        if (a !== undefined && b !== undefined) means.push([a, b])
        const rest = (it: typeof value) => (it && 'meanUs' in it ? { ...it, meanUs: 0 } : it)
        expect([name, rest(other)]).toEqual([name, rest(value)])
      }
      // Of rounded means.
      for (const [a, b] of means) expect(Math.abs(a - b)).toBeLessThanOrEqual(0.0011)
    }),
  )
})

test('what load agents counted adds up, and each is told apart', () => {
  const nothing = accounted([])
  const [a, b] = [
    { ...record.agent, cpuUs: 5 },
    { ...record.agent, cpuUs: 9 },
  ]
  const merged = mergeAgents(
    [
      measured(nothing, { cost: a, errors: { ECONNRESET: 2 } }),
      measured(nothing, { cost: b, errors: { ECONNRESET: 1, HTTP_503: 1 }, subscribers: 2 }),
    ],
    () => false,
  )
  expect(merged.errors).toEqual({ ECONNRESET: 3, HTTP_503: 1 })
  expect(merged.traffic.window.bytesDown).toBe(2 * record.traffic.window.bytesDown)
  expect([merged.kernel, merged.agent]).toEqual([{ bytes: 7, packets: 1 }, b])
  const { elapsedUs } = a
  expect(merged.agents).toEqual([
    { subscribers: 3, cpuUs: 5, elapsedUs, delivered: 0, p50Us: 0 },
    { subscribers: 2, cpuUs: 9, elapsedUs, delivered: 0, p50Us: 0 },
  ])
})

test('a probe of any load agent that has a fault is the one whose ledger is kept', () => {
  const faulty = { ...record.ledger, socketUp: 1 }
  const ledgers = [record.ledger, faulty, record.ledger]
  const parts = ledgers.map((ledger) => measured(accounted([]), { ledger }))
  expect(mergeAgents(parts, ({ socketUp }) => socketUp === 1).ledger).toBe(faulty)
  expect(mergeAgents(parts, () => false).ledger).toBe(record.ledger)
})
