import { describe, expect, test } from 'vitest'
import type { ResultRecord } from '../../results/record.ts'
import type { Scenario } from '../../results/scenario.ts'
import { chatFixture, recordsFixture, runFixture, scenarioFixture } from '../fixture/records.ts'
import { measuredScenarios } from './cells.ts'
import type { Badge } from './finding.ts'
import { badgeOf, checkCell, checkNoise, checkRun } from './gate.ts'
import { rank } from './ranking.ts'

const scenario = { ...scenarioFixture, trials: 6 }
const medians = [1_000, 1_010, 1_020, 1_030, 1_040, 1_050]
const healthy = () => recordsFixture({ scenario, technique: 'sse', mediansUs: medians })

/** What the gate says of a cell whose every record was changed. */
function gate(change: (record: ResultRecord) => void, records = healthy()) {
  const changed = structuredClone(records)
  for (const record of changed) change(record)
  const cell = measuredScenarios(changed)[0]?.cells[0] ?? expect.fail()
  const findings = checkCell(cell)
  return {
    findings: findings.map(({ check, badge }) => [check, badge]),
    timed: badgeOf(findings, 'timed'),
    counted: badgeOf(findings, 'counted'),
  }
}

test('a healthy cell is valid, and nothing is said of it', () => {
  expect(gate(() => {})).toEqual({ findings: [], timed: 'valid', counted: 'valid' })
})

test('what a scenario means to break is warned of, and nothing else is let pass', () => {
  const broken = (breaks: Scenario['breaks']) =>
    gate(
      ({ account }) => {
        account.reordered = 3
      },
      recordsFixture({
        scenario: { ...scenario, ...(breaks && { breaks }) },
        technique: 'sse',
        mediansUs: medians,
      }),
    ).counted
  expect(broken(undefined)).toBe('not valid')
  expect(broken(['lost', 'duplicated'])).toBe('not valid')
  expect(broken(['reordered'])).toBe('use with care')
})

describe('each check finds its fault', () => {
  const faults: [string, (record: ResultRecord) => void, string, Badge, Badge][] = [
    [
      'an event lost',
      ({ account }) => {
        account.lost = 1
      },
      'deliveries',
      'not valid',
      'not valid',
    ],
    [
      'an event duplicated',
      ({ account }) => {
        account.duplicated = 1
      },
      'deliveries',
      'not valid',
      'not valid',
    ],
    [
      'an event reordered',
      ({ account }) => {
        account.reordered = 1
      },
      'deliveries',
      'not valid',
      'not valid',
    ],
    [
      'one byte unparsed',
      ({ ledger }) => {
        ledger.total.down.payload--
        ledger.total.down.unparsed++
      },
      'ledger',
      'not valid',
      'not valid',
    ],
    [
      'one byte unlabelled',
      ({ ledger }) => {
        ledger.total.down.framing--
      },
      'ledger',
      'not valid',
      'not valid',
    ],
    [
      'one byte labelled twice',
      ({ ledger }) => {
        ledger.total.down.framing++
      },
      'ledger',
      'not valid',
      'not valid',
    ],
    [
      'one byte under the wrong label',
      ({ ledger }) => {
        for (const { down } of [ledger.window, ledger.total]) {
          down.payload--
          down.framing++
        }
      },
      'ledger',
      'not valid',
      'not valid',
    ],
    [
      'one byte that the tap missed',
      ({ ledger }) => {
        ledger.socketDown++
      },
      'ledger',
      'not valid',
      'not valid',
    ],
    [
      'a probe unlike the swarm',
      ({ traffic }) => {
        traffic.window.bytesDown += traffic.window.events
      },
      'probe',
      'not valid',
      'not valid',
    ],
    [
      'events not published',
      (record) => {
        record.eventsPublished = 18
      },
      'published',
      'not valid',
      'not valid',
    ],
    [
      'few events not published',
      (record) => {
        record.eventsScheduled = 1_000
        record.eventsPublished = 980
      },
      'published',
      'use with care',
      'use with care',
    ],
    [
      'a receipt before its publication',
      ({ latencyFromPublished }) => {
        latencyFromPublished.minUs = -40
      },
      'clock',
      'not valid',
      'valid',
    ],
    [
      'a busy load agent',
      ({ agent }) => {
        agent.cpuUs = 0.8 * agent.elapsedUs
      },
      'agent CPU',
      'use with care',
      'valid',
    ],
    [
      'a saturated load agent',
      ({ agent }) => {
        agent.cpuUs = 0.95 * agent.elapsedUs
      },
      'agent CPU',
      'not valid',
      'valid',
    ],
    [
      'an agent that is late at times',
      ({ agent }) => {
        agent.loopDelayP99Us = 300
      },
      'agent event loop',
      'use with care',
      'valid',
    ],
    [
      'an agent that is always late',
      ({ agent }) => {
        agent.loopDelayP50Us = 600
      },
      'agent event loop',
      'not valid',
      'valid',
    ],
    [
      'a drift',
      (record) => {
        record.thirdsP50Us = [1_000, 1_100, 1_200]
      },
      'steady',
      'use with care',
      'valid',
    ],
    [
      'a large drift',
      (record) => {
        record.thirdsP50Us = [1_000, 1_200, 1_400]
      },
      'steady',
      'not valid',
      'valid',
    ],
    [
      'a connection that failed',
      ({ errors }) => {
        errors.ECONNRESET = 2
      },
      'transport',
      'use with care',
      'use with care',
    ],
  ]
  test.each(faults)('%s', (_, change, check, timed, counted) => {
    expect(gate(change)).toEqual({ findings: [[check, timed === 'valid' ? counted : timed]], timed, counted })
  })

  test('too few trials: two are not valid for what is timed, four are to be used with care', () => {
    const few = (n: number) =>
      gate(
        () => {},
        recordsFixture({
          scenario: { ...scenario, trials: n },
          technique: 'sse',
          mediansUs: medians.slice(0, n),
        }),
      )
    expect(few(2)).toMatchObject({ timed: 'not valid', counted: 'valid' })
    expect(few(4)).toMatchObject({ timed: 'use with care', counted: 'valid' })
  })

  test('a trial that is missing', () => {
    expect(gate(() => {}, healthy().slice(1)).findings).toEqual([['trials', 'use with care']])
  })

  test('counts that do not repeat', () => {
    const records = healthy()
    const first = records[0] ?? expect.fail()
    first.traffic.window.bytesDown += first.traffic.window.events
    first.ledger.window.down.framing += first.ledger.windowEvents
    first.ledger.total.down.framing += first.ledger.windowEvents
    first.ledger.tappedDown += first.ledger.windowEvents
    first.ledger.socketDown += first.ledger.windowEvents
    expect(gate(() => {}, records).findings).toEqual([['repeatable', 'not valid']])
  })
})

describe('counts that need not be the same in each trial', () => {
  /** What is found where the first trial has so many bytes more for each event. */
  const differing = (bytes: number, technique: string, changes: Partial<Scenario>) => {
    const records = recordsFixture({ scenario: { ...scenario, ...changes }, technique, mediansUs: medians })
    const { traffic, ledger } = records[0] ?? expect.fail()
    traffic.window.bytesDown += bytes * traffic.window.events
    ledger.window.down.framing += bytes * ledger.windowEvents
    ledger.total.down.framing += bytes * ledger.windowEvents
    ledger.tappedDown += bytes * ledger.windowEvents
    ledger.socketDown += bytes * ledger.windowEvents
    return gate(() => {}, records).findings
  }
  const cases: [string, string, Partial<Scenario>][] = [
    ['of compressed events', 'sse', { variant: { contentCoding: 'gzip' } }],
    ['of records of TLS', 'websocket', { variant: { tls: true } }],
    ['of what subscribers publish', 'websocket', { feed: chatFixture.feed }],
  ]

  test.for(cases)('%s may differ a little, and are to be used with care beyond', ([, technique, changes]) => {
    expect(differing(0, technique, changes)).toEqual([])
    expect(differing(2, technique, changes)).toEqual([])
    expect(differing(10, technique, changes)).toEqual([['repeatable', 'use with care']])
  })

  test('of plain streams have to be the same', () => {
    expect(differing(2, 'sse', {})).toEqual([['repeatable', 'not valid']])
  })
})

describe('the A/A pair', () => {
  const pair = (factor: number[]) =>
    measuredScenarios([
      ...healthy(),
      ...recordsFixture({
        scenario,
        technique: 'sse',
        copy: 2,
        mediansUs: medians.map((us, i) => us * (factor[i] as number)),
      }),
      ...recordsFixture({ scenario, technique: 'long-poll', mediansUs: medians.map((us) => us * 5) }),
      ...recordsFixture({ scenario, technique: 'websocket', mediansUs: medians.map((us) => us * 1.08) }),
    ])[0] ?? expect.fail()

  test('of equals says nothing, and lets a small difference stand', () => {
    const scenario = pair([1.01, 0.99, 1.02, 0.98, 1, 1])
    expect(checkNoise(scenario)).toBeUndefined()
    expect(rank(scenario, 'p50Us')?.others.map(({ cell, same }) => [cell.technique, same])).toEqual([
      ['websocket', false],
      ['long-poll', false],
    ])
  })

  test('that differs makes smaller differences the same within noise', () => {
    const scenario = pair([1.1, 1.12, 1.08, 1.1, 1.11, 1.09])
    expect(checkNoise(scenario)?.badge).toBe('use with care')
    expect(rank(scenario, 'p50Us')?.others.map(({ cell, same }) => [cell.technique, same])).toEqual([
      ['websocket', true],
      ['long-poll', false],
    ])
  })

  test('that differs much, beyond its scatter, forbids any ranking of what is timed, and not of what is counted', () => {
    const scenario = pair([1.3, 1.32, 1.28, 1.3, 1.31, 1.29])
    expect(checkNoise(scenario)?.badge).toBe('not valid')
    expect(rank(scenario, 'p50Us')).toBeUndefined()
    expect(rank(scenario, 'bytesPerEvent')).toBeDefined()
  })
})

test('trials are paired by their round, also where one is missing', () => {
  const rounds = [1, 1, 8, 1, 1, 1]
  const cell = (technique: string, factor: number) =>
    recordsFixture({ scenario, technique, mediansUs: rounds.map((slow, i) => slow * factor * (1_000 + i)) })
  const records = [...cell('sse', 1), ...cell('websocket', 1.5).filter(({ trial }) => trial !== 2)]
  const ranking = rank(measuredScenarios(records)[0] ?? expect.fail(), 'p50Us')
  expect(ranking?.lowest.technique).toBe('sse')
  expect(ranking?.others[0]?.same).toBe(false)
  expect(ranking?.others[0]?.ratio.value).toBeCloseTo(1.5, 2)
})

test('what is not valid is never ranked, however low', () => {
  const lossy = recordsFixture({
    scenario,
    technique: 'sse',
    mediansUs: medians.map((us) => us / 10),
    lost: 1,
  })
  const others = ['websocket', 'long-poll', 'bare-tcp'].flatMap((technique) =>
    recordsFixture({ scenario, technique, mediansUs: medians }),
  )
  const ranking = rank(measuredScenarios([...lossy, ...others])[0] ?? expect.fail(), 'p50Us')
  const ranked = [ranking?.lowest, ...(ranking?.others.map(({ cell }) => cell) ?? [])].map(
    (cell) => cell?.technique,
  )
  // Nor is the floor, which nobody chooses.
  expect(ranked.sort()).toEqual(['long-poll', 'websocket'])
})

test('a run on few cores, of changed files, or interrupted is not without reservation', () => {
  const run = runFixture([], { partial: true })
  expect(
    checkRun({ ...run, environment: { ...run.environment, dirty: true } }).map(({ check, badge }) => [
      check,
      badge,
    ]),
  ).toEqual([
    ['complete', 'not valid'],
    ['shared cores', 'use with care'],
    ['commit', 'use with care'],
  ])
  expect(checkRun({ ...runFixture([]), environment: { ...run.environment, cores: 8 } })).toEqual([])
})
