import { expect, test } from 'vitest'
import { sideOf } from '../../report/claims/memory/growth.ts'
import { ExitCode } from '../exit.ts'
import { growthOf, soak } from './soak.ts'

const MINUTES_20_US = 1_200e6
const window = { startUs: 5e6, endUs: 5e6 + MINUTES_20_US }

/** What was read each second of a process whose memory is so, by seconds since the window began. */
const readings = (rssBytes: (second: number) => number) =>
  Array.from({ length: 1_200 }, (_, i) => ({ atUs: window.startUs + (i + 0.5) * 1e6, rssBytes: rssBytes(i) }))
const found = (rssBytes: (second: number) => number) => {
  const slope = growthOf(readings(rssBytes), window) ?? expect.fail()
  return sideOf(slope, 5_000)
}
/** Memory between collections. */
const sawtooth = (second: number) => (second % 17) * 50e3

test('a leak of 6 kB/s is found below what collections take and give', () => {
  expect(found((second) => 90e6 + sawtooth(second) + 6e3 * second)).toBe('above')
})

test('memory that comes to rest within the first half is at rest, and so is one that leaks 3 kB/s', () => {
  expect(found((second) => 90e6 + sawtooth(second) + Math.min(600, second) * 50e3)).toBe('below')
  expect(found((second) => 90e6 + sawtooth(second) + 3e3 * second)).toBe('below')
})

test('of memory that goes up and down for minutes nobody can say', () => {
  expect(found((second) => 90e6 + (second % 300) * 100e3)).toBe('across')
})

test('the interval is that of few means, for readings one behind the other are alike', () => {
  const slope = growthOf(readings(sawtooth), window) ?? expect.fail()
  expect(slope.n).toBe(20)
})

test('a server that leaks is found, and what was delivered counted all the same', async () => {
  const lines: string[] = []
  const code = await soak({
    techniques: ['websocket'],
    measureMs: 2_000,
    subscribers: 3,
    tell: (line) => lines.push(line),
    serverModule: new URL('./fixture/leaking-server.ts', import.meta.url),
  })
  expect([code, lines]).toEqual([
    ExitCode.threshold,
    [
      'websocket, 3 subscribers x 100/s for 2 s:',
      expect.stringMatching(/^ {2}server: .* MB at the end, .* kB\/s more .*: keeps growing$/),
      expect.stringMatching(/^ {2}load agent: /),
      '  600 deliveries: nothing lost, all sums agree',
    ],
  ])
}, 30_000)
