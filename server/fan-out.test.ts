import type { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { nowUs } from './clock.ts'
import { FanOut } from './fan-out.ts'

/** What a connection's other end is known by, and what has been given to the kernel. */
const socketAt = (remotePort: number) => {
  const written: unknown[] = []
  const note = (...args: unknown[]) => void written.push(args)
  return { socket: { remotePort, _write: note, _writev: note } as unknown as Socket, written }
}

const startUs = nowUs()
const window = { startUs, endUs: startUs + 1e6 }
const published = (dueUs: number, publishedUs: number) => ({
  ...{ seq: 1, data: '' },
  scheduledAtUs: startUs + dueUs,
  publishedAtUs: startUs + publishedUs,
})

test('a write carries all events of the window since the last one of its socket', () => {
  const [often, seldom, other] = [socketAt(1_001), socketAt(1_002), socketAt(1_003)]
  const fanOut = new FanOut([often.socket, seldom.socket, other.socket], [[1_001], [7, 1_002]], window)
  fanOut.onEvent(published(-1, 5))
  often.socket._write('the last of the warm-up', 'utf8', () => {})
  fanOut.onEvent(published(10, 40))
  often.socket._write('one', 'utf8', () => {})
  fanOut.onEvent(published(20, 30))
  often.socket._writev?.([], () => {})
  seldom.socket._writev?.([], () => {})
  other.socket._write('nobody asks', 'utf8', () => {})
  seldom.socket._write('a heartbeat', 'utf8', () => {})
  fanOut.onEvent(published(1e6, 1e6))
  const sums = fanOut.sums()
  expect(sums).toMatchObject([
    { events: 2, lagUs: expect.closeTo(40, 1) },
    { events: 2, lagUs: expect.closeTo(40, 1) },
  ])
  for (const { fanOutUs } of sums) {
    expect(fanOutUs).toBeGreaterThan(-70)
    expect(fanOutUs).toBeLessThan(2 * (nowUs() - startUs))
  }
  // What was to be written is, as it was given.
  expect([often, seldom, other].map(({ written }) => written.length)).toEqual([3, 2, 1])
  expect(often.written[1]).toEqual(['one', 'utf8', expect.any(Function)])
})
