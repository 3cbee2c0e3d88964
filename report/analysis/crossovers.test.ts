import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ResultRecord } from '../../results/record.ts'
import type { Scenario } from '../../results/scenario.ts'
import { recordsFixture, scenarioFixture } from '../fixture/records.ts'
import { crossoversOf } from './crossovers.ts'
import { measuredScenarios } from './measured-scenarios.ts'

/** Bytes per event of each technique at each payload. */
type Lines = Record<string, readonly (number | undefined)[]>

/** A sweep in which every event of a technique costs so many bytes; undefined where it was not measured. */
function measured(values: number[], lines: Lines, change: (record: ResultRecord) => void = () => {}) {
  const scenario: Scenario = {
    ...scenarioFixture,
    name: 'payload-size',
    sweep: { axis: 'payloadBytes', values },
  }
  const records = Object.entries(lines).flatMap(([technique, bytes]) =>
    bytes.flatMap((perEvent, at) => {
      if (perEvent === undefined) return []
      return structuredClone(recordsFixture({ scenario, at, technique })).map((record) => {
        const { window } = record.traffic
        window.bytesUp = 0
        window.bytesDown = window.events * perEvent
        // The probe's are the same.
        record.ledger.window.down.framing =
          record.ledger.windowEvents * perEvent - record.ledger.window.down.payload
        record.ledger.total.down.framing = record.ledger.window.down.framing
        const total = Object.values(record.ledger.total.down).reduce((sum, part) => sum + part, 0)
        record.ledger.tappedDown = total
        record.ledger.socketDown = total
        change(record)
        return record
      })
    }),
  )
  return measuredScenarios(records)[0] ?? expect.fail()
}

const found = (...args: Parameters<typeof measured>) =>
  crossoversOf(measured(...args), 'bytesPerEvent').map(({ after, before, x, y }) => ({
    after: after.technique,
    before: before.technique,
    x,
    y,
  }))

describe('where the lines of two techniques cross', () => {
  test('is where straight lines in logarithms meet', () => {
    // sse: 1,000 (x/100)^0, websocket: 500 (x/100)^1: equal at x = 200, where both are 1,000.
    const [crossover, ...others] = found([100, 1_000], { sse: [1_000, 1_000], websocket: [500, 5_000] })
    expect(others).toEqual([])
    expect(crossover).toMatchObject({ after: 'sse', before: 'websocket' })
    expect(crossover?.x).toBeCloseTo(200, 6)
    expect(crossover?.y).toBeCloseTo(1_000, 6)
  })

  test('is that of the closed form for any two lines, and nowhere for lines that do not cross', () => {
    const bytes = fc.integer({ min: 200, max: 50_000 })
    fc.assert(
      fc.property(
        bytes,
        bytes,
        bytes,
        bytes,
        fc.integer({ min: 2, max: 1_000 }),
        (a0, a1, b0, b1, factor) => {
          const [x0, x1] = [100, 100 * factor]
          const crossovers = found([x0, x1], { sse: [a0, a1], websocket: [b0, b1] })
          const isAlike = [
            [a0, b0],
            [a1, b1],
          ].some(([a = 0, b = 0]) => Math.abs(a - b) / Math.min(a, b) <= 0.002)
          if ((a0 - b0) * (a1 - b1) >= 0 || isAlike) {
            expect(crossovers).toEqual([])
            return
          }
          // y = a0 (x/x0)^m and y = b0 (x/x0)^n meet where (x/x0)^(m - n) = b0/a0.
          const [m, n] = [a1 / a0, b1 / b0].map((times) => Math.log(times) / Math.log(x1 / x0)) as [
            number,
            number,
          ]
          const x = x0 * (b0 / a0) ** (1 / (m - n))
          const y = a0 * (x / x0) ** m
          const [{ after, before, ...at } = expect.fail(), ...others] = crossovers
          expect(others).toEqual([])
          expect([after, before]).toEqual(a1 < b1 ? ['sse', 'websocket'] : ['websocket', 'sse'])
          expect(at.x / x).toBeCloseTo(1, 9)
          expect(at.y / y).toBeCloseTo(1, 9)
          expect(at.x).toBeGreaterThan(x0)
          expect(at.x).toBeLessThan(x1)
        },
      ),
      { numRuns: 60, seed: 51 },
    )
  })

  test('is told between the two positions around it, once for every time', () => {
    const twice = found([100, 1_000, 10_000], { sse: [500, 2_000, 5_000], websocket: [1_000, 1_000, 10_000] })
    expect(twice.map(({ after }) => after)).toEqual(['websocket', 'sse'])
    const [first, second] = twice
    expect(first?.x).toBeGreaterThan(100)
    expect(first?.x).toBeLessThan(1_000)
    expect(second?.x).toBeGreaterThan(1_000)
    expect(second?.x).toBeLessThan(10_000)
  })

  test('is nowhere where they only touch, or are the same', () => {
    expect(found([100, 1_000], { sse: [500, 900], websocket: [500, 800] })).toEqual([])
    expect(found([100, 1_000], { sse: [500, 900], websocket: [500, 900] })).toEqual([])
  })

  test('is nowhere where the trials do not tell the two apart', () => {
    const scatter = ({ technique, trial, traffic }: ResultRecord) => {
      // Polls that cross an edge of the window: 1 % more or less.
      if (!technique.endsWith('poll')) return
      traffic.window.requests = traffic.window.events
      traffic.window.bytesDown *= 1 + (trial - 2) / 100
    }
    // Apart by more than that, they do cross.
    const apart = { 'short-poll': [400, 900], 'long-poll': [500, 800] }
    expect(found([100, 1_000], apart, scatter)).toHaveLength(1)
    expect(found([100, 1_000], { 'short-poll': [400, 801], 'long-poll': [401, 800] }, scatter)).toEqual([])
  })

  test('is nowhere where an edge of the window may have cut as much', () => {
    // Short polls by one hundredth, streams by a thousandth: 0.35 % are nothing.
    expect(found([100, 1_000], { 'short-poll': [20_000, 10_164], websocket: [10_200, 10_200] })).toEqual([])
    expect(found([100, 1_000], { 'short-poll': [20_000, 10_080], websocket: [10_200, 10_200] })).toHaveLength(
      1,
    )
  })

  test('is where a chart with linear axes draws it', () => {
    const lines = { sse: [1_000, 1_000], websocket: [500, 5_000] }
    const [crossover] = crossoversOf(measured([100, 1_000], lines), 'bytesPerEvent', { x: false, y: false })
    // From 500 at 100 to 5,000 at 1,000: 5 a position.
    expect(crossover?.x).toBeCloseTo(200, 6)
    const [half] = crossoversOf(measured([100, 10_000], lines), 'bytesPerEvent', { x: true, y: false })
    expect(half?.x).toBeCloseTo(100 * 100 ** (500 / 4_500), 6)
    expect(half?.y).toBeCloseTo(1_000, 6)
  })

  test('is told of every two of several', () => {
    const several = found([100, 1_000], {
      'long-poll': [400, 4_000],
      sse: [1_000, 1_000],
      websocket: [600, 3_000],
    })
    expect(several.map(({ after, before }) => [after, before])).toEqual([
      ['sse', 'long-poll'],
      ['websocket', 'long-poll'],
      ['sse', 'websocket'],
    ])
  })
})

describe('what does not count', () => {
  const lines: Lines = { sse: [1_000, 1_000, 1_000], websocket: [500, 2_000, 5_000] }
  const values = [100, 1_000, 10_000]

  test('is a cell that the gate voids: the line goes on between those on either side of it', () => {
    const lose = ({ technique, point, account }: ResultRecord) => {
      if (technique === 'websocket' && point.at?.value === 1_000) account.lost = 1
    }
    const [crossover, ...others] = found(values, lines, lose)
    expect(others).toEqual([])
    // From 500 at 100 straight to 5,000 at 10,000: half a decade of bytes a decade, 1,000 is reached at 400.
    expect(crossover?.x).toBeCloseTo(400, 6)
    expect(found(values, lines)[0]?.x).toBeLessThan(400)
  })

  test('is all that it would take, where the void cell is at an end', () => {
    const lose = ({ technique, point, account }: ResultRecord) => {
      if (technique === 'websocket' && point.at?.value === 100) account.lost = 1
    }
    expect(found(values, lines, lose)).toEqual([])
  })

  test('is a position that one of them was not measured at', () => {
    const [crossover] = found(values, { ...lines, websocket: [500, undefined, 5_000] })
    expect(crossover?.x).toBeCloseTo(400, 6)
    expect(found(values, { ...lines, websocket: [500, undefined, undefined] })).toEqual([])
  })

  test('is the floor, and a position of 0, where there is no logarithm', () => {
    expect(found([100, 1_000], { 'bare-tcp': [400, 4_000], sse: [1_000, 1_000] })).toEqual([])
    const scenario: Scenario = {
      ...scenarioFixture,
      sweep: { axis: 'cookieBytes', values: [0, 1_000] },
    }
    const records = ['sse', 'websocket'].flatMap((technique, i) =>
      [0, 1].flatMap((at) => recordsFixture({ scenario, at, technique, overheadBytes: i === at ? 20 : 60 })),
    )
    expect(crossoversOf(measuredScenarios(records)[0] ?? expect.fail(), 'bytesPerEvent')).toEqual([])
  })
})
