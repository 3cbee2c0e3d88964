import { expect, test } from 'vitest'
import { buildReport } from './build.ts'
import { recordsFixture, runFixture } from './fixture.ts'

/** The figures in the page, computed again from the records in another way than the report does. */
test('every figure of the tables is that of the records', () => {
  const records = recordsFixture({
    technique: 'long-poll',
    mediansUs: [4_000, 1_000, 2_500],
    overheadBytes: 222,
    requestsPerEvent: 1.25,
  })
  const page = buildReport(runFixture(records), records)
  const rows = [...page.matchAll(/<th scope="row">Long polling<\/th><td class="badge.*?<\/tr>/gs)]
  const cells = rows.map(([row]) =>
    [...row.matchAll(/<td>(.*?)<\/td>/g)].map(([, text]) => text?.replaceAll(/<.*?>/g, '')),
  )

  const sorted = (values: number[]) => values.sort((a, b) => a - b)
  const range = (values: number[], text: (value: number) => string) => {
    const [low, middle, high] = sorted(values).map(text)
    return low === high ? middle : `${middle} (${low?.replace(' ms', '')} to ${high})`
  }
  const ms = (us: number) => `${+(us / 1e3).toPrecision(3)} ms`
  const latency = (key: 'p50Us' | 'p99Us' | 'meanUs' | 'maxUs') =>
    range(
      records.map((r) => r.latency[key]),
      ms,
    )
  const { window, setup } = records[0]?.traffic ?? expect.fail()
  const { bytesUp, bytesDown, events, requests } = window
  const { up, down } = records[0]?.ledger.total ?? expect.fail()
  expect(cells).toEqual([
    [
      latency('p50Us'),
      latency('p99Us'),
      latency('meanUs'),
      latency('maxUs'),
      latency('p50Us'),
      latency('p99Us'),
      '-',
      '3 of 3',
      '0 / 0 / 0',
    ],
    [
      `${+((bytesUp + bytesDown) / events).toFixed(2)} B`,
      '-',
      '-',
      (requests / events).toFixed(2),
      '0 %',
      `${((bytesUp + bytesDown) / 100 / 2).toLocaleString('en-US')} B`,
    ],
    [
      `${(setup.bytesUp + setup.bytesDown) / 100} B`,
      `${(up.header + up.handshake + down.handshake).toLocaleString('en-US')} B`,
      `${80 / 2} ms`,
      '130 MB',
    ],
  ])
})
