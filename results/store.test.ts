import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Type from 'typebox'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { recordsFixture, runFixture } from '../report/fixture/records.ts'
import { describeMismatch } from './mismatch.ts'
import { OBSERVATION_SCHEMA, ObservationSchema } from './observation.ts'
import { bringUpToDate } from './older.ts'
import {
  DistributionSchema,
  EnvironmentSchema,
  INSTRUMENT,
  instrumentOf,
  LedgerSchema,
  ProcessCostSchema,
  ResultRecordSchema,
  RunSchema,
} from './record.ts'
import { PointSchema, ScenarioSchema } from './scenario.ts'
import { readRun, writeRecord, writeRun } from './store.ts'
import { RECORD_SCHEMA, RUN_SCHEMA } from './versions.ts'

const REFERENCE = join(import.meta.dirname, 'reference')
const closed = { additionalProperties: false }

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pushlab-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('a field that a later version adds', () => {
  const schemas = {
    '^run.json$': RunSchema,
    '\\d.json$': ResultRecordSchema,
    'observation.json$': ObservationSchema,
  }

  test.each(Object.entries(schemas))(
    'leaves every %s of today readable where it is optional',
    (name, { properties }) => {
      const later = Type.Object({ ...properties, howMany: Type.Optional(Type.Integer()) }, closed)
      const required = Type.Object({ ...properties, howMany: Type.Integer() }, closed)
      const files = readdirSync(REFERENCE).filter((file) => new RegExp(name).test(file))
      expect(files).not.toEqual([])
      for (const file of files) {
        const value = JSON.parse(readFileSync(join(REFERENCE, file), 'utf8'))
        bringUpToDate(value)
        expect([file, describeMismatch(later, value)]).toEqual([file, ''])
        expect([file, describeMismatch(required, value)]).toEqual([file, expect.stringContaining('howMany')])
      }
    },
  )
})

/** A name more makes older runs unreadable: make the field optional, or give the schema a new version. */
test('a run is read whatever an editor or another system made of its files', () => {
  const [record] = recordsFixture({ technique: 'sse' })
  if (!record) return expect.fail()
  writeRun(folder, runFixture([record]))
  writeRecord(folder, record)
  const plain = readRun(folder)
  const file = join(folder, 'run.json')
  const text = readFileSync(file, 'utf8')
  const [name = ''] = readdirSync(folder).filter((one) => one !== 'run.json')
  renameSync(join(folder, name), join(folder, name.toUpperCase()))
  writeFileSync(file, `\ufeff${text}`)
  expect(readRun(folder)).toEqual(plain)
  writeFileSync(file, `\ufeff${text}`, 'utf16le')
  expect(() => readRun(folder)).toThrow(`${file} is UTF-16. Save it as UTF-8`)
})

test('nothing has to be there that older runs of the same version lack', () => {
  expect([RECORD_SCHEMA, RUN_SCHEMA, OBSERVATION_SCHEMA]).toEqual([
    'pushlab/result@5',
    'pushlab/run@3',
    'pushlab/observation@1',
  ])
  const names = ({ required }: { required: string[] }) => required.join(' ')
  expect(names(RunSchema)).toMatchInlineSnapshot(
    `"schema run command seed startedAt endedAt scenarios techniques experiments plannedTrials planned notApplicable partial failures failedExperiments environment"`,
  )
  expect(names(ResultRecordSchema)).toMatchInlineSnapshot(
    `"schema run scenario point technique copy trial position seed command startedAt environment account latency latencyFromPublished roundTrip feedLag eventsScheduled eventsPublished traffic ledger kernel timeline thirdsP50Us prediction server agent errors counters"`,
  )
  expect(names(ObservationSchema)).toMatchInlineSnapshot(
    `"schema run experiment question expectation seed command startedAt endedAt environment participants rows unavailable"`,
  )
  expect(names(ScenarioSchema)).toMatchInlineSnapshot(`"name question suite trials feed load"`)
  expect(names(PointSchema)).toMatchInlineSnapshot(`"feed load variant"`)
  expect(names(EnvironmentSchema)).toMatchInlineSnapshot(
    `"os cpuModel cores memoryBytes descriptorLimit loopbackMtuBytes versions commit dirty transport clientScripts"`,
  )
  expect(names(DistributionSchema)).toMatchInlineSnapshot(`"n meanUs minUs p50Us p90Us p99Us p999Us maxUs"`)
  expect(names(ProcessCostSchema)).toMatchInlineSnapshot(
    `"cpuUs elapsedUs rssBytes loopDelayP50Us loopDelayP99Us loopDelayMaxUs pauses"`,
  )
  expect(names(LedgerSchema)).toMatchInlineSnapshot(
    `"setup window total tappedUp tappedDown socketUp socketDown windowEvents totalMessages"`,
  )
})

test('of a record from before a choice of a variant was, that choice is at its default', () => {
  const [record = expect.fail()] = recordsFixture({ technique: 'sse' })
  const { conditional: _, ...before } = record.point.variant
  writeRun(folder, runFixture([record]))
  writeRecord(folder, {
    ...record,
    point: { ...record.point, variant: before as typeof record.point.variant },
  })
  const [read] = readRun(folder).records
  expect(read?.point.variant).toEqual(record.point.variant)
})

test('a record names its instrument; one that does not was measured by the first', () => {
  const [record] = recordsFixture({ technique: 'sse' })
  if (!record) return expect.fail()
  expect(instrumentOf({})).toBe('library-clients@1')
  expect(instrumentOf({ ...record, instrument: 'bare-reader@1' })).toBe('bare-reader@1')
  expect(instrumentOf({ instrument: INSTRUMENT })).toBe(INSTRUMENT)
})

test('of an older record the histograms that nobody reads are left where they are', () => {
  const records = recordsFixture({ technique: 'sse' })
  const older = records.map((record) => {
    const { hdr } = record.latency
    return {
      ...record,
      latencyFromPublished: { ...record.latencyFromPublished, hdr },
      feedLag: { ...record.feedLag, hdr },
    }
  })
  writeRun(folder, runFixture(records))
  for (const record of older) writeRecord(folder, record)
  expect(readRun(folder).records).toEqual(records)
})
