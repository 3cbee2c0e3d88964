import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { mersenne } from 'pure-rand/generator/mersenne'
import { expect, test } from 'vitest'
import { DistributionRecorder } from '../clients/measure/distribution.ts'
import { type Histogram, type ResultRecord, withoutUnread } from '../results/record.ts'
import { listScenarios } from '../scenarios/bench/library.ts'
import { planWork } from '../scenarios/bench/plan.ts'
import { buildReport } from './build.ts'
import { observationFixture } from './fixture/claims.ts'
import { recordsFixture, runFixture } from './fixture/records.ts'
import { captured } from './fixture/wire.ts'

const random = mersenne(1)
const uniform = () => uniformFloat64(random)

/** Delays that scatter as those of a machine do: histograms of made-up ones would be smaller than real ones. */
function scattered(medianUs: number, n: number): Histogram {
  const recorder = new DistributionRecorder()
  for (let i = 0; i < n; i++)
    recorder.add(medianUs * Math.exp(0.5 * (uniform() + uniform() + uniform() + uniform() - 2)))
  return recorder.summary()
}

/** A number that a machine would not have twice. */
const noisy = (value: number) => Math.round(value * (1 + 0.1 * uniform()) * 1e3) / 1e3

/** Every trial of the whole library, with figures as different as measured ones. */
function libraryRecords(): ResultRecord[] {
  const { trials } = planWork(listScenarios(), 1)
  return trials.map(({ scenario, point, technique, copy, trial }) => {
    const at = scenario.sweep ? scenario.sweep.values.indexOf(point.at?.value as never) : 0
    const [record] = recordsFixture({ scenario, at, technique, copy, mediansUs: [5_000] })
    if (!record) throw new Error('no record')
    const n = Math.min(1_500, record.latency.n)
    const cost = (process: ResultRecord['server']) => ({
      ...process,
      cpuUs: noisy(process.cpuUs),
      elapsedUs: noisy(process.elapsedUs),
      rssBytes: Math.round(noisy(process.rssBytes)),
      loopDelayP50Us: noisy(200),
      loopDelayP99Us: noisy(900),
      loopDelayMaxUs: noisy(3_000),
    })
    return withoutUnread({
      ...record,
      trial,
      latency: n > 0 ? scattered(5_000, n) : record.latency,
      latencyFromPublished: n > 0 ? scattered(4_800, n) : record.latencyFromPublished,
      thirdsP50Us: [noisy(5_000), noisy(5_000), noisy(5_000)],
      startedAt: new Date(1.7e12 + trial * 1e5 + Math.round(1e5 * uniform())).toISOString(),
      server: cost(record.server),
      agent: cost(record.agent),
    })
  })
}

const rowsOf = (count: number) =>
  Array.from({ length: count }, (_, trial) => ({
    ...{ technique: 'sse', condition: `condition ${trial % 7}`, trial, isOpen: trial % 3 === 0 },
    ...{ delayUs: noisy(5_000), rssBytes: Math.round(noisy(1e8)), events: Math.round(noisy(1e3)) },
  }))
const CHART = /<figure class="chart[^>]*data-chart=/g
const count = (page: string, what: RegExp) => page.match(what)?.length ?? 0

test('the report of every scenario, with as many rows of experiments as they leave, has at most 1.5 MB', async () => {
  const records = libraryRecords()
  expect(records.length).toBeGreaterThan(550)
  const observations = [
    observationFixture('wire-bytes', await captured()),
    observationFixture('proxies', rowsOf(700)),
  ]
  const page = buildReport(runFixture(records), records, observations)
  expect(Buffer.byteLength(page)).toBeLessThanOrEqual(1_500_000)
  // Every chart is drawn for readers without scripts, too.
  expect(count(page, CHART)).toBeGreaterThan(60)
  expect(count(page, /<figure class="chart[^>]*data-chart=[\s\S]*?<div class="plate"[^>]*><svg/g)).toBe(
    count(page, CHART),
  )

  const larger = buildReport(runFixture(records), records, [
    ...observations,
    observationFixture('nagle', rowsOf(30_000)),
  ])
  // Then what is behind folds is left to the script, and nothing else.
  expect(count(larger, /Drawn where scripts run/g)).toBeGreaterThan(50)
  expect(count(larger, CHART)).toBe(count(page, CHART))
})
