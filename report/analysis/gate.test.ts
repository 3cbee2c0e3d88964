import { describe, expect, test } from 'vitest'
import type { ResultRecord } from '../../results/record.ts'
import type { Scenario } from '../../results/scenario.ts'
import {
  chatFixture,
  recordsFixture,
  runFixture,
  scenarioFixture,
  silentFixture,
} from '../fixture/records.ts'
import type { Cell, MeasuredScenario } from './cells.ts'
import type { Badge } from './finding.ts'
import { badgeFor, checkNoise, checkRun } from './gate.ts'
import { measuredScenarios } from './measured-scenarios.ts'
import { rank } from './ranking.ts'

const scenario = { ...scenarioFixture, trials: 6 }
const medians = [1_000, 1_010, 1_020, 1_030, 1_040, 1_050]
const healthy = () => recordsFixture({ scenario, technique: 'sse', mediansUs: medians })

/** What the gate says of a cell whose every record was changed. */
function gate(change: (record: ResultRecord) => void, records = healthy()) {
  const changed = structuredClone(records)
  for (const record of changed) change(record)
  return said(measuredScenarios(changed)[0]?.cells[0] ?? expect.fail())
}

/** The checks that found something, and the badges of what is counted, of delays beside others, in ms, and of CPU. */
function said(cell: Cell) {
  return {
    findings: cell.findings.map(({ check }) => check),
    badges: [
      badgeFor(cell, 'counted'),
      badgeFor(cell, 'delay', 'compared'),
      badgeFor(cell, 'delay', 'absolute'),
      badgeFor(cell, 'cost', 'compared'),
    ],
  }
}

const [good, care, bad, none] = ['valid', 'use with care', 'not valid', 'not measured'] as const

const boundOf = ({ latency: { hdr: _, ...latency } }: ResultRecord, p50Us: number) => ({ ...latency, p50Us })

/** Load agents with as many subscribers and events each. */
const agentsOf = ({ agent: { cpuUs, elapsedUs } }: ResultRecord, mediansUs: number[]) =>
  mediansUs.map((p50Us) => ({ subscribers: 50, cpuUs, elapsedUs, delivered: 1_000, p50Us }))

test('load agents that differ a little, or another each time, are no fault', () => {
  for (const mediansOf of [
    () => [1_000, 1_200, 1_010],
    (n: number) => [0, 1, 2].map((i) => (i === n % 3 ? 2e3 : 1e3)),
  ]) {
    const alike = (record: ResultRecord) => {
      record.agents = agentsOf(record, mediansOf(record.trial))
    }
    expect(gate(alike)).toEqual({ findings: [], badges: [good, good, good, good] })
  }
})

test('where the bound is known, it and not the event loop says how late the agent may have been', () => {
  expect(
    gate((record) => {
      record.bound = boundOf(record, 50)
      record.agent.loopDelayP50Us = 600
    }),
  ).toEqual({ findings: [], badges: [good, good, good, good] })
})

test('a healthy cell is valid, and nothing is said of it', () => {
  expect(gate(() => {})).toEqual({ findings: [], badges: [good, good, good, good] })
})

test('what a scenario means to break is its result, and nothing else is let pass', () => {
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
    ).badges
  expect(broken(undefined)).toEqual([bad, bad, bad, bad])
  expect(broken(['lost', 'duplicated'])).toEqual([bad, bad, bad, bad])
  expect(broken(['reordered'])).toEqual([good, care, care, care])
})

describe('each check finds its fault', () => {
  const faults: [string, (record: ResultRecord) => void, string, Badge[]][] = [
    [
      'an event lost',
      ({ account }) => {
        account.lost = 1
      },
      'deliveries',
      [bad, bad, bad, bad],
    ],
    ...(
      [
        [0.06, care],
        [0.21, bad],
      ] as const
    ).map(([share, badge]): (typeof faults)[number] => [
      `others used ${share} of all cores' time`,
      (record) => {
        record.others = { cpuUs: share * 2e6, availableUs: 2e6 }
      },
      'others’ CPU',
      [good, badge, badge, badge],
    ]),
    [
      'an event duplicated',
      ({ account }) => {
        account.duplicated = 1
      },
      'deliveries',
      [bad, bad, bad, bad],
    ],
    [
      'an event reordered',
      ({ account }) => {
        account.reordered = 1
      },
      'deliveries',
      [bad, bad, bad, bad],
    ],
    [
      'one byte unparsed',
      ({ ledger }) => {
        ledger.total.down.payload--
        ledger.total.down.unparsed++
      },
      'ledger',
      [bad, good, good, good],
    ],
    [
      'one byte unlabelled',
      ({ ledger }) => {
        ledger.total.down.framing--
      },
      'ledger',
      [bad, good, good, good],
    ],
    [
      'one byte labelled twice',
      ({ ledger }) => {
        ledger.total.down.framing++
      },
      'ledger',
      [bad, good, good, good],
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
      [bad, good, good, good],
    ],
    [
      'one byte that the tap missed',
      ({ ledger }) => {
        ledger.socketDown++
      },
      'ledger',
      [bad, good, good, good],
    ],
    [
      'a probe unlike the swarm',
      ({ traffic }) => {
        traffic.window.bytesDown += traffic.window.events
      },
      'probe',
      [bad, good, good, good],
    ],
    [
      'events not published',
      (record) => {
        record.eventsPublished = 18
      },
      'published',
      [bad, bad, bad, bad],
    ],
    [
      'few events not published',
      (record) => {
        record.eventsScheduled = 1_000
        record.eventsPublished = 980
      },
      'published',
      [care, care, care, care],
    ],
    [
      'a receipt before its publication',
      ({ latencyFromPublished }) => {
        latencyFromPublished.minUs = -40
      },
      'clock',
      [good, bad, bad, good],
    ],
    [
      'a busy load agent',
      ({ agent }) => {
        agent.cpuUs = 0.8 * agent.elapsedUs
      },
      'agent CPU',
      [good, care, care, care],
    ],
    [
      'a saturated load agent',
      ({ agent }) => {
        agent.cpuUs = 0.95 * agent.elapsedUs
      },
      'agent CPU',
      [good, bad, bad, bad],
    ],
    [
      'one load agent of three that is slower than the others',
      (record) => {
        record.agents = agentsOf(record, [1_000, 1_400, 1_010])
      },
      'load agents',
      [good, care, care, good],
    ],
    [
      'one load agent of two whose subscribers got less',
      (record) => {
        record.agents = agentsOf(record, [1_000, 1_000])
        Object.assign(record.agents[1] ?? expect.fail(), { delivered: 400 })
      },
      'load agents',
      [good, bad, bad, good],
    ],
    [
      'an agent that is late at times',
      ({ agent }) => {
        agent.loopDelayP99Us = 300
      },
      'agent event loop',
      [good, good, care, good],
    ],
    [
      'an agent that is always late',
      ({ agent }) => {
        agent.loopDelayP50Us = 600
      },
      'agent event loop',
      [good, good, bad, good],
    ],
    [
      'an arrival that is known to within a fifth of the delay either way',
      (record) => {
        record.bound = boundOf(record, 400)
      },
      'instrument’s bound',
      [good, good, care, good],
    ],
    [
      'an arrival that is known to within more than half of the delay',
      (record) => {
        record.bound = boundOf(record, 1_200)
      },
      'instrument’s bound',
      [good, good, bad, good],
    ],
    [
      'a client library in the place of a reader',
      (record) => {
        record.instrument = 'library-clients@1'
      },
      'reader',
      [good, bad, good, good],
    ],
    [
      'a drift',
      (record) => {
        record.thirdsP50Us = [1_000, 1_100, 1_200]
      },
      'steady',
      [good, care, care, care],
    ],
    [
      'a large drift',
      (record) => {
        record.thirdsP50Us = [1_000, 1_200, 1_400]
      },
      'steady',
      [good, bad, bad, bad],
    ],
    [
      'a connection that failed',
      ({ errors }) => {
        errors.ECONNRESET = 2
      },
      'transport',
      [care, care, care, care],
    ],
  ]
  test.each(faults)('%s', (_, change, check, badges) => {
    expect(gate(change)).toEqual({ findings: [check], badges })
  })

  test('of packets that nobody explains the wire’s figures alone', () => {
    const cell = measuredScenarios(
      healthy().map((record) => ({ ...record, kernel: { bytes: 9e6, packets: 1_000 } })),
    )[0]?.cells[0]
    expect(cell?.findings.map(({ check }) => check)).toEqual(['kernel ledger'])
    expect(cell && [badgeFor(cell, 'wire'), badgeFor(cell, 'counted')]).toEqual([care, good])
  })

  test('but not of what a scenario does to connections', () => {
    const stalled = recordsFixture({
      scenario: { ...scenario, stall: { afterMs: 100, forMs: 100 } },
      technique: 'sse',
      mediansUs: medians,
    })
    expect(
      gate(({ errors }) => {
        errors.ECONNRESET = 2
      }, stalled).findings,
    ).toEqual([])
  })

  test.each([
    ['none', ['transport']],
    ['idle-timeout', []],
  ] as const)('whatever the delay of the network is, with the proxy %s', (proxy, findings) => {
    const reset = (record: ResultRecord) => {
      record.errors.ECONNRESET = 2
    }
    const far = healthy().map((record) => {
      const network = { roundTripMs: 2, proxy }
      return { ...record, scenario: { ...scenario, network }, point: { ...record.point, network } }
    })
    expect(gate(reset, far).findings.filter((check) => check === 'transport')).toEqual(findings)
  })

  const trials = (planned: number, n = planned) =>
    gate(
      // Whatever else is wrong with its delays: a cell that was to count shows none.
      ({ agent }) => {
        agent.cpuUs = (planned < 3 ? 0.95 : 0.1) * agent.elapsedUs
      },
      recordsFixture({
        scenario: { ...scenario, trials: planned },
        technique: 'sse',
        mediansUs: medians.slice(0, n),
      }),
    )

  test('too few trials: four are to be used with care, and so are six of more that were planned', () => {
    expect(trials(4)).toEqual({ findings: ['trials'], badges: [good, care, care, care] })
    expect(trials(12, 6)).toEqual({ findings: ['trials'], badges: [good, care, care, care] })
    expect(trials(6, 2)).toEqual({ findings: ['trials'], badges: [good, bad, bad, bad] })
  })

  test('and no fault in a plan to count: its delays are not measured, of one trial of two neither', () => {
    const counts = { findings: [], badges: [good, none, none, none] }
    expect([trials(2), trials(1), trials(2, 1)]).toEqual([counts, counts, counts])
  })

  test('a trial that is missing', () => {
    expect(gate(() => {}, healthy().slice(1))).toMatchObject({
      findings: ['trials'],
      badges: [good, care, care, care],
    })
  })

  test('counts that do not repeat', () => {
    const records = healthy()
    const first = records[0] ?? expect.fail()
    first.traffic.window.bytesDown += first.traffic.window.events
    first.ledger.window.down.framing += first.ledger.windowEvents
    first.ledger.total.down.framing += first.ledger.windowEvents
    first.ledger.tappedDown += first.ledger.windowEvents
    first.ledger.socketDown += first.ledger.windowEvents
    expect(gate(() => {}, records)).toEqual({ findings: ['repeatable'], badges: [bad, good, good, good] })
  })
})

describe('counts that need not be the same in each trial', () => {
  /** What is found where the first trial has so many bytes more for each event. */
  const differing = (
    bytes: number,
    technique: string,
    changes: Partial<Scenario>,
    change: (record: ResultRecord) => void = () => {},
  ) => {
    const records = recordsFixture({ scenario: { ...scenario, ...changes }, technique, mediansUs: medians })
    const { traffic, ledger } = records[0] ?? expect.fail()
    traffic.window.bytesDown += bytes * traffic.window.events
    ledger.window.down.framing += bytes * ledger.windowEvents
    ledger.total.down.framing += bytes * ledger.windowEvents
    ledger.tappedDown += bytes * ledger.windowEvents
    ledger.socketDown += bytes * ledger.windowEvents
    const { findings, badges } = gate(change, records)
    return [...findings, badges[0]]
  }
  const cases: [string, string, Partial<Scenario>][] = [
    ['of compressed events', 'sse', { variant: { contentCoding: 'gzip' } }],
    ['of records of TLS', 'websocket', { variant: { tls: true } }],
    ['of what subscribers publish', 'websocket', { feed: chatFixture.feed }],
  ]

  test.for(cases)('%s may differ a little, and are to be used with care beyond', ([, technique, changes]) => {
    expect(differing(0, technique, changes)).toEqual([good])
    expect(differing(2, technique, changes)).toEqual([good])
    expect(differing(10, technique, changes)).toEqual(['repeatable', care])
  })

  test('of chunks may differ a little where Node.js joins those of late events', () => {
    const late = (lagUs: number, node: string) => (record: ResultRecord) => {
      record.feedLag.maxUs = lagUs
      record.environment = { ...record.environment, versions: { node } }
    }
    // An event each 100 ms.
    expect(differing(2, 'sse', {}, late(100_000, '26.10.0'))).toEqual([good])
    expect(differing(10, 'sse', {}, late(100_000, '26.10.0'))).toEqual(['repeatable', care])
    expect(differing(2, 'sse', {}, late(99_000, '26.10.0'))).toEqual(['repeatable', bad])
    expect(differing(2, 'sse', {}, late(100_000, '24.21.0'))).toEqual(['repeatable', bad])
    expect(differing(2, 'websocket', {}, late(100_000, '26.10.0'))).toEqual(['repeatable', bad])
  })

  test('of plain streams have to be the same', () => {
    expect(differing(2, 'sse', {})).toEqual(['repeatable', bad])
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

  const told = (scenario: MeasuredScenario) =>
    rank(scenario, 'p50Us')?.others.map((one) => [one.cell.technique, one.told])

  test('of equals says nothing, and lets a small difference stand', () => {
    const scenario = pair([1.01, 0.99, 1.02, 0.98, 1, 1])
    expect(checkNoise(scenario.pair)).toBeUndefined()
    expect(told(scenario)).toEqual([
      ['websocket', 'apart'],
      ['long-poll', 'apart'],
    ])
  })

  test('that differs makes smaller differences noise', () => {
    const scenario = pair([1.1, 1.12, 1.08, 1.1, 1.11, 1.09])
    expect(checkNoise(scenario.pair)?.touches).toEqual({ compared: care, absolute: care })
    expect(told(scenario)).toEqual([
      ['websocket', 'same'],
      ['long-poll', 'apart'],
    ])
  })

  test('that differs much, beyond its scatter, forbids any ranking of what is timed, and not of what is counted', () => {
    const scenario = pair([1.3, 1.32, 1.28, 1.3, 1.31, 1.29])
    expect(checkNoise(scenario.pair)?.touches).toEqual({ compared: bad, absolute: care })
    expect(rank(scenario, 'p50Us')).toBeUndefined()
    expect(rank(scenario, 'bytesPerEvent')).toBeDefined()
  })

  test('is one a run, of the scenario with the most trials, and counts for all of its scenarios', () => {
    const short = { ...scenario, name: 'short', trials: 3 }
    const of = (name: Scenario, copy: 1 | 2, factor: number) =>
      recordsFixture({
        scenario: name,
        technique: 'sse',
        copy,
        mediansUs: medians.slice(0, name.trials).map((us) => us * factor),
      })
    const all = measuredScenarios([
      ...of(scenario, 1, 1),
      ...of(scenario, 2, 1.3),
      ...of(short, 1, 1),
      ...of(short, 2, 1),
    ])
    expect(all.map(({ pair }) => pair?.scenario)).toEqual(['steady-feed', 'steady-feed'])
    const inShort = all.find(({ scenario: { name } }) => name === 'short')?.cells[0] ?? expect.fail()
    expect(inShort.ofRun.map(({ check }) => check)).toEqual(['A/A'])
    expect(badgeFor(inShort, 'delay', 'compared')).toBe(bad)
  })

  test('where nothing was timed says nothing, and never "NaN"', () => {
    const silent = { ...silentFixture, trials: 4 }
    const [measured] = measuredScenarios(
      ([1, 2] as const).flatMap((copy) =>
        recordsFixture({ scenario: silent, technique: 'sse', copy, mediansUs: medians.slice(0, 4) }),
      ),
    )
    expect(measured?.pair).toBeUndefined()
    expect(measured?.cells.flatMap(({ ofRun }) => ofRun)).toEqual([])
  })
})

test('trials are paired by their round, also where one is missing', () => {
  const rounds = [1, 1, 8, 1, 1, 1]
  const cell = (technique: string, factor: number) =>
    recordsFixture({ scenario, technique, mediansUs: rounds.map((slow, i) => slow * factor * (1_000 + i)) })
  const records = [...cell('sse', 1), ...cell('websocket', 1.5).filter(({ trial }) => trial !== 2)]
  const ranking = rank(measuredScenarios(records)[0] ?? expect.fail(), 'p50Us')
  expect(ranking?.lowest.technique).toBe('sse')
  expect(ranking?.others[0]?.told).toBe('apart')
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

test('a run on few cores is not without reservation; of changed files, or an interruption, it is said', () => {
  const run = runFixture([], { partial: true })
  expect(
    checkRun({ ...run, environment: { ...run.environment, dirty: true } }).map(({ check, touches }) => [
      check,
      touches,
    ]),
  ).toEqual([
    ['complete', {}],
    ['shared cores', { absolute: care }],
    ['commit', {}],
  ])
  expect(checkRun({ ...runFixture([]), environment: { ...run.environment, cores: 8 } })).toEqual([])
})

test('an interrupted run ranks what it has whole, and not where a planned cell is missing', () => {
  const records = ['sse', 'websocket'].flatMap((technique) =>
    recordsFixture({ scenario, technique, mediansUs: medians }),
  )
  const [whole] = measuredScenarios(records, runFixture(records, { partial: true }))
  expect(whole?.unranked).toBeUndefined()
  expect(whole?.cells.map((cell) => badgeFor(cell, 'delay', 'compared'))).toEqual([good, good])
  const [cut] = measuredScenarios(
    records.filter(({ technique }) => technique === 'sse'),
    runFixture(records, { partial: true }),
  )
  expect(String(cut?.unranked)).toContain('interrupted')
})
