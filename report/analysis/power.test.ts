import { join } from 'node:path'
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { mersenne } from 'pure-rand/generator/mersenne'
import { expect, test } from 'vitest'
import type { ResultRecord } from '../../results/record.ts'
import { readRun } from '../../results/store.ts'
import { geometricMean } from '../statistics/ratio.ts'
import { compareRuns, type ReadRun } from './compare.ts'
import { upperEnds } from './merged.ts'

/**
 * What a comparison of two runs finds, and what it makes up, with the scatter of real trials: each run is drawn anew from the
 * reference run's cells, every timed value log-normal with its cell's own mean and scatter.
 */
const { run, records } = readRun(join(import.meta.dirname, '../../results/reference'))
const main = records.filter(({ scenario }) => scenario.name === 'steady-feed')
const SEEDS = 200

const timed = {
  p50: ({ latency }: ResultRecord) => latency.p50Us,
  p99: ({ latency }: ResultRecord) => latency.p99Us,
  cpu: ({ server }: ResultRecord) => server.cpuUs,
  rss: ({ server }: ResultRecord) => server.rssBytes,
}
const cellKey = ({ technique, copy }: ResultRecord) => `${technique} ${copy}`
const scatter = new Map(
  [...Map.groupBy(main, cellKey)].map(([key, cell]) => [
    key,
    Object.fromEntries(
      Object.entries(timed).map(([name, of]) => {
        const mean = geometricMean(cell.map(of))
        const squares = cell.map((record) => Math.log(of(record) / mean) ** 2)
        return [name, { mean, deviation: Math.sqrt(squares.reduce((a, b) => a + b, 0) / (cell.length - 1)) }]
      }),
    ) as Record<keyof typeof timed, { mean: number; deviation: number }>,
  ]),
)

/** A run as it could have been, the delays of one technique so many times what they are. */
function drawn(seed: number, technique = 'none', times = 1): ReadRun {
  const random = mersenne(seed)
  const normal = () =>
    Math.sqrt(-2 * Math.log(1 - uniformFloat64(random))) * Math.cos(2 * Math.PI * uniformFloat64(random))
  return {
    run,
    records: main.map((record) => {
      const of = scatter.get(cellKey(record)) ?? expect.fail()
      const value = (name: keyof typeof timed) => of[name].mean * Math.exp(of[name].deviation * normal())
      const factor = record.technique === technique ? times : 1
      const [p50Us, p99Us] = [value('p50') * factor, value('p99') * factor]
      const [end] = upperEnds([record], 0.99)
      const shift = p99Us / record.latency.p99Us
      const tail = end?.[1].map((value, i) => (i % 2 === 0 ? value * shift : value)) ?? []
      return {
        ...record,
        // Moments enough for its p99 to be compared.
        eventsPublished: 2 * record.eventsPublished,
        latency: { ...record.latency, p50Us, p99Us, tail },
        // Whether a window was steady is not what is asked here.
        thirdsP50Us: [p50Us, p50Us, p50Us],
        server: { ...record.server, cpuUs: value('cpu'), rssBytes: value('rss') },
      }
    }),
  }
}

test('a delay of one and a half times is found in four of five comparisons, and nothing is made up in one of twenty', () => {
  let [found, madeUp] = [0, 0]
  for (let seed = 1; seed <= SEEDS; seed++) {
    const before = drawn(2 * seed)
    const worse = (after: ReadRun) =>
      compareRuns(before, after).changes.filter(({ outcome }) => outcome === 'worse')
    if (worse(drawn(2 * seed + 1)).length > 0) madeUp++
    const isFound = worse(drawn(2 * seed + 1, 'sse', 1.5)).some(
      ({ cell, figure }) => cell.technique === 'sse' && figure === 'p50Us',
    )
    if (isFound) found++
  }
  expect(found).toBeGreaterThanOrEqual(0.8 * SEEDS)
  expect(madeUp).toBeLessThanOrEqual(0.05 * SEEDS)
}, 300_000)
