import { expect, test } from 'vitest'
import type { Seen } from '../../log/entries.ts'
import { Outbox } from './outbox.ts'

const received = (seq: number): Seen => ({ kind: 'received', atUs: seq, lane: 'sse', seq })

test('what is not taken stays, in order, and is told again with what has come since', () => {
  const outbox = new Outbox()
  const told: Seen[] = []
  const take = (entries: Seen[]) => told.push(...entries) > 0
  outbox.add(received(1))
  expect(outbox.handOn(() => false)).toBe(false)
  outbox.add(received(2))
  expect(outbox.handOn(take)).toBe(true)
  expect(told).toEqual([received(1), received(2)])
  expect(outbox.handOn(take)).toBe(true)
  expect(told).toHaveLength(2)
})

test('a message is none that the room refuses as too long', () => {
  const outbox = new Outbox()
  for (let i = 0; i < 3_000; i++) outbox.add({ ...received(i), tab: 7, atUs: 7_200_000_000 + i })
  const message = '"失败"'.repeat(250)
  for (let i = 0; i < 1_000; i++) outbox.add({ kind: 'failed', atUs: i, lane: 'sse', message })
  const messages: Seen[][] = []
  expect(outbox.handOn((entries) => messages.push(entries) > 0)).toBe(true)
  expect(messages.flat()).toHaveLength(4_000)
  for (const entries of messages) {
    expect(entries.length).toBeLessThanOrEqual(2_000)
    expect(Buffer.byteLength(JSON.stringify(entries))).toBeLessThan(250_000)
  }
})

test('it keeps 20,000, and says how many there were more', () => {
  const outbox = new Outbox()
  for (let seq = 1; seq <= 20_003; seq++) outbox.add(received(seq))
  expect(outbox.dropped).toBe(3)
  const told: Seen[] = []
  outbox.handOn((entries) => told.push(...entries) > 0)
  expect(told.map((entry) => entry.kind === 'received' && entry.seq)).toEqual(
    Array.from({ length: 20_000 }, (_, i) => i + 1),
  )
})
