import { describe, expect, test } from 'vitest'
import type { ResultRecord } from '../../results/record.ts'
import type { Scenario } from '../../results/scenario.ts'
import { recordsFixture, runFixture, scenarioFixture, sweepFixture } from '../fixture/records.ts'
import { changeTexts, placeText } from '../sentences/changes.ts'
import { compareRuns, unlikeness } from './compare.ts'

const scenario = { ...scenarioFixture, trials: 6 }
const medians = [1_000, 1_030, 980, 1_010, 990, 1_020]
const run = (factor = 1, overheadBytes = 20) => {
  const records = ['sse', 'websocket'].flatMap((technique) =>
    recordsFixture({
      scenario,
      technique,
      mediansUs: medians.map((us) => us * (technique === 'sse' ? factor : 1)),
      overheadBytes: technique === 'sse' ? overheadBytes : 20,
    }),
  )
  return { run: runFixture(records), records }
}
const notable = ({ changes }: ReturnType<typeof compareRuns>) =>
  changes
    .filter(({ outcome }) => outcome !== 'same within noise')
    .map(({ cell, figure, outcome }) => [cell.technique, figure, outcome])

describe('two runs', () => {
  test('of the same are the same', () => {
    expect(notable(compareRuns(run(), run()))).toEqual([])
  })

  test('show a planted fifth of delay, in the one cell that has it', () => {
    expect(notable(compareRuns(run(), run(1.2))).sort()).toEqual([
      ['sse', 'p50Us', 'worse'],
      ['sse', 'p99Us', 'worse'],
    ])
    expect(notable(compareRuns(run(1.2), run())).map(([, , outcome]) => outcome)).toEqual([
      'better',
      'better',
    ])
  })

  test('show one byte more of framing', () => {
    expect(notable(compareRuns(run(), run(1, 21)))).toEqual([['sse', 'bytesPerEvent', 'worse']])
  })

  /** The new run, each of whose records of Server-Sent Events was changed. */
  const changed = (change: (record: ResultRecord) => void) => {
    const now = run()
    for (const record of now.records) if (record.technique === 'sse') change(record)
    return now
  }

  test('are not judged where the old one was not valid', () => {
    const lossy = changed(({ account }) => {
      account.lost = 1
    })
    const outcomes = compareRuns(lossy, run(2))
      .changes.filter(({ cell, figure }) => cell.technique === 'sse' && !figure.endsWith('Share'))
      .map(({ outcome }) => outcome)
    expect(new Set(outcomes)).toEqual(new Set(['not valid']))
  })

  test('show an event lost, doubled or reordered, in however few trials, and what it voids', () => {
    const lossy = changed(({ account, trial }) => {
      if (trial === 2) Object.assign(account, { lost: 700, delivered: 1_300, duplicated: 1, reordered: 3 })
    })
    expect(notable(compareRuns(run(), lossy))).toEqual(
      expect.arrayContaining([
        ['sse', 'lostShare', 'worse'],
        ['sse', 'duplicatedShare', 'worse'],
        ['sse', 'reorderedShare', 'worse'],
        ['sse', 'p50Us', 'newly not valid'],
        ['sse', 'bytesPerEvent', 'newly not valid'],
      ]),
    )
    expect(notable(compareRuns(lossy, run())).slice(0, 3)).toEqual(
      ['lostShare', 'duplicatedShare', 'reorderedShare'].map((figure) => ['sse', figure, 'better']),
    )
  })

  test('show of polls, which a window cuts, no byte less than its edges explain', () => {
    const polled = (overheadBytes: number) => {
      const records = recordsFixture({ scenario, technique: 'short-poll', mediansUs: medians, overheadBytes })
      return { run: runFixture(records), records }
    }
    expect(notable(compareRuns(polled(100), polled(101)))).toEqual([])
    expect(notable(compareRuns(polled(100), polled(110)))).toEqual([['short-poll', 'bytesPerEvent', 'worse']])
  })

  test('show what came from nothing, and what went to it', () => {
    const asking = changed(({ traffic }) => {
      traffic.window.requests = 45
    })
    const [requests] = compareRuns(run(), asking).changes
    expect(requests).toMatchObject({ figure: 'requestsPerEvent', before: 0, outcome: 'worse' })
    expect(String(changeTexts(requests ?? expect.fail()).ratio)).toBe('from nothing')
    expect(notable(compareRuns(asking, run()))).toEqual([['sse', 'requestsPerEvent', 'better']])
  })

  test('show more memory', () => {
    const large = changed(({ server }) => {
      server.rssBytes *= 1.5
    })
    expect(notable(compareRuns(run(), large))).toEqual([['sse', 'serverRssBytes', 'worse']])
  })

  test('name the cells that only one of them has', () => {
    const without = run()
    without.records = without.records.filter(({ technique }) => technique !== 'sse')
    const { gone, added } = compareRuns(run(), without)
    expect([gone, added].map((places) => places.map((place) => String(placeText(place))))).toEqual([
      ['steady-feed, Server-Sent Events'],
      [],
    ])
    expect(compareRuns(without, run()).added).toHaveLength(1)
  })

  test('with three trials tell from which difference on they would have seen one', () => {
    const few = (us: number[]) => {
      const records = recordsFixture({
        scenario: { ...scenario, trials: 3 },
        technique: 'sse',
        mediansUs: us,
      })
      return { run: runFixture(records), records }
    }
    const { changes } = compareRuns(few([7_000, 9_500, 7_920]), few([8_100, 14_000, 10_400]))
    const delay = changes.find(({ figure }) => figure === 'p50Us') ?? expect.fail()
    expect(delay.outcome).toBe('not told apart')
    expect(String(changeTexts(delay).outcome)).toMatch(
      /^not told apart: 3 trials see differences from about \d+ % on$/,
    )
    // Three have no interval of 95 % to show.
    expect(changeTexts(delay).ratio).not.toContain('(')
  })

  test('show two values that divide to the ratio beside them', () => {
    const scattered = [1_000, 1_030, 980, 4_000, 990, 1_020]
    const records = recordsFixture({ scenario, technique: 'sse', mediansUs: scattered })
    const { changes } = compareRuns(run(), { run: runFixture(records), records })
    for (const { before, after, ratio } of changes.filter((change) => change.before > 0))
      expect(after / before).toBeCloseTo(ratio.value, 9)
  })

  test('read by different instruments are compared by what they counted', () => {
    const other = run(2, 21)
    other.records = other.records.map((record) => ({ ...record, instrument: 'another@1' }))
    const compared = compareRuns(run(), other)
    expect(compared.instruments).toEqual(['readers@1', 'another@1'])
    expect(notable(compared)).toEqual([['sse', 'bytesPerEvent', 'worse']])
  })

  test('match cells by the axis of the sweep, too', () => {
    const over = (axis: 'pollIntervalMs' | 'payloadBytes') => {
      const sweep = { axis, values: [100, 500] }
      const records = recordsFixture({ scenario: { ...sweepFixture, sweep }, technique: 'short-poll' })
      return { run: runFixture(records), records }
    }
    const { changes, gone } = compareRuns(over('pollIntervalMs'), over('payloadBytes'))
    expect([changes.length, gone.length]).toEqual([0, 1])
  })

  test('of another network, stop of the server or sweep are not alike', () => {
    const unlike = (changes: Partial<Scenario>) => {
      const now = run()
      now.records = now.records.map((record) => ({ ...record, scenario: { ...record.scenario, ...changes } }))
      return unlikeness(run(), now).map(String)
    }
    expect(unlike({ network: { roundTripMs: 50 } })).toEqual(['scenario steady-feed: another network'])
    expect(unlike({ stall: { afterMs: 1, forMs: 1 } })).toEqual(['scenario steady-feed: another stall'])
    expect(unlike({ sweep: { axis: 'payloadBytes', values: [1] } })).toEqual([
      'scenario steady-feed: another sweep',
    ])
    expect(unlike({ trials: 12 })).toEqual([])
  })

  test('of unlike machines or loads say in what', () => {
    const [old, now] = [run(), run()]
    expect(unlikeness(old, now)).toEqual([])
    now.run = { ...now.run, agents: 3, environment: { ...now.run.environment, cores: 64 } }
    now.records = now.records.map((record) => ({
      ...record,
      scenario: { ...record.scenario, load: { ...record.scenario.load, subscribers: 7 } },
    }))
    expect(unlikeness(old, now).map(String)).toEqual([
      'cores: 2 against 64',
      'load agents: 1 against 3',
      'scenario steady-feed: another load',
    ])
  })
})
