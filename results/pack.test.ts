import { expect, test } from 'vitest'
import { observationFixture } from '../report/fixture/claims.ts'
import { recordsFixture, runFixture } from '../report/fixture/records.ts'
import { fromColumns } from './columns.ts'
import { type PackedRecord, packRun, unpackRun } from './pack.ts'

const records = ['sse', 'websocket'].flatMap((technique) => recordsFixture({ technique }))
const run = runFixture(records)
const observations = [observationFixture('nagle', [{ delayUs: 1 }])]

test('a packed run is the same again, and holds what all records repeat once', () => {
  const packed = packRun(run, records, observations)
  expect(unpackRun(JSON.parse(JSON.stringify(packed)))).toEqual({ run, records, observations })
  const text = JSON.stringify(packed)
  expect(text.split(run.environment.cpuModel).length - 1).toBe(1)
  expect(text.length).toBeLessThan(JSON.stringify({ run, records, observations }).length)
})

test('what differs from the run stays with its record', () => {
  const elsewhere = records.map((record, i) =>
    i === 1
      ? {
          ...record,
          environment: { ...record.environment, cores: 99 },
          scenario: { ...record.scenario, trials: 9 },
        }
      : record,
  )
  const packed = packRun(run, elsewhere, observations)
  const kept = fromColumns(packed.records) as PackedRecord[]
  expect(kept.map(({ environment }) => environment?.cores)).toEqual([
    undefined,
    99,
    ...elsewhere.slice(2).map(() => undefined),
  ])
  expect(kept.map(({ scenario }) => typeof scenario)).toEqual([
    'string',
    'object',
    ...elsewhere.slice(2).map(() => 'string'),
  ])
  expect(unpackRun(packed).records).toEqual(elsewhere)
})

test('of what no page draws the histograms and slices are left out, and nothing else', () => {
  const isDrawn = ({ technique }: { technique: string }) => technique === 'sse'
  const back = unpackRun(
    packRun(run, records, observations, { histogram: isDrawn, timeline: isDrawn }),
  ).records
  back.forEach((record, i) => {
    const { latency, timeline } = records[i] ?? expect.fail()
    const drawn = isDrawn(record)
    expect(record).toEqual({
      ...records[i],
      latency: drawn ? latency : { ...latency, hdr: '' },
      timeline: drawn ? timeline : { ...timeline, slices: [] },
    })
  })
})
