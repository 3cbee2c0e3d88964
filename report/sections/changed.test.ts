import { describe, expect, test } from 'vitest'
import type { ResultRecord, Run } from '../../results/record.ts'
import { buildReport } from '../build.ts'
import { plain, sectionOf, type TableRow, tablesIn } from '../fixture/page.ts'
import { recordsFixture, runFixture, scenarioFixture } from '../fixture/records.ts'
import { changedSection, changesOf } from './changed.ts'

/** Ten trials that scatter by 2 %, half of it made of the seed, so that no two runs are alike. */
const scattered = (medianUs: number, seed: number) =>
  Array.from({ length: 10 }, (_, i) => medianUs * (1 + 0.01 * Math.sin(7 * i + seed) + 0.002 * i))

function readRun(
  times: Record<string, number>,
  { seed = 1, name = 'new', ...changes }: Partial<Run> & { name?: string } = {},
) {
  const scenario = { ...scenarioFixture, trials: 10 }
  const records = Object.entries(times).flatMap(([technique, factor]) =>
    recordsFixture({ scenario, technique, mediansUs: scattered(1_000 * factor, seed) }),
  )
  return { run: runFixture(records, { run: name, seed, ...changes }), records }
}

const alike = { sse: 1, websocket: 2, 'long-poll': 5 }
const markup = (...runs: Parameters<typeof changesOf>) => changesOf(...runs).markup
const tablesOf = (...runs: Parameters<typeof changesOf>) =>
  Object.fromEntries(tablesIn(markup(...runs)).map(({ label, rows }) => [label, rows]))
const cellsOf = ({ name, cells }: TableRow) => [name, ...cells.map(({ text }) => text)]
const answerOf = (...runs: Parameters<typeof changesOf>) =>
  plain(markup(...runs).match(/<p class="answer">(.*?)<\/p>/s)?.[1] ?? '')

describe('without an earlier run', () => {
  test('the section says how to have one compared', () => {
    expect(plain(changedSection(readRun(alike)).markup)).toContain('npx pushlab report NEW --against OLD')
  })
})

describe('a run against itself', () => {
  const run = readRun(alike)

  test('is the same in every figure, and nothing is notable', () => {
    const tables = tablesOf(run, run)
    expect(Object.keys(tables)).toEqual(['The same, or not told'])
    const rows = tables['The same, or not told'] ?? expect.fail()
    // Delay median and p99, bytes, requests, CPU, memory: nobody publishes, and no event was lost.
    expect(rows).toHaveLength(3 * 6)
    for (const { cells } of rows) {
      const [, before, now, ratio, verdict] = cells.map(({ text }) => text)
      expect(now).toBe(before)
      // Of nothing there is no ratio.
      expect(ratio).toMatch(/^0( %)?$/.test(before ?? '') ? /^-$/ : /^1\.00×/)
      expect(verdict).toBe('= same within noise')
    }
    expect(answerOf(run, run)).toMatch(
      /^0 worse, 0 better, 18 the same within noise\. No event was newly lost, duplicated or reordered\. Of median delays/,
    )
    expect(plain(markup(run, run))).not.toContain('not alike')
  })

  test('is so in a report, too', () => {
    const section = plain(sectionOf(buildReport(run.run, run.records, [], { against: run }), 'changed'))
    expect(section).toContain('0 worse, 0 better, 18 the same within noise.')
    expect(section).toContain('Run new of 2026-01-01 against this one.')
  })
})

describe('two runs of the same', () => {
  test('are the same within noise', () => {
    const tables = tablesOf(readRun(alike, { seed: 1, name: 'old' }), readRun(alike, { seed: 2 }))
    expect(Object.keys(tables)).toEqual(['The same, or not told'])
  })
})

describe('a median delay that is 30 % longer', () => {
  const [before, after] = [
    readRun(alike, { seed: 1, name: 'old' }),
    readRun({ ...alike, sse: 1.3 }, { seed: 2 }),
  ]

  test('is called worse, with both geometric means and the interval of the ratio, and is notable', () => {
    const notable = tablesOf(before, after)['Worse or better'] ?? expect.fail()
    const first = notable.map(cellsOf).find(([, figure]) => figure === 'Delay, median')
    expect(notable.map(({ technique }) => technique)).toEqual(notable.map(() => 'sse'))
    expect(first?.slice(0, 2)).toEqual(['steady-feed Server-Sent Events', 'Delay, median'])
    const means = [before, after].map(({ records }) => {
      const own = records.filter(({ technique }) => technique === 'sse').map(({ latency }) => latency.p50Us)
      const mean = own.reduce((product, us) => product * us, 1) ** (1 / own.length)
      return `${(mean / 1e3).toPrecision(3).replace(/\.?0+$/, '')} ms`
    })
    expect(first?.slice(2, 4)).toEqual(means)
    const [, value, low, high] = first?.[4]?.match(/^([\d.]+)× \(([\d.]+)–([\d.]+)×\)$/)?.map(Number) ?? []
    expect(value).toBeCloseTo(1.3, 1)
    expect(low).toBeLessThanOrEqual(Number(value))
    expect(high).toBeGreaterThanOrEqual(Number(value))
    expect(low).toBeGreaterThan(1.2)
    expect(first?.[5]).toBe('▲ worse')
  })

  test('is better the other way round', () => {
    const better = (tablesOf(after, before)['Worse or better'] ?? expect.fail()).map(cellsOf)
    const first = better.find(([, figure]) => figure === 'Delay, median')
    expect(first?.[4]).toMatch(/^0\.7[67]×/)
    expect(first?.[5]).toBe('▼ better')
  })

  test('leaves all others the same, and is counted', () => {
    expect(answerOf(before, after)).toMatch(/^2 worse, 0 better, 16 the same within noise\./)
    const others = tablesOf(before, after)['The same, or not told'] ?? expect.fail()
    expect(others.filter(({ technique }) => technique === 'sse').map(({ cells }) => cells[0]?.text)).toEqual([
      'Bytes per event',
      'Requests per event',
      'Server CPU per 1,000 events',
      'Server memory (RSS)',
    ])
  })

  test('is not told where an A/A pair differs by more from itself', () => {
    const paired = ({ run, records }: typeof before) => ({
      run,
      records: [
        ...records,
        ...records
          .filter(({ technique }) => technique === 'websocket')
          .map(
            (record): ResultRecord => ({
              ...record,
              copy: 2,
              latency: { ...record.latency, p50Us: 1.4 * record.latency.p50Us },
            }),
          ),
      ],
    })
    expect(tablesOf(paired(before), paired(after))['Worse or better']).toBeUndefined()
  })

  test('of a cell that newly loses events is newly not valid, and neither worse nor better', () => {
    const lossy = {
      run: after.run,
      records: after.records.map((record) =>
        record.technique === 'sse' ? { ...record, account: { ...record.account, lost: 1 } } : record,
      ),
    }
    const tables = tablesOf(before, lossy)
    const own = tables['Worse or better']?.filter(({ technique }) => technique === 'sse') ?? []
    expect(own.map(({ cells: [figure, , , , verdict] }) => [figure?.text, verdict?.text])).toEqual([
      ['Events lost', '▲ worse'],
      ...[
        'Delay, p99',
        'Delay, median',
        'Bytes per event',
        'Requests per event',
        'Server CPU per 1,000 events',
        'Server memory (RSS)',
      ].map((figure) => [figure, '✕ newly not valid']),
    ])
  })
})

describe('runs that are not alike', () => {
  const { environment } = runFixture([])
  const elsewhere = (changes: object) =>
    readRun(alike, { seed: 2, environment: { ...environment, ...changes } })
  const warning = (...runs: Parameters<typeof changesOf>) =>
    plain(markup(...runs).match(/<p class="alarm bad">(.*?)<\/p>/s)?.[1] ?? '')

  test('are warned of, with what differs of the machine', () => {
    const before = readRun(alike, { name: 'old' })
    expect(warning(before, elsewhere({ cpuModel: 'Other CPU', cores: 16 }))).toBe(
      '✕ The runs are not alike. A difference says nothing about the code: cpuModel: Test CPU against Other CPU; cores: 2 against 16.',
    )
    expect(warning(before, elsewhere({ versions: { node: '26.0.0' } }))).toContain(
      'Node.js: 24.0.0 against 26.0.0.',
    )
    expect(warning(before, elsewhere({ commit: '123456' }))).toBe('')
  })

  test('are warned of before anything is compared', () => {
    const page = markup(readRun(alike), elsewhere({ cores: 16 }))
    expect(page.indexOf('not alike')).toBeLessThan(page.indexOf('class="answer"'))
  })

  test('are warned of where a scenario has another load', () => {
    const before = readRun(alike, { name: 'old' })
    const heavier = before.records.map((record) => ({
      ...record,
      scenario: { ...record.scenario, load: { ...record.scenario.load, subscribers: 7 } },
    }))
    expect(warning(before, { run: before.run, records: heavier })).toContain(
      'scenario steady-feed: another load.',
    )
  })

  test('that have no cell in common say so', () => {
    expect(answerOf(readRun({ sse: 1 }), readRun({ websocket: 1 }))).toBe('The runs have no cell in common.')
  })
})
