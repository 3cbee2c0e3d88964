import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { observationFixture } from '../report/fixture/claims.ts'
import { recordsFixture, runFixture, sweepFixture } from '../report/fixture/records.ts'
import { foreignRun } from './foreign.ts'
import { packRun } from './pack.ts'

const records = [
  ...['sse', 'websocket'].flatMap((technique) => recordsFixture({ technique })),
  ...recordsFixture({ scenario: sweepFixture, technique: 'short-poll' }),
]
const run = runFixture(records)
const observations = [observationFixture('nagle', [{ delayUs: 1 }])]
/** As it comes out of a file. */
const read = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('a run from outside', () => {
  test('is accepted as a report saves it', () => {
    expect(foreignRun(read({ run, records, observations }))).toEqual({ run, records, observations })
  })

  test('is accepted as a report holds it, and is the same again', () => {
    expect(foreignRun(read(packRun(run, records, observations)))).toEqual({ run, records, observations })
    const lean = foreignRun(
      read(packRun(run, records, observations, { histogram: () => false, timeline: () => false })),
    )
    expect('fault' in lean ? lean : lean.records.map(({ latency: { hdr: _, ...rest } }) => rest)).toEqual(
      records.map(({ latency: { hdr: _, ...rest } }) => rest),
    )
  })

  test('without a record is a run as well', () => {
    expect(foreignRun(read({ run, records: [], observations: [] }))).toMatchObject({ run, records: [] })
  })

  test('of another schema has that named, the run’s or a record’s', () => {
    const older = { ...run, schema: 'pushlab/run@2' }
    const fault = { fault: 'another version', schema: 'pushlab/run@2' }
    expect(foreignRun(read({ run: older, records, observations }))).toEqual(fault)
    expect(foreignRun(read({ ...packRun(run, records, []), run: older }))).toEqual(fault)
    const mixed = records.map((record, i) => (i === 4 ? { ...record, schema: 'pushlab/result@4' } : record))
    const strange = { fault: 'another version', schema: 'pushlab/result@4' }
    expect(foreignRun(read({ run, records: mixed, observations }))).toEqual(strange)
    expect(foreignRun(read(packRun(run, mixed as typeof records, [])))).toEqual(strange)
  })

  test('that is something else altogether is none', () => {
    const others = [
      null,
      undefined,
      1,
      'run',
      true,
      [],
      {},
      { run: null },
      { run: {} },
      { records },
      [run],
      run,
    ]
    for (const value of others) expect(foreignRun(value)).toEqual({ fault: 'no run' })
  })

  test('that lacks what a comparison looks at is none', () => {
    const first = records[0] ?? expect.fail()
    const needed = [
      'scenario',
      'point',
      'technique',
      'account',
      'latency',
      'traffic',
      'ledger',
      'server',
    ] as const
    for (const name of needed) {
      const { [name]: _, ...rest } = first
      for (const broken of [rest, { ...first, [name]: null }, { ...first, [name]: 7 }])
        expect([name, foreignRun(read({ run, records: [broken], observations }))]).toEqual([
          name,
          { fault: 'no run' },
        ])
    }
    for (const name of ['run', 'startedAt', 'environment'] as const) {
      const { [name]: _, ...rest } = run
      expect([name, foreignRun(read({ run: rest, records, observations }))]).toEqual([
        name,
        { fault: 'no run' },
      ])
    }
  })
})

/** Either a run with records to go through, or a fault in its own words. */
function expectAnswer(value: unknown): void {
  const answer = foreignRun(value)
  if ('fault' in answer) {
    expect(['no run', 'another version']).toContain(answer.fault)
    return
  }
  expect(Array.isArray(answer.records)).toBe(true)
}

describe('whatever JSON can say', () => {
  test('is answered without an exception', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => expectAnswer(value)),
      { numRuns: 1_000, seed: 31 },
    )
  })

  test('in the place of a run, of its records or of its columns is answered without one', () => {
    const anything = fc.jsonValue()
    fc.assert(
      fc.property(anything, anything, anything, (one, two, three) => {
        expectAnswer({ run: one, records: two, observations: three })
        expectAnswer({ run: { ...run, environment: one }, records: two, observations: three })
        expectAnswer({ run: { ...run, scenarios: one }, records: [two], observations: three })
        expectAnswer({ run, records: { length: one, columns: two }, observations: [] })
        expectAnswer({ run, records: { length: 1, columns: [one, two, three] }, observations: [] })
        expectAnswer({
          run,
          records: { length: 2, columns: [{ path: one, values: two, missing: three }] },
          observations: [],
        })
      }),
      { numRuns: 500, seed: 32 },
    )
  })

  test('in the place of any part of a record is answered without one', () => {
    const names = Object.keys(records[0] ?? {})
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.jsonValue(), (name, value) => {
        const broken = [{ ...records[0], [name]: value }, ...records.slice(1)]
        expectAnswer(read({ run, records: broken, observations }))
      }),
      { numRuns: 300, seed: 33 },
    )
  })

  test('does not pollute what all objects have', () => {
    const columns = [
      { path: ['__proto__', 'polluted'], values: ['yes'] },
      { path: ['constructor', 'prototype', 'polluted'], values: ['yes'] },
    ]
    expectAnswer(JSON.parse(JSON.stringify({ run, records: { length: 1, columns }, observations: [] })))
    expect(({} as { polluted?: string }).polluted).toBeUndefined()
  })

  test('with columns longer than anything does not take the memory of the machine', () => {
    for (const length of [-1, 1.5, 1e10, Number.MAX_SAFE_INTEGER])
      expectAnswer({ run, records: { length, columns: [] }, observations: [] })
  })
})
