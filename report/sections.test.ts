import { describe, expect, test } from 'vitest'
import { type Scenario, searchedPoint } from '../results/scenario.ts'
import { buildReport } from './build.ts'
import { observationFixture } from './fixture/claims.ts'
import { plain, sectionOf, tablesIn } from './fixture/page.ts'
import { recordsFixture, runFixture, scenarioFixture } from './fixture/records.ts'
import { questions } from './sections/section.ts'

/** One section's text as a reader sees it. */
function section(id: string, ...[records, observations, changes]: SectionOf): string {
  const found = sectionOf(buildReport(runFixture(records, changes), records, observations), id)
  return found === '' ? expect.fail(`No section ${id}`) : plain(found)
}
type SectionOf = [
  records: Parameters<typeof buildReport>[1],
  observations?: Parameters<typeof buildReport>[2],
  changes?: Parameters<typeof runFixture>[1],
]

test('the sections are the thirteen questions, in their order, each with its number and in the navigation', () => {
  const page = buildReport(runFixture([]), [])
  const titles = [...page.matchAll(/<section id="([^"]+)".*?<h2[^>]*>(.*?)<\/h2>/gs)]
  expect(titles.map(([, id, title = '']) => [id, plain(title)])).toEqual(
    questions.map(({ id, question }, i) => [id, `${i + 1} ${question}`]),
  )
  const links = [...page.matchAll(/<li><a href="#([^"]+)">/g)].map(([, id]) => id)
  expect(links).toEqual(questions.map(({ id }) => id))
  expect(questions).toHaveLength(13)
})

describe('theory beside measurement', () => {
  const predicted = (bytesPerEvent: number | null) =>
    recordsFixture({ technique: 'websocket', overheadBytes: 2 }).map((record) => ({
      ...record,
      prediction: { ...record.prediction, bytesPerEvent },
    }))

  test('says nothing where no model predicts anything', () => {
    expect(section('trust', predicted(null))).not.toContain('agree with theory')
  })

  test('tells what agrees from what does not', () => {
    expect(section('trust', predicted(102))).toContain('1 are within their tolerance, 0 beyond it')
    const off = section('trust', predicted(100))
    expect(off).toContain('0 are within their tolerance, 1 beyond it')
    expect(off).toContain(
      'steady-feed WebSocket : Bytes per event 102 B, by the model 100 B (+2 %). The tolerance is 0.1 %.',
    )
  })

  test('does not call a figure that is not valid an agreement', () => {
    const lost = predicted(102).map((record) => ({ ...record, account: { ...record.account, lost: 1 } }))
    expect(section('trust', lost)).toContain(
      '0 are within their tolerance, 0 beyond it. A further 1 are not valid.',
    )
  })
})

describe('a search', () => {
  const search = { axis: 'subscribers', from: 100, to: 400, resolution: 1.5, lateAfterMs: 100 } as const
  const scenario: Scenario = { ...scenarioFixture, name: 'capacity', search }
  const at = (value: number, mediansUs: number[], lost = 0) =>
    recordsFixture({ scenario, technique: 'sse', mediansUs, lost }).map((record) => ({
      ...record,
      point: searchedPoint(scenario, search, value),
    }))
  const records = [...at(100, [5e3, 5e3]), ...at(200, [9e5, 9e5], 3)]

  test('is told as how far each technique went', () => {
    const found =
      'With at most 1 % of the deliveries of a trial later than 100 ms, in the order of the registry. ' +
      'Server-Sent Events: every trial held up to ' +
      '100 subscribers, none held from 200 subscribers on, with 2 trials at the value that decides, ' +
      'neither process ran out of CPU.'
    // What the run found, the scenario's sentence and its details.
    expect(section('pick', records)).toContain(found)
    expect(section('server', records).split(found)).toHaveLength(3)
    const page = buildReport(runFixture(records), records)
    const table = tablesIn(sectionOf(page, 'server')).find(({ label }) => label === scenario.question)
    expect(table?.rows.map(({ name, cells }) => [name, ...cells.map(({ text }) => text)])).toEqual([
      ['Server-Sent Events', '100', '100', '200', '4', 'neither process was full'],
    ])
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
    const text = section('network', records, [seen, missing])
    expect(text).toContain('noDelay delayUs yes 1.5 ms')
    expect(text).toContain('not measured nginx-in-front: nginx is not installed')
  })

  test('that failed are told first of all', () => {
    const failedExperiments = [{ experiment: 'nagle', reason: 'the server ended' }]
    const page = buildReport(runFixture(records, { failedExperiments }), records)
    expect(page.includes('These experiments failed: nagle.')).toBe(true)
    expect(page.indexOf('These experiments failed: nagle.')).toBeLessThan(page.indexOf('<section id="pick"'))
    expect(section('network', records, [], { failedExperiments })).toContain('nagle: the server ended')
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
  const run = runFixture(records)
  const [english, chinese] = (['en', 'zh'] as const).map((language) =>
    sectionOf(buildReport(run, records, [], { language }), 'claims'),
  ) as [string, string]
  const text = plain(english)
  expect(text).toContain('Short polling cannot have low delay and a low load of the server at once.')
  expect(text).toMatch(/✕ did not hold|✓ held/)
  expect(text).toContain('Rule:')
  expect(text).toContain('claims were not tested in this run')
  expect(chinese).toContain('短轮询无法同时做到低延迟和低服务器负载。')
  // The same claims with the same verdicts, whose classes no language changes.
  const verdicts = (markup: string) =>
    [...markup.matchAll(/<tr id="(claim-[^"]+)">|<td class="badge ([^"]+)">/g)].map(
      ([, id, badge]) => id ?? badge,
    )
  expect(verdicts(english).length).toBeGreaterThan(0)
  expect(verdicts(chinese)).toEqual(verdicts(english))
})
