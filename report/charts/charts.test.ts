import { describe, expect, test } from 'vitest'
import type { ResultRecord } from '../../results/record.ts'
import { measuredScenarios } from '../analysis/measured-scenarios.ts'
import {
  chatFixture,
  choiceFixture,
  recordsFixture,
  scenarioFixture,
  sweepFixture,
} from '../fixture/records.ts'
import { chartFigure } from './figure.ts'
import { bytesOverSweep, delayOverSweep, sweepCharts } from './sweep.ts'
import { bytesChart, percentileChart, requestsChart, serverCpuChart } from './techniques.ts'
import { tradeOffCharts } from './trade-off.ts'

const measured = (records: Parameters<typeof measuredScenarios>[0]) =>
  measuredScenarios(records)[0] ?? expect.fail()

describe('charts of techniques', () => {
  test('stack payload and overhead to the bytes per event of the records', () => {
    const records = ['long-poll', 'sse'].flatMap((technique, i) =>
      recordsFixture({ technique, overheadBytes: 200 - 180 * i, requestsPerEvent: 1 - i }),
    )
    const { series } = bytesChart('bytes', measured(records))
    const expected = ['long-poll', 'sse'].map((technique) => {
      const { window } = records.find((record) => record.technique === technique)?.traffic ?? expect.fail()
      return (window.bytesUp + window.bytesDown) / window.events
    })
    const stacked = [0, 1].map((x) => series.reduce((sum, { points }) => sum + (points[x]?.y ?? 0), 0))
    expect(stacked).toEqual(expected)
  })

  test('write no text over p25 or p75, where a narrow window has no room for it', () => {
    const { x } = percentileChart('delay', measured(recordsFixture({ technique: 'sse' })))
    expect(x.ticks?.filter(({ minor }) => !minor).map(({ text }) => String(text))).toEqual([
      'p50',
      'p90',
      'p99',
    ])
  })

  test('say of a cell that it is not valid, and draw no conclusion from it', () => {
    const scenario = measured([
      ...recordsFixture({ technique: 'short-poll', requestsPerEvent: 3, lost: 1 }),
      ...recordsFixture({ technique: 'long-poll', requestsPerEvent: 1 }),
      ...recordsFixture({ technique: 'sse', lost: 2_000 }),
    ])
    const charts = [bytesChart, requestsChart, serverCpuChart].map((chart) => chart('id', scenario))
    for (const { x } of charts) {
      expect(x.categories?.map(String)).toEqual([
        'Short polling (not valid)',
        'Long polling',
        'Server-Sent Events (not valid)',
      ])
    }
    expect(percentileChart('id', scenario).series.map(({ name }) => String(name))).toContain(
      'Short polling (not valid)',
    )
    expect(String(requestsChart('id', scenario).conclusion)).toBe('Long polling needs 1 per delivered event.')
  })

  test('name in their conclusions no floor, which nobody chooses', () => {
    const scenario = measured([
      ...recordsFixture({ technique: 'long-poll', requestsPerEvent: 1 }),
      ...recordsFixture({ technique: 'sse' }),
      ...recordsFixture({ technique: 'bare-tcp' }),
    ])
    for (const chart of [bytesChart, requestsChart, serverCpuChart, percentileChart])
      expect(String(chart('id', scenario).conclusion)).not.toContain('Bare TCP')
  })

  test('show compressed events as one part, for what is in it cannot be told apart', () => {
    const scenario = { ...scenarioFixture, variant: { perMessageDeflate: true } }
    const { series } = bytesChart(
      'bytes',
      measured([
        ...recordsFixture({ scenario, technique: 'websocket', overheadBytes: 2 }),
        ...recordsFixture({ scenario, technique: 'bare-tcp', overheadBytes: 1 }),
      ]),
    )
    const of = (x: number) =>
      series.flatMap(({ name, points }) => points.filter((point) => point.x === x).map(({ y }) => [name, y]))
    expect(of(0)).toEqual([['compressed, in both directions', 102]])
    expect(of(1)).toEqual([
      ['payload', 100],
      ['overhead, server to client', 1],
      ['overhead, client to server', 0],
    ])
  })

  test('tell payload that goes up from overhead, where subscribers publish', () => {
    const { series } = bytesChart(
      'bytes',
      measured(recordsFixture({ scenario: chatFixture, technique: 'websocket', overheadBytes: 2 })),
    )
    // One message of 100 bytes goes up for each of the 100 that come down, and 6 bytes with it.
    expect(series.map(({ name, points }) => [name, points[0]?.y])).toEqual([
      ['payload, server to client', 100],
      ['overhead, server to client', 2],
      ['payload, client to server', 1],
      ['overhead, client to server', 0.06],
    ])
  })

  test('write a dash for what has no value', () => {
    const scenario = measured(recordsFixture({ technique: 'sse', lost: 2_000 }))
    const charts = [bytesChart, requestsChart, serverCpuChart].map((chart) => chart('id', scenario))
    const texts = charts.flatMap(({ series }) =>
      series.flatMap(({ points }) => points.map(({ text }) => text)),
    )
    expect(new Set(texts)).toEqual(new Set(['-']))
  })
})

describe('charts of a sweep', () => {
  const at = (index: number, mediansUs: number[], requestsPerEvent: number) =>
    recordsFixture({
      scenario: sweepFixture,
      at: index,
      technique: 'short-poll',
      mediansUs,
      requestsPerEvent,
    })
  const interval = measured([...at(0, [5e4, 5e4, 5e4], 1), ...at(1, [25e4, 25e4, 25e4], 0.2)])

  test('stand beside T/2 and say how far they are from it', () => {
    const { series, conclusion } = delayOverSweep(interval)
    expect(series[1]?.points.map(({ x, y }) => [x, y])).toEqual([
      [100, 50],
      [500, 250],
    ])
    expect(String(conclusion)).toMatch(
      /^Short polling: 50 ms at a polling interval of 100 ms and 250 ms at a polling interval of 500 ms\. That is within/,
    )
  })

  test('trade delay against requests along a product of 1/2', () => {
    const [chart] = tradeOffCharts('id', 'pollIntervalMs', interval.cells)
    const points = chart?.series[0]?.points ?? expect.fail()
    // 2,000 events of 100 subscribers in 2 s are 10 a second for each.
    expect(points.map(({ x }) => x)).toEqual([10, 2])
    for (const { x, y } of points) expect((x * y) / 1e3).toBeCloseTo(0.5, 3)
    expect(String(chart?.conclusion)).toBe(
      'Mean delay in seconds times requests per second is 0.50; the model says 0.50 for every interval.',
    )
  })

  test('gives what makes no request its place on the logarithmic axis, a power of ten before the first', () => {
    const streams =
      measuredScenarios(
        [0, 1].flatMap((at) => [
          ...recordsFixture({ scenario: sweepFixture, at, technique: 'short-poll', requestsPerEvent: 1 }),
          ...recordsFixture({ scenario: sweepFixture, at, technique: 'sse', requestsPerEvent: 0 }),
        ]),
      )[0] ?? expect.fail()
    const [chart] = tradeOffCharts('id', 'pollIntervalMs', streams.cells)
    const [zero = expect.fail(), first = expect.fail()] = chart?.x.ticks ?? []
    expect([zero.text, first.value / zero.value]).toEqual([0, expect.closeTo(10)])
    const sse = chart?.series.find(({ technique }) => technique === 'sse')
    expect(sse?.points.map(({ x }) => x)).toEqual([zero.value, zero.value])
  })

  test('have no trade-off where nothing is polled, or something else is varied', () => {
    expect(tradeOffCharts('id', 'subscribers', interval.cells)).toEqual([])
    const silent = measured([...at(0, [1, 1, 1], 0)])
    expect(tradeOffCharts('id', 'pollIntervalMs', silent.cells)).toEqual([])
  })

  test('mark a point that is not valid and leave it out of the conclusion', () => {
    const mixed = measured([...at(0, [5e4], 1), ...at(1, [25e4, 25e4, 25e4], 0.2)])
    const { series, conclusion } = delayOverSweep(mixed)
    expect(series[0]?.points.map(({ text }) => text.toString().endsWith('(not valid)'))).toEqual([
      true,
      false,
    ])
    expect(String(conclusion)).toMatch(
      /^Short polling: 250 ms at a polling interval of 500 ms; not valid at a polling interval of 100 ms\. That is within .* of the model\.$/,
    )
    // A single trial says nothing of delays, but bytes are counted.
    expect(String(bytesOverSweep(mixed).conclusion)).toContain('interval of 100 ms')
  })
})

describe('lines that cross', () => {
  const rates = [1, 100]
  const scenario = {
    ...sweepFixture,
    name: 'rates',
    sweep: { axis: 'ratePerSecond' as const, values: rates },
  }
  const cell = (technique: string, at: number, overheadBytes: number, lost = 0) =>
    recordsFixture({ scenario, technique, at, overheadBytes, lost })

  test('are marked where the chart draws them crossing, and the conclusion says which mark it is', () => {
    const { marks, conclusion } = bytesOverSweep(
      measured([
        ...cell('sse', 0, 25),
        ...cell('sse', 1, 25),
        ...cell('websocket', 0, 2),
        ...cell('websocket', 1, 48),
      ]),
    )
    // Half way between 1 and 100 on an axis that is logarithmic.
    expect(marks?.map(({ x, y, text }) => [Math.round(x * 1e6) / 1e6, y, String(text)])).toEqual([
      [10, 125, '1'],
    ])
    expect(String(conclusion)).toMatch(
      / From about 10 events per second on Server-Sent Events is below WebSocket \(mark 1, between what was measured\)\.$/,
    )
  })

  test('are not marked where a line runs over what is not valid, nor where they do not cross', () => {
    const voided = bytesOverSweep(
      measured([
        ...[
          ...cell('sse', 0, 25),
          ...cell('sse', 1, 25),
          ...cell('websocket', 0, 2),
          ...cell('websocket', 1, 48),
        ],
        ...cell('iframe-stream', 0, 60, 1),
      ]),
    )
    expect(voided.marks).toBeUndefined()
    expect(String(voided.conclusion)).toContain('is below WebSocket (between what was measured).')
    expect(bytesOverSweep(measured([...cell('sse', 0, 25), ...cell('sse', 1, 25)])).marks).toBeUndefined()
  })

  test('have no chart of delays where a scenario has too few trials for them', () => {
    const few = { ...scenario, trials: 2 }
    const records = [0, 1].flatMap((at) =>
      recordsFixture({ scenario: few, at, technique: 'sse', mediansUs: [1, 1] }),
    )
    expect(sweepCharts(measured(records)).map(({ id }) => id)).toEqual(['rates-bytes'])
  })
})

describe('charts of choices', () => {
  const cell = (technique: string, at: number) =>
    recordsFixture({ scenario: choiceFixture, technique, at, overheadBytes: 20 + 22 * at })
  const tls = measured([...cell('sse', 0), ...cell('sse', 1), ...cell('websocket', 1)])

  test('are groups of bars in the order of the sweep, one series a technique', () => {
    const { kind, x, series } = bytesOverSweep(tls)
    expect(kind).toBe('bar')
    expect([String(x.title), x.categories?.map(String)]).toEqual(['TLS', ['TLS off', 'TLS on']])
    expect(
      series.map(({ name, points }) => [String(name), points.map((point) => [point.x, point.y])]),
    ).toEqual([
      [
        'Server-Sent Events',
        [
          [0, 120],
          [1, 142],
        ],
      ],
      ['WebSocket', [[1, 142]]],
    ])
  })

  test('have no bar, and a dash in their table, where a technique was not measured', () => {
    const figure = chartFigure(bytesOverSweep(tls)).markup.replaceAll('\n', '')
    expect(figure).toContain(
      '<tr><th scope="row">TLS off</th><td>120 B</td><td>-</td></tr><tr><th scope="row">TLS on</th>',
    )
  })

  describe('tell', () => {
    const ids = (records: Parameters<typeof measuredScenarios>[0]) =>
      sweepCharts(measured(records)).map(({ id }) => id)
    /** With TLS off and on, the latter changed. */
    const changed = (
      change: (record: ResultRecord) => void,
      technique = 'sse',
      requestsPerEvent = 0,
    ): ResultRecord[] =>
      [0, 1].flatMap((at) => {
        const records = structuredClone(
          recordsFixture({ scenario: choiceFixture, technique, at, requestsPerEvent }),
        )
        if (at === 1) records.forEach(change)
        return records
      })

    test('always of bytes, and of nothing else where no choice changes it', () => {
      expect(ids(changed(() => {}))).toEqual(['tls-bytes'])
      expect(ids(changed(() => {}, 'long-poll', 1))).toEqual(['tls-bytes'])
    })

    test('of delays, CPU, requests and setting up where a choice changes them by more than trials scatter', () => {
      const change = {
        // The fixture's trials lie between 1 and 3 ms.
        delay: changed(({ latency }) => {
          latency.meanUs *= 4
        }),
        cpu: changed(({ server }) => {
          server.cpuUs *= 2
        }),
        requests: changed(
          ({ traffic }) => {
            traffic.window.requests *= 2
          },
          'long-poll',
          1,
        ),
        setup: changed(({ traffic }) => {
          traffic.setup.bytesDown *= 2
        }),
      }
      expect(ids(change.delay)).toEqual(['tls-delay', 'tls-bytes'])
      expect(ids(change.cpu)).toEqual(['tls-bytes', 'tls-cpu'])
      expect(ids(change.requests)).toEqual(['tls-requests', 'tls-bytes'])
      expect(ids(change.setup)).toEqual(['tls-bytes', 'tls-setup'])
      const scatter = changed(({ latency }) => {
        latency.meanUs *= 2
      })
      expect(ids(scatter)).toEqual(['tls-bytes'])
    })

    test('of delays and requests over numbers whether they change or not', () => {
      const flat = [0, 1].flatMap((at) =>
        recordsFixture({ scenario: sweepFixture, at, technique: 'short-poll', requestsPerEvent: 1 }),
      )
      expect(ids(flat)).toEqual(['poll-interval-delay', 'poll-interval-requests', 'poll-interval-bytes'])
    })
  })
})

describe('axes of numbers', () => {
  const sweep = (values: number[]) => {
    const scenario = { ...sweepFixture, sweep: { axis: 'cookieBytes' as const, values } }
    const records = values.flatMap((_, at) => recordsFixture({ scenario, at, technique: 'short-poll' }))
    return bytesOverSweep(measured(records))
  }

  test('are logarithmic where their values are far apart, and none of them is 0', () => {
    expect(sweep([10, 100]).x.log).toBe(false)
    expect(sweep([10, 1_000]).x.log).toBe(true)
    expect(sweep([0, 1_000]).x.log).toBe(false)
  })

  test('have a place for 0', () => {
    const { kind, series, conclusion } = sweep([0, 1_024])
    expect(kind).toBe('line')
    expect(series[0]?.points.map(({ x }) => x)).toEqual([0, 1_024])
    expect(String(conclusion)).toBe('Short polling: 120 B with no Cookie and with a Cookie of 1,024 bytes.')
  })
})
