import { Value } from 'typebox/value'
import { describe, expect, test } from 'vitest'
import { ResultRecordSchema, RunSchema } from '../results/record.ts'
import { measuredScenarios } from './analysis/measured-scenarios.ts'
import { buildReport } from './build.ts'
import { observationFixture } from './fixture/claims.ts'
import { cellAt, embeddedRun, plain, sectionOf, tablesIn, textOf, transposed } from './fixture/page.ts'
import {
  chatFixture,
  choiceFixture,
  recordsFixture,
  runFixture,
  scenarioFixture,
  silentFixture,
  sweepFixture,
} from './fixture/records.ts'
import { figuresTables } from './sections/figures-tables.ts'

const report = (records: Parameters<typeof buildReport>[1], changes: Parameters<typeof runFixture>[1] = {}) =>
  textOf(buildReport(runFixture(records, changes), records))
/** The tables of all figures, which the page makes when they are opened. */
const tablesOf = (records: Parameters<typeof measuredScenarios>[0]) =>
  measuredScenarios(records)
    .map((measured) => figuresTables(measured).markup)
    .join('')

test('the fixtures are valid records', () => {
  const records = [scenarioFixture, sweepFixture, choiceFixture, chatFixture, silentFixture].flatMap(
    (scenario) => recordsFixture({ scenario, technique: 'websocket' }),
  )
  for (const record of records) expect(Value.Check(ResultRecordSchema, record)).toBe(true)
  expect(Value.Check(RunSchema, runFixture(records))).toBe(true)
})

describe('the report', () => {
  test('has no figure of what never was, where no event was due', () => {
    const records = ['short-poll', 'sse'].flatMap((technique, i) =>
      recordsFixture({ scenario: silentFixture, technique }).map((record) => {
        record.traffic.window.bytesUp = (i + 1) * 20_000
        return record
      }),
    )
    const text = report(records)
    expect(text).toContain('per second and subscriber is lowest with Short polling (100 B)')
    expect(text).toContain('no event at all')
    expect(text).not.toMatch(/NaN|Infinity|undefined|null/)
  })

  test('is the same for the same records, in whatever order they come', () => {
    const records = ['sse', 'websocket'].flatMap((technique) => recordsFixture({ technique }))
    const run = runFixture(records)
    const page = buildReport(run, records)
    expect(buildReport(run, structuredClone(records))).toBe(page)
    expect(textOf(buildReport(run, records.toReversed()))).toBe(textOf(page))
    expect(page.length).toBeLessThan(1.5e6)
  })

  test('names the lowest and the highest where trials tell them apart', () => {
    const text = report([
      ...recordsFixture({ technique: 'sse', mediansUs: [1_000, 1_100, 1_200] }),
      ...recordsFixture({ technique: 'long-poll', mediansUs: [5_000, 5_100, 5_200] }),
    ])
    expect(text).toContain(
      'Median delay is lowest with Server-Sent Events (1.1 ms), and highest with Long polling (5.1 ms), 4.6× the lowest.',
    )
  })

  test('calls a tie a tie', () => {
    const text = report([
      ...recordsFixture({ technique: 'sse', mediansUs: [1_000, 1_100, 1_200] }),
      ...recordsFixture({ technique: 'websocket', mediansUs: [1_010, 1_090, 1_210] }),
    ])
    expect(text).toContain(
      'Median delay is lowest, and the same within noise, with Server-Sent Events (1.1 ms) and WebSocket (1.1 ms).',
    )
  })

  test('calls nothing the same that its trials could not have told apart, and says what they could', () => {
    const text = report([
      ...recordsFixture({ technique: 'sse', mediansUs: [1_000, 1_100, 1_200] }),
      ...recordsFixture({ technique: 'websocket', mediansUs: [900, 1_050, 1_150] }),
    ])
    // The logarithms of the ratios are 0.105, 0.047 and 0.043: 4.303 standard errors are 0.0874.
    expect(text).toContain(
      'Median delay is lowest with WebSocket (1.03 ms), not told apart from Server-Sent Events (1.1 ms). 3 trials see differences from about 9.1 % on.',
    )
  })

  test('does not rank what lost events, and says so', () => {
    const text = report([
      ...recordsFixture({ technique: 'sse', mediansUs: [100, 100, 100], lost: 7 }),
      ...recordsFixture({ technique: 'websocket' }),
      ...recordsFixture({ technique: 'long-poll', mediansUs: [8_000, 16_000, 24_000] }),
    ])
    expect(text).toContain(
      '✕ not valid deliveries Lower the load until nothing is lost, or find out who loses it. 21 events lost, 0 duplicated, 0 reordered: its delays are those of the events that survived. steady-feed, Server-Sent Events',
    )
    // The geometric mean of 1, 2 and 3 ms.
    expect(text).toContain('Median delay is lowest with WebSocket (1.82 ms)')
  })

  test('does not rank a cell with missing trials', () => {
    const records = [
      ...recordsFixture({ technique: 'sse', mediansUs: [100] }),
      ...recordsFixture({ technique: 'websocket' }),
    ]
    expect(report(records)).toContain(
      'Median delay: not ranked, for fewer than two techniques have valid figures.',
    )
  })

  test('shows no percentile that the samples do not carry', () => {
    const records = [
      ...recordsFixture({ technique: 'sse', mediansUs: [1_000] }),
      ...recordsFixture({ technique: 'websocket' }),
    ]
    const page = buildReport(runFixture(records), records)
    for (const markup of [sectionOf(page, 'compare'), tablesOf(records)]) {
      const table = tablesIn(markup)
        .map((one) => (one.className === 'matrix' ? transposed(one) : one))
        .find(({ headings }) => headings.includes('Delay, p99'))
      expect(cellAt(table ?? expect.fail(), 'sse', 'Delay, p99').text).toBe('too few moments (n = 50)')
      expect(cellAt(table ?? expect.fail(), 'websocket', 'Delay, p99').text).toMatch(/ ms/)
    }
  })

  test('of an interrupted run says so, also when nothing was measured', () => {
    expect(report([], { partial: true, plannedTrials: 30 })).toContain(
      'The run was interrupted; 30 trials were planned.',
    )
    expect(report([])).toContain('Nothing was measured.')
  })

  test('names every trial that failed, with its reason', () => {
    const failure = {
      scenario: 'steady-feed',
      technique: 'sse',
      copy: 1 as const,
      trial: 2,
      reason: 'agent.ts ended with SIGKILL',
    }
    const text = report(recordsFixture({ technique: 'sse' }), { failures: [failure], plannedTrials: 4 })
    expect(text).toContain('3 of 4 planned trials are here.')
    expect(text).toContain(
      'not measured steady-feed, Server-Sent Events, trial 2: agent.ts ended with SIGKILL',
    )
  })

  test('places a failure by its scenario, position and copy', () => {
    const at = { axis: 'tls' as const, value: true }
    const failure = { scenario: 'tls', technique: 'sse', at, copy: 2 as const, trial: 1, reason: 'SIGKILL' }
    expect(report(recordsFixture({ technique: 'sse' }), { failures: [failure] })).toContain(
      'not measured tls, Server-Sent Events, again with TLS on, trial 1: SIGKILL',
    )
  })

  test('names the planned cells of which there is no record, and no others', () => {
    const records = recordsFixture({ scenario: choiceFixture, at: 0, technique: 'sse' })
    const { planned } = runFixture(records)
    const missing = { ...planned[0], at: { axis: 'tls' as const, value: true } } as (typeof planned)[number]
    expect(report(records, { planned: [...planned, missing] })).toContain(
      'not measured 1 planned cell has no record at all. tls, Server-Sent Events with TLS on',
    )
    expect(report(records)).not.toContain('no record at all')
  })

  test('says the choices of a scenario, and who publishes', () => {
    const scenario = { ...scenarioFixture, variant: { http: '2' as const, cookieBytes: 1_024 } }
    expect(report(recordsFixture({ scenario, technique: 'sse' }))).toContain(
      '100 bytes of payload, TLS on, HTTP/2, a Cookie of 1,024 bytes, 3 trials',
    )
    expect(report(recordsFixture({ scenario: choiceFixture, technique: 'sse' }))).toContain(
      'Varied: TLS off; TLS on.',
    )
    const chat = report(recordsFixture({ scenario: chatFixture, technique: 'sse' }))
    expect(chat).toContain('100 subscribers, who publish 10 events per second (constant) in turn')
  })

  test('has round trips where subscribers publish, and only there', () => {
    const chat = ['sse', 'websocket'].flatMap((technique, i) =>
      recordsFixture({
        scenario: chatFixture,
        technique,
        mediansUs: [1_000, 1_010, 1_020].map((us) => us * (i + 1)),
      }),
    )
    expect(report(chat)).toContain(
      'Median round trip is lowest with Server-Sent Events (1.97 ms), and highest with WebSocket (3.93 ms), 2.0× the lowest.',
    )
    expect(plain(tablesOf(chat))).toContain('Round trip, median Round trip, p99')
    expect(tablesOf(recordsFixture({ technique: 'sse' }))).not.toContain('Round trip, median')
    expect(report(recordsFixture({ technique: 'sse' }))).not.toContain('Median round trip')
  })

  test('takes the floor of the same position', () => {
    const cell = (technique: string, at: number, us: number) =>
      recordsFixture({ scenario: choiceFixture, at, technique, mediansUs: [us, us, us] })
    const [delays] = tablesIn(
      tablesOf([
        ...cell('bare-tcp', 0, 1_000),
        ...cell('bare-tcp', 1, 4_000),
        ...cell('sse', 0, 2_000),
        ...cell('sse', 1, 12_000),
      ]),
    )
    const column = delays?.headings.indexOf('Median, times the floor') ?? expect.fail()
    expect(delays?.rows.map(({ name, cells }) => [name, cells[column - 1]?.text])).toEqual([
      ['With TLS off', undefined],
      ['Server-Sent Events', '2.00×'],
      ['Bare TCP', '1.00×'],
      ['With TLS on', undefined],
      ['Server-Sent Events', '3.0×'],
      ['Bare TCP', '1.00×'],
    ])
  })

  test('shows a sweep beside its model', () => {
    const at = (index: number, medianUs: number) =>
      recordsFixture({
        scenario: sweepFixture,
        at: index,
        technique: 'short-poll',
        mediansUs: [medianUs, medianUs, medianUs],
        requestsPerEvent: 1,
      })
    const text = report([...at(0, 50_000), ...at(1, 250_000)])
    expect(text).toContain(
      'Mean delay. Short polling: 50 ms at a polling interval of 100 ms and 250 ms at a polling interval of 500 ms. ',
    )
    expect(text).toContain('model: T/2')
  })

  test('quotes no delay of a sweep that the gate does not let pass', () => {
    const records = recordsFixture({ scenario: sweepFixture, technique: 'short-poll', mediansUs: [50_000] })
    expect(report(records)).toContain('Mean delay. Short polling: no figure here is valid.')
  })

  test('warns before its first finding of what is missing, failed or lost, and of nothing else', () => {
    const records = recordsFixture({ technique: 'sse', lost: 2 })
    const failure = {
      scenario: 'steady-feed',
      technique: 'sse',
      copy: 1 as const,
      trial: 4,
      reason: 'SIGKILL',
    }
    const text = report(records, { partial: true, plannedTrials: 5, failures: [failure] })
    const warning =
      'The run was interrupted. 2 of 5 planned trials are missing. 1 trial failed. Events: 6 lost, 0 duplicated, 0 reordered.'
    expect(text).toContain(warning)
    expect(text.indexOf(warning)).toBeLessThan(text.indexOf('Which technique should I pick?'))
    expect(report(recordsFixture({ technique: 'sse' }))).not.toContain('Not all is well')
  })

  test('hides no loss, however many cells have one', () => {
    const records = ['short-poll', 'long-poll', 'sse', 'websocket'].flatMap((technique) =>
      recordsFixture({ technique, lost: 1 }),
    )
    const lossy = records.map((record, i) => ({
      ...record,
      account: { ...record.account, lost: 1 + Math.floor(i / 3) },
    }))
    // Each has lost another number, and so stands by itself.
    expect(sectionOf(buildReport(runFixture(lossy), lossy), 'trust')).toContain(
      '<details open><summary>4 findings</summary><ul><li><span>3 events lost, 0 duplicated, 0 reordered: its delays are those of the events that survived.</span> <small>steady-feed, Short polling</small></li><li><span>6 events lost',
    )
    // What is said of several in the same words is said once, with all of them.
    expect(plain(sectionOf(buildReport(runFixture(records), records), 'trust'))).toContain(
      '3 events lost, 0 duplicated, 0 reordered: its delays are those of the events that survived. steady-feed, Short polling; steady-feed, Long polling; steady-feed, Server-Sent Events; steady-feed, WebSocket',
    )
  })

  test('draws techniques that are in no registry', () => {
    expect(report(recordsFixture({ technique: 'carrier-pigeon' }))).toContain('carrier-pigeon')
  })

  test('carries its records, so that they can be had back', () => {
    const records = recordsFixture({
      technique: 'sse',
      scenario: { ...scenarioFixture, question: '</script> <b>?' },
    })
    const run = runFixture(records)
    const page = buildReport(run, records)
    const carried = embeddedRun(page)
    expect(carried.run).toEqual(run)
    // Of what no chart draws, the slices are left out.
    const lean = records.map(({ timeline, ...record }) => ({
      ...record,
      timeline: { ...timeline, slices: [] },
    }))
    expect(
      carried.records.map(({ latency: { tail: _, ...latency }, ...record }) => ({ ...record, latency })),
    ).toEqual(lean)
  })

  test('carries the histograms and the timelines of what its charts draw, as they were', () => {
    const records = ['sse', 'websocket'].flatMap((technique) => recordsFixture({ technique }))
    const carried = embeddedRun(buildReport(runFixture(records), records)).records
    expect(carried.map(({ latency: { tail: _, ...latency }, timeline }) => [latency, timeline])).toEqual(
      records.map(({ latency, timeline }) => [latency, timeline]),
    )
  })

  test('carries what experiments saw', () => {
    const seen = [observationFixture('nagle', [{ noDelay: true, delayUs: 1_500 }])]
    expect(embeddedRun(buildReport(runFixture([]), [], seen)).observations).toEqual(seen)
  })
})
