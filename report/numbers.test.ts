import { expect, test } from 'vitest'
import { buildReport } from './build.ts'
import { recordsFixture, runFixture } from './fixture.ts'

/** The figures in the page, computed again from the records in another way than the report does. */
test('every figure of the table is that of the records', () => {
  const records = recordsFixture({
    technique: 'long-poll',
    mediansUs: [4_000, 1_000, 2_500],
    overheadBytes: 222,
    requestsPerEvent: 1.25,
  })
  const page = buildReport(runFixture(records), records)
  const row = page.slice(page.indexOf('<th scope="row">Long polling</th>')).split('</tr>')[0] ?? ''
  const cells = [...row.matchAll(/<td>(.*?)<\/td>/g)].map(([, text]) => text)

  const sorted = (values: number[]) => values.sort((a, b) => a - b)
  const range = (values: number[], text: (value: number) => string) => {
    const [low, middle, high] = sorted(values).map(text)
    return low === high ? middle : `${middle} (${low} to ${high})`
  }
  const ms = (us: number) => `${+(us / 1e3).toPrecision(3)} ms`
  const latency = (key: 'p50Us' | 'p99Us' | 'meanUs' | 'maxUs') =>
    range(
      records.map((r) => r.latency[key]),
      ms,
    )
  const { bytesUp, bytesDown, events, requests } = records[0]?.traffic.window ?? expect.fail()
  expect(cells).toEqual([
    '3 of 3',
    '0 / 0 / 0',
    '-',
    '-',
    latency('p50Us'),
    latency('p99Us'),
    latency('meanUs'),
    latency('maxUs'),
    latency('p50Us'),
    latency('p99Us'),
    `${+((bytesUp + bytesDown) / events).toFixed(2)} B`,
    '-',
    '-',
    (requests / events).toFixed(2),
    '0 %',
    `${((bytesUp + bytesDown) / 100 / 2).toLocaleString('en-US')} B`,
    `${80 / 2} ms`,
    '130 MB',
  ])
})
