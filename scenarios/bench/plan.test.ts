import { describe, expect, test } from 'vitest'
import { pointsOf, type Scenario } from '../../results/scenario.ts'
import { registry } from '../../server/registry.ts'
import { listScenarios, loadScenario } from './library.ts'
import { notApplicable, planTrials, planWork } from './plan.ts'

const steady = loadScenario('steady-feed')
const sweep = loadScenario('poll-interval')

describe('the plan of a run', () => {
  test('has every trial of every cell once, in rounds', () => {
    const trials = planTrials([steady, sweep], 1)
    // One more for the A/A pair.
    const cells = (steady.techniques?.length ?? registry.length) + 1
    const points = pointsOf(sweep).length
    expect(trials).toHaveLength(cells * steady.trials + points * sweep.trials)
    expect(trials.map(({ trial }) => trial)).toEqual(trials.map(({ trial }) => trial).sort((a, b) => a - b))
    const keys = trials.map(({ scenario, point, technique, copy, trial }) =>
      [scenario.name, point.at?.value, technique, copy, trial].join(),
    )
    expect(new Set(keys).size).toBe(trials.length)
  })

  test('is the same for the same seed and another for another', () => {
    const order = (seed: number) => planTrials([steady], seed).map(({ technique }) => technique)
    expect(order(1)).toEqual(order(1))
    expect(order(1)).not.toEqual(order(2))
  })

  test('lets every technique lead a round about as often as any other', () => {
    const measured = steady.techniques?.length ?? registry.length
    const leads = new Map<string, number>()
    for (let seed = 0; seed < 500; seed++) {
      const { technique } = planTrials([{ ...steady, trials: 1 }], seed)[0] ?? expect.fail()
      leads.set(technique, (leads.get(technique) ?? 0) + 1)
    }
    for (const count of leads.values()) expect(Math.abs(count - 500 / measured)).toBeLessThan(40)
    expect(leads.size).toBe(measured)
  })

  test('measures only the techniques asked for', () => {
    expect(new Set(planTrials([steady], 1, ['sse']).map(({ technique }) => technique))).toEqual(
      new Set(['sse']),
    )
  })
})

test('a stall has to end within the window', () => {
  const stalled = (forMs: number) => ({ ...steady, stall: { afterMs: 500, forMs } })
  expect(() => planTrials([stalled(500)], 1)).not.toThrow()
  expect(() => planTrials([stalled(60_000)], 1)).toThrow('stands still beyond the window')
})

describe('what is asked for', () => {
  const capacity = loadScenario('capacity-rate')

  test('is refused where it is one scenario twice, whatever their files', () => {
    const own: Scenario = { ...steady, question: 'Another?', altered: true }
    for (const twice of [
      [steady, sweep, steady],
      [steady, own],
      [capacity, capacity],
    ])
      expect(() => planWork(twice, 1)).toThrow(/^(steady-feed|capacity-rate) is named twice/)
  })

  test.each<[Partial<Scenario>, string]>([
    [{ load: { ...steady.load, measureMs: 7_200_000 } }, '/load/measureMs must be <= 3600000'],
    [{ load: { ...steady.load, subscribers: 100_001 } }, '/load/subscribers must be <= 100000'],
    [{ trials: 1001 }, '/trials must be <= 1000'],
    [{ trials: 99_999_999 }, '/trials must be <= 1000'],
    [
      { feed: { ...steady.feed, schedule: { kind: 'bursts', burstEvents: 1, everyMs: 2 ** 31 } } },
      '/feed/schedule must have',
    ],
  ])('is refused where a file that says so would be: %j', (parts, mismatch) => {
    const message = `steady-feed cannot be measured as asked: ${mismatch}`
    expect(() => planWork([{ ...steady, ...parts }], 1)).toThrow(message)
  })

  test('is measured once where a technique or an experiment is named twice', () => {
    const once = planWork([steady], 1, { techniques: ['sse'], experiments: ['nagle'] })
    const twice = { techniques: ['sse', 'sse'], experiments: ['nagle', 'nagle'] }
    expect(planWork([steady], 1, twice)).toEqual(once)
    const own = planWork([{ ...steady, techniques: ['sse', 'sse'] }], 1)
    expect(new Set(own.trials.map(({ copy, trial }) => `${copy} ${trial}`)).size).toBe(own.trials.length)
  })

  test.each<[Scenario['feed']['schedule'], number, string]>([
    [{ kind: 'constant', ratePerSecond: 100_000 }, 3_600_000, '360100000 events, 100000 per second'],
    [{ kind: 'poisson', ratePerSecond: 100_000, seed: 1 }, 3_600_000, '360100000 events, 100000 per second'],
    [
      { kind: 'bursts', burstEvents: 100_000, everyMs: 0.001 },
      1_000,
      '200000000000 events, 100000000000 per',
    ],
  ])(
    'is refused at once where its events are too many to be held: %j for %i ms',
    (schedule, measureMs, has) => {
      const load = { ...steady.load, warmUpMs: 1_000, measureMs }
      const many = { ...steady, feed: { ...steady.feed, schedule }, load }
      const before = process.cpuUsage()
      expect(() => planWork([many], 1)).toThrow(`A trial of steady-feed has ${has}`)
      expect(process.cpuUsage(before).user).toBeLessThan(1e6)
    },
  )

  test('is told where a named scenario does not measure a technique', () => {
    const fanOut = loadScenario('fan-out')
    const chosen = { techniques: ['sse', 'long-poll'] }
    const left = { scenario: 'fan-out', technique: 'long-poll' }
    expect(planWork([fanOut], 1, { ...chosen, isNamed: true }).notApplicable).toEqual([
      { ...left, reason: 'the scenario measures sse, websocket alone' },
    ])
    expect(planWork([fanOut], 1, chosen).notApplicable).toEqual([])
    expect(planWork([fanOut], 1, { techniques: ['sse'], isNamed: true }).notApplicable).toEqual([])
  })

  const { search } = capacity
  if (!search) throw new Error('capacity-rate searches')
  const network = { proxy: 'buffering' as const, bufferBytes: 100, idleMs: 100 }
  test.each<[Partial<Scenario>, string]>([
    [{ search: { ...search, from: 100, to: 5 } }, 'goes from 100 to 5'],
    [{ search: { ...search, axis: 'subscribers', to: 200_000 } }, 'beyond all subscribers'],
    [{ search, sweep: { axis: 'subscribers', values: [1, 2] } }, 'a sweep and a search'],
    [{ search, feed: { ...steady.feed, schedule: { kind: 'silent' } } }, 'a silent feed has no rate'],
    [{ variant: { http: '2', tls: false } }, 'HTTP/2 is spoken over TLS'],
    [{ network: { bufferBytes: 100 } }, 'no proxy that buffers'],
    [{ network }, 'no proxy of the kind idle-timeout'],
  ])('is refused where it contradicts itself: %j', (parts, message) => {
    expect(() => planWork([{ ...steady, ...parts }], 1)).toThrow(`steady-feed contradicts itself: `)
    expect(() => planWork([{ ...steady, ...parts }], 1)).toThrow(message)
  })

  test('is no contradiction where a sweep brings what needs the rest', () => {
    const proxies: Scenario = {
      ...steady,
      network,
      sweep: { axis: 'proxy', values: ['none', 'idle-timeout', 'buffering'] },
    }
    expect(() => planWork([proxies], 1)).not.toThrow()
    expect(() => planWork(listScenarios(), 1)).not.toThrow()
  })

  test('is refused where the first load of a search has no event in its window', () => {
    const short = { ...capacity, load: { ...capacity.load, warmUpMs: 0, measureMs: 1 } }
    expect(() => planWork([short], 1)).toThrow('No event of capacity-rate is due')
  })
})

describe('a sweep over a choice', () => {
  const tls: Scenario = {
    ...steady,
    techniques: ['sse', 'xml-socket'],
    sweep: { axis: 'tls', values: [false, true] },
  }

  test('measures each technique where the choice means something to it', () => {
    const cells = planTrials([{ ...tls, trials: 1 }], 1).map(({ technique, point }) => [
      technique,
      point.variant.tls,
    ])
    expect(cells.sort()).toEqual([
      ['sse', false],
      ['sse', true],
      ['xml-socket', false],
    ])
    expect(notApplicable([tls])).toEqual([
      {
        scenario: 'steady-feed',
        technique: 'xml-socket',
        at: { axis: 'tls', value: true },
        reason: 'it owns its TCP connection and its protocol knows no TLS',
      },
    ])
  })

  test('brings TLS with HTTP/2, as browsers do', () => {
    const points = pointsOf({ ...steady, sweep: { axis: 'http', values: ['1.1', '2'] } })
    expect(points.map(({ variant }) => [variant.http, variant.tls])).toEqual([
      ['1.1', false],
      ['2', true],
    ])
  })

  test('does not call off what HTTP/2 brings', () => {
    const swept: Scenario = { ...tls, techniques: ['sse'], variant: { http: '2' } }
    expect(planTrials([{ ...swept, trials: 1 }], 1).map(({ point }) => point.at?.value)).toEqual([true])
    expect(notApplicable([swept])).toMatchObject([
      { at: { value: false }, reason: expect.stringContaining('over TLS') },
    ])
  })

  test('says why nothing is left to measure', () => {
    const conditional: Scenario = { ...steady, techniques: ['sse'], variant: { conditional: true } }
    expect(() => planTrials([conditional], 1)).toThrow(/sse: only an answer that is given at once/)
    expect(() => planTrials([tls], 1, ['socket-io'])).toThrow(/steady-feed measures sse, xml-socket/)
  })

  test.each([
    ['tls', 'yes'],
    ['contentCoding', 'zip'],
    ['cookieBytes', -1],
    ['subscribers', 0],
    ['payloadBytes', true],
    ['ratePerSecond', 'often'],
  ] as const)('refuses a value that its axis %s does not have: %j', (axis, value) => {
    expect(() => pointsOf({ ...steady, sweep: { axis, values: [value] } })).toThrow(`is no value of ${axis}`)
  })

  test('leaves the floor out where subscribers publish, and refuses what they cannot publish', () => {
    const chat: Scenario = { ...steady, feed: { ...steady.feed, source: 'subscribers' } }
    expect(planTrials([chat], 1).map(({ technique }) => technique)).not.toContain('bare-tcp')
    expect(notApplicable([chat])).toMatchObject([
      { technique: 'bare-tcp', reason: 'the floor has no way up' },
    ])
    const sizes: Scenario = { ...chat, sweep: { axis: 'payloadBytes', values: [100, 70_000] } }
    expect(() => pointsOf(sizes)).toThrow(/64 to 65536 bytes/)
    expect(() => pointsOf({ ...chat, feed: { ...chat.feed, payloadBytes: 32 } })).toThrow(/64 to 65536 bytes/)
  })
})

describe('the library', () => {
  test('has the shortest suite first and the large one last, and each file under its own name', () => {
    const scenarios = listScenarios()
    expect(scenarios.map(({ name }) => name)).toContain('subscribers')
    expect(scenarios.slice(0, 2).map(({ suite }) => suite)).toEqual(['glance', 'quick'])
    expect(scenarios.at(-1)?.suite).toBe('large')
    for (const { name } of scenarios) expect(loadScenario(name).name).toBe(name)
  })

  test('fills in the points of a sweep', () => {
    expect(pointsOf(sweep).map(({ at, load }) => [at?.value, load.pollIntervalMs])).toEqual(
      sweep.sweep?.values.map((value) => [value, value]),
    )
    const rates = pointsOf({ ...steady, sweep: { axis: 'ratePerSecond', values: [1, 50] } })
    expect(rates.map(({ feed }) => feed.schedule)).toEqual([
      { kind: 'constant', ratePerSecond: 1 },
      { kind: 'constant', ratePerSecond: 50 },
    ])
  })
})
