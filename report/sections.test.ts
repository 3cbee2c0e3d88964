import { describe, expect, test } from 'vitest'
import { type Scenario, searchedPoint } from '../scenarios/scenario.ts'
import { buildReport } from './build.ts'
import { observationFixture } from './claims/fixture.ts'
import { recordsFixture, runFixture, scenarioFixture } from './fixture.ts'

/** One section's text as a reader sees it; empty where the report has none. */
function section(id: string, ...[records, observations, changes]: SectionOf): string {
  const html = buildReport(runFixture(records, changes), records, observations)
  const [, found = ''] = html.match(new RegExp(`<section id="${id}">(.*?)</section>`, 's')) ?? []
  return found.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
}
type SectionOf = [
  records: Parameters<typeof buildReport>[1],
  observations?: Parameters<typeof buildReport>[2],
  changes?: Parameters<typeof runFixture>[1],
]

describe('theory beside measurement', () => {
  const predicted = (bytesPerEvent: number | null) =>
    recordsFixture({ technique: 'websocket', overheadBytes: 2 }).map((record) => ({
      ...record,
      prediction: { ...record.prediction, bytesPerEvent },
    }))

  test('says nothing where no model predicts anything', () => {
    expect(section('model', predicted(null))).toBe('')
  })

  test('tells what agrees from what does not', () => {
    expect(section('model', predicted(102))).toContain('1 are within their tolerance, 0 beyond it')
    const off = section('model', predicted(100))
    expect(off).toContain('0 are within their tolerance, 1 beyond it')
    expect(off).toMatch(/steady-feed , WebSocket Bytes per event 100 B 102 B \+2 % 0.1 %/)
  })

  test('does not call a figure that is not valid an agreement', () => {
    const lost = predicted(102).map((record) => ({ ...record, account: { ...record.account, lost: 1 } }))
    expect(section('model', lost)).toContain('0 are within their tolerance, 0 beyond it, and 1 not valid')
  })
})

describe('a search', () => {
  const search = { axis: 'subscribers', from: 100, to: 400, resolution: 1.5, p99BelowMs: 100 } as const
  const scenario: Scenario = { ...scenarioFixture, name: 'capacity', search }
  const at = (value: number, mediansUs: number[], lost = 0) =>
    recordsFixture({ scenario, technique: 'sse', mediansUs, lost }).map((record) => ({
      ...record,
      point: searchedPoint(scenario, search, value),
    }))
  const records = [...at(100, [5e3, 5e3]), ...at(200, [9e5, 9e5], 3)]

  test('is told as how far each technique went', () => {
    expect(section('capacity', records)).toContain(
      'With a p99 below 100 ms: Server-Sent Events 100 subscribers.',
    )
    expect(section('found', records)).toContain('With a p99 below 100 ms')
  })

  test('goes beyond what can be had on purpose, which is no fault of the run', () => {
    const page = buildReport(runFixture(records, { plannedTrials: 0, planned: [] }), records)
    expect(page.includes('Not all is well')).toBe(false)
    expect(section('trust', records)).not.toContain('deliveries')
  })
})

describe('experiments', () => {
  const records = recordsFixture({ technique: 'sse' })

  test('have their rows with units, and the reason where they could not be made', () => {
    const seen = observationFixture('nagle', [{ noDelay: true, delayUs: 1_500 }])
    const missing = { ...observationFixture('nginx-in-front', []), unavailable: 'nginx is not installed' }
    const text = section('experiments', records, [seen, missing])
    expect(text).toContain('noDelay delayUs yes 1.5 ms')
    expect(text).toContain('not measured nginx-in-front: nginx is not installed')
  })

  test('that failed are told first of all', () => {
    const failedExperiments = [{ experiment: 'nagle', reason: 'the server ended' }]
    const page = buildReport(runFixture(records, { failedExperiments }), records)
    expect(page.includes('1 experiment failed.')).toBe(true)
    expect(section('experiments', records, [], { failedExperiments })).toContain('nagle: the server ended')
  })
})

test('claims have their verdict, their rule and their evidence, in both languages', () => {
  const rows = [100, 1000].map((ratePerSecond) => ratePerSecond)
  const scenario: Scenario = {
    ...scenarioFixture,
    name: 'poll-interval',
    sweep: { axis: 'pollIntervalMs', values: [100, 300] },
  }
  const records = rows.flatMap((_, at) =>
    recordsFixture({ scenario, at, technique: 'short-poll', requestsPerEvent: 1 }),
  )
  const text = section('claims', records)
  expect(text).toContain('Short polling cannot have low delay and a low load of the server at once.')
  expect(text).toContain('短轮询无法同时做到低延迟和低服务器负载。')
  expect(text).toMatch(/✕ did not hold|✓ held/)
  expect(text).toContain('Rule:')
  expect(text).toContain('claims were not tested in this run')
})
