import { beforeAll, expect, test } from 'vitest'
import { memoryPerSubscriberRows } from '../../results/rows/memory-per-subscriber.ts'
import { fillCompileCache } from '../bench/compile-cache.ts'
import { deflateMemory } from './deflate-memory.ts'
import { memoryPerSubscriber } from './memory-per-subscriber.ts'

beforeAll(fillCompileCache)

const context = () => ({ seed: 1, signal: AbortSignal.timeout(120_000) })

test('memory is read at every stage of every fresh server process, for polls as for streams', async () => {
  const techniques = ['long-poll', 'websocket']
  const rows = await memoryPerSubscriber(context(), { techniques, counts: [40], trials: 1 })
  for (const technique of techniques) {
    const own = rows.filter((row) => row.technique === technique)
    expect(own.map(({ stage, subscribers }) => [stage, subscribers])).toEqual(
      memoryPerSubscriberRows.columns.stage.map((stage) => [stage, 40]),
    )
  }
  for (const { rssBytes, heapUsedBytes, externalBytes, trial } of rows) {
    expect(rssBytes).toBeGreaterThan(Number(heapUsedBytes))
    expect(externalBytes).toBeGreaterThan(0)
    expect(trial).toBe(1)
  }
})

test('connections are held before, after and long after the first message, with compression and without', async () => {
  const rows = await deflateMemory(context(), { counts: [3, 120], trials: 1 })
  expect(rows).toHaveLength(2 * 2 * 3)
  expect(rows.every(({ held, subscribers }) => held === subscribers)).toBe(true)
  // Objects that hold a compressor's output are counted exactly: one each, from the first message on.
  const external = (compression: boolean, stage: string, subscribers: number) =>
    Number(
      rows.find(
        (row) => row.compression === compression && row.stage === stage && row.subscribers === subscribers,
      )?.externalBytes,
    )
  const growth = (compression: boolean, stage: string) =>
    external(compression, stage, 120) - external(compression, stage, 3)
  expect(growth(true, 'before the first message')).toBe(growth(false, 'before the first message'))
  expect(growth(true, 'after the first message')).toBeGreaterThan(117 * 16_384)
  expect(growth(false, 'after the first message')).toBeLessThan(117 * 1_024)
})

test('an experiment on memory that is interrupted ends, and says so', async () => {
  const abort = new AbortController()
  const running = memoryPerSubscriber(
    { seed: 1, signal: abort.signal },
    { techniques: ['sse'], counts: [20], trials: 1 },
  )
  abort.abort(new Error('interrupted'))
  await expect(running).rejects.toThrow('interrupted')
})
