import { Value } from 'typebox/value'
import { describe, expect, test } from 'vitest'
import { unpackRun } from '../results/pack.ts'
import { ResultRecordSchema, RunSchema } from '../results/record.ts'
import { buildReport } from './build.ts'
import {
  chatFixture,
  choiceFixture,
  recordsFixture,
  runFixture,
  scenarioFixture,
  silentFixture,
  sweepFixture,
} from './fixture.ts'

/** The report's text as a reader sees it, without its data and scripts. */
const textOf = (html: string) =>
  html
    .slice(html.indexOf('<body>'), html.indexOf('<script'))
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
const report = (records: Parameters<typeof buildReport>[1], changes: Parameters<typeof runFixture>[1] = {}) =>
  textOf(buildReport(runFixture(records, changes), records))

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
      'Median delay is lowest with Server-Sent Events (1.1 ms), and highest with Long polling (5.1 ms), 4.6 times the lowest.',
    )
  })

  test('calls a tie a tie', () => {
    const text = report([
      ...recordsFixture({ technique: 'sse', mediansUs: [1_000, 1_100, 1_200] }),
      ...recordsFixture({ technique: 'websocket', mediansUs: [900, 1_050, 1_150] }),
    ])
    expect(text).toContain(
      'Median delay is lowest, and the same within noise, with WebSocket (1.05 ms) and Server-Sent Events (1.1 ms).',
    )
  })

  test('does not rank what lost events, and says so', () => {
    const text = report([
      ...recordsFixture({ technique: 'sse', mediansUs: [100, 100, 100], lost: 7 }),
      ...recordsFixture({ technique: 'websocket' }),
      ...recordsFixture({ technique: 'long-poll', mediansUs: [8_000, 16_000, 24_000] }),
    ])
    expect(text).toContain('Server-Sent Events: 21 events lost, 0 duplicated, 0 reordered')
    expect(text).toContain('Median delay is lowest with WebSocket (2 ms)')
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
    const records = recordsFixture({ technique: 'sse', lost: 1_500 })
    expect(report(records)).toContain('too few (n = 500)')
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
    expect(report(records)).not.toContain('no record')
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
      'Median round trip is lowest with Server-Sent Events (1.97 ms), and highest with WebSocket (3.94 ms), 2.0 times the lowest.',
    )
    expect(report(chat)).toContain('Round trip, median Round trip, p99')
    expect(report(recordsFixture({ technique: 'sse' }))).not.toContain('Round trip, median')
  })

  test('takes the floor of the same position', () => {
    const cell = (technique: string, at: number, us: number) =>
      recordsFixture({ scenario: choiceFixture, at, technique, mediansUs: [us, us, us] })
    const text = report([
      ...cell('bare-tcp', 0, 1_000),
      ...cell('bare-tcp', 1, 4_000),
      ...cell('sse', 0, 2_000),
      ...cell('sse', 1, 12_000),
    ])
    const floors = text.slice(text.indexOf('With TLS on')).match(/[\d.]+ times 3 of 3/g)
    expect(floors?.slice(0, 2)).toEqual(['3.0 times 3 of 3', '1.00 times 3 of 3'])
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
      'Short polling: a mean delay of 50 ms at a polling interval of 100 ms and 250 ms at a polling interval of 500 ms',
    )
    expect(text).toContain('model: T/2')
  })

  test('quotes no delay of a sweep that the gate does not let pass', () => {
    const records = recordsFixture({ scenario: sweepFixture, technique: 'short-poll', mediansUs: [50_000] })
    expect(report(records)).toContain('Short polling: no delay is valid.')
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
    expect(text.indexOf(warning)).toBeLessThan(text.indexOf('What was found?'))
    expect(report(recordsFixture({ technique: 'sse' }))).not.toContain('Not all is well')
  })

  test('hides no loss, however many cells have one', () => {
    const records = ['short-poll', 'long-poll', 'sse', 'websocket'].flatMap((technique) =>
      recordsFixture({ technique, lost: 1 }),
    )
    expect(buildReport(runFixture(records), records)).toContain(
      '<details open><summary>4 findings</summary><ul><li>steady-feed, Short polling: 3 events lost',
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
    const page = buildReport(runFixture(records), records)
    const data = page.match(/id="records">(.*?)<\/script>/s)?.[1] ?? ''
    expect(unpackRun(JSON.parse(data)).records).toEqual(records)
  })
})
