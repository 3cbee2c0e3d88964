import { describe, expect, test } from 'vitest'
import { choiceFixture, recordsFixture, sweepFixture } from '../fixture/records.ts'
import { figureOf } from './cells.ts'
import { measuredScenarios } from './measured-scenarios.ts'

describe('records', () => {
  test('become cells in the order of the registry, whatever order they come in; unknown techniques last', () => {
    const records = ['carrier-pigeon', 'websocket', 'short-poll'].flatMap((technique) =>
      recordsFixture({ technique }),
    )
    for (const order of [records, records.toReversed()]) {
      const [steady] = measuredScenarios(order)
      expect(steady?.cells.map(({ title }) => String(title))).toEqual([
        'Short polling',
        'WebSocket',
        'carrier-pigeon',
      ])
      expect(steady?.cells.map((cell) => cell.records.map(({ trial }) => trial))).toEqual([
        [1, 2, 3],
        [1, 2, 3],
        [1, 2, 3],
      ])
    }
  })

  test('of a sweep are one cell a point, along the axis, and come after scenarios without one', () => {
    const at = (index: number) =>
      recordsFixture({ scenario: sweepFixture, at: index, technique: 'short-poll' })
    const [first, second] = measuredScenarios([...at(1), ...at(0), ...recordsFixture({ technique: 'sse' })])
    expect(first?.scenario.sweep).toBeUndefined()
    expect(second?.cells.map(({ point }) => point.at?.value)).toEqual([100, 500])
  })

  test('of choices are in the order of the sweep, then of the registry', () => {
    const scenario = {
      ...choiceFixture,
      sweep: { axis: 'contentCoding' as const, values: ['identity', 'gzip', 'br'] },
    }
    const records = ['sse', 'long-poll'].flatMap((technique) =>
      [2, 0, 1].flatMap((at) => recordsFixture({ scenario, at, technique })),
    )
    const cells = measuredScenarios(records)[0]?.cells ?? expect.fail()
    expect(cells.map(({ point, technique }) => [point.at?.value, technique])).toEqual([
      ['identity', 'long-poll'],
      ['identity', 'sse'],
      ['gzip', 'long-poll'],
      ['gzip', 'sse'],
      ['br', 'long-poll'],
      ['br', 'sse'],
    ])
  })

  test('of an A/A pair are two cells', () => {
    const records = [1, 2].flatMap((copy) => recordsFixture({ technique: 'sse', copy: copy as 1 | 2 }))
    expect(measuredScenarios(records)[0]?.cells.map(({ title }) => String(title))).toEqual([
      'Server-Sent Events',
      'Server-Sent Events, again',
    ])
  })
})

test('a figure is the geometric mean over trials; below six trials its range is min-max and has no other name', () => {
  const figure = (mediansUs: number[]) => {
    const records = recordsFixture({ technique: 'sse', mediansUs })
    const cell = measuredScenarios(records)[0]?.cells[0] ?? expect.fail()
    const values = records.map(({ server }) => server.cpuUs)
    expect(figureOf(cell, 'serverCpuUsPer1000Events').value).toBe(((values[0] ?? 0) * 1_000) / 2_000)
    return figureOf(cell, 'p50Us')
  }
  expect(figure([4_000, 1_000, 2_000])).toMatchObject({ interval: 'min-max', n: 3 })
  expect(figure([4_000, 1_000, 2_000]).value / 2_000).toBeCloseTo(1, 2)
  expect(figure([1, 2, 3, 4, 5, 6].map((ms) => ms * 1_000))).toMatchObject({ interval: '95 %', n: 6 })
})
