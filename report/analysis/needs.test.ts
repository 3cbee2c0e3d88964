import { describe, expect, test } from 'vitest'
import type { ResultRecord, Run } from '../../results/record.ts'
import type { Scenario } from '../../results/scenario.ts'
import { registry } from '../../server/registry.ts'
import {
  choiceFixture,
  recordsFixture,
  runFixture,
  scenarioFixture,
  silentFixture,
  sweepFixture,
} from '../fixture/records.ts'
import { times, timesRange } from '../format.ts'
import { measuredScenarios } from './measured-scenarios.ts'
import { answersOf, isPlainHttp, isTwoWay, mainScenario, needs } from './needs.ts'
import type { Compared } from './ranking.ts'

const six = [1_000, 1_010, 1_020, 1_030, 1_040, 1_050]
const scenario: Scenario = { ...scenarioFixture, trials: 6 }
const cell = (technique: string, times: number, more: object = {}) =>
  recordsFixture({
    scenario,
    technique,
    mediansUs: six.map((us) => us * times),
    overheadBytes: 10 * times,
    ...more,
  })

/** How far a runner-up is behind: `2.00×`; nothing where the pick is 0. */
const marginText = ({ ratio }: Compared) =>
  Number.isFinite(ratio.value) ? times(ratio.value) + timesRange(ratio) : ''

/** Every answer by its need: who is picked, the runner-up, the badge, and why nobody is. */
function answers(records: ResultRecord[], changes: Partial<Run> = {}) {
  const run = runFixture(records, changes)
  const quiet = { ...run, environment: { ...run.environment, cores: 8 } }
  const main = mainScenario(measuredScenarios(records, quiet)) ?? expect.fail('No comparison')
  return Object.fromEntries(
    answersOf(main).map(({ need, picks, runnerUp, badge, because, value }) => [
      need.id,
      {
        picks: picks.map(({ technique }) => technique),
        ...(runnerUp && { second: runnerUp.cell.technique, margin: marginText(runnerUp) }),
        badge,
        ...(because !== undefined && { because: String(because) }),
        ...(value !== undefined && { value }),
      },
    ]),
  )
}

describe('what techniques can do', () => {
  test('is read off the registry: two ways on one connection, and plain HTTP', () => {
    const named = (can: typeof isTwoWay) =>
      registry.map(({ name }) => name).filter((technique) => can({ technique }))
    expect(named(isTwoWay)).toEqual(['websocket', 'xml-socket', 'socket-io'])
    expect(named(isPlainHttp)).toEqual([
      'short-poll',
      'long-poll',
      'jsonp-poll',
      'iframe-stream',
      'multipart-stream',
      'fetch-stream',
      'sse',
    ])
  })

  test('is nothing of what no registry knows', () => {
    expect([isTwoWay, isPlainHttp].map((can) => can({ technique: 'carrier-pigeon' }))).toEqual([false, false])
  })
})

describe('the comparison that speaks for a run', () => {
  const nameOf = (records: ResultRecord[]) => mainScenario(measuredScenarios(records))?.scenario.name
  const both = (of: Scenario, techniques = ['sse', 'websocket']) =>
    techniques.flatMap((technique) => recordsFixture({ scenario: of, technique }))

  test('is of several techniques, with most trials', () => {
    const more = { ...scenarioFixture, name: 'more', trials: 9 }
    expect(nameOf([...both(scenarioFixture), ...both(more)])).toBe('more')
  })

  test('is neither a sweep, nor silent, nor one that means to break deliveries', () => {
    const breaking: Scenario = { ...scenarioFixture, name: 'cuts', breaks: ['lost'] }
    for (const of of [sweepFixture, choiceFixture, silentFixture, breaking])
      expect(nameOf(both(of))).toBeUndefined()
  })

  test('is none where there is one technique, or one beside the floor, or one twice', () => {
    expect(nameOf(both(scenarioFixture, ['sse']))).toBeUndefined()
    expect(nameOf(both(scenarioFixture, ['sse', 'bare-tcp']))).toBeUndefined()
    const twice = ([1, 2] as const).flatMap((copy) => recordsFixture({ technique: 'sse', copy }))
    expect(nameOf(twice)).toBeUndefined()
  })
})

describe('the answers', () => {
  test('are one a need, in their order', () => {
    expect(Object.keys(answers([...cell('sse', 1), ...cell('websocket', 2)]))).toEqual(
      needs.map(({ id }) => id),
    )
    expect(needs.map(({ id }) => id)).toEqual([
      'delay',
      'bytes',
      'server',
      'requests',
      'two-way',
      'plain-http',
    ])
  })

  test('pick the lowest of those that can, with the next and how far behind it is', () => {
    const found = answers([
      ...cell('long-poll', 5, { requestsPerEvent: 1 }),
      ...cell('sse', 1),
      ...cell('websocket', 2),
      ...cell('socket-io', 3),
      ...cell('bare-tcp', 0.5),
    ])
    expect(found.delay).toEqual({
      ...{ picks: ['sse'], second: 'websocket', margin: '2.00×' },
      ...{ badge: 'valid', value: '1.02 ms' },
    })
    expect(found['two-way']).toMatchObject({ picks: ['websocket'], second: 'socket-io', value: '2.05 ms' })
    expect(found['plain-http']).toMatchObject({ picks: ['sse'], second: 'long-poll' })
    // Bytes are counted: there is no interval to tell.
    expect(found.bytes).toMatchObject({
      picks: ['sse'],
      second: 'websocket',
      margin: '1.09×',
      value: '110 B',
    })
    // Of nothing nothing is a multiple.
    expect(found.requests).toMatchObject({
      picks: ['sse', 'websocket', 'socket-io'],
      second: 'long-poll',
      margin: '',
      value: '0',
    })
    // All alike.
    expect(found.server?.picks).toEqual(['long-poll', 'sse', 'websocket', 'socket-io'])
    expect(found.server?.second).toBeUndefined()
  })

  test('never pick the floor, nor the second of an A/A pair', () => {
    const found = answers([
      ...cell('sse', 1),
      ...cell('sse', 0.99, { copy: 2 }),
      ...cell('websocket', 2),
      ...cell('bare-tcp', 0.1),
    ])
    for (const { picks } of Object.values(found)) expect(picks).not.toContain('bare-tcp')
    expect(found.delay?.picks).toEqual(['sse'])
  })

  test('never pick history, however low, nor what only scatters less than it', () => {
    const history = ['xml-socket', 'iframe-stream', 'multipart-stream', 'jsonp-poll']
    const found = answers([
      ...history.flatMap((technique) => cell(technique, 0.5)),
      ...cell('sse', 1),
      ...cell('websocket', 2),
    ])
    for (const { picks, second } of Object.values(found))
      for (const name of history) expect([...picks, second]).not.toContain(name)
    expect(found.delay?.picks).toEqual(['sse'])
  })

  test('name nobody where nobody can do it', () => {
    const found = answers([...cell('sse', 1), ...cell('long-poll', 2)])
    expect(found['two-way']).toEqual({
      picks: [],
      badge: 'not valid',
      because: 'No technique here can do it.',
    })
  })

  test('name the only one that can, which has to be valid', () => {
    const found = answers([...cell('sse', 1), ...cell('websocket', 2)])
    expect(found['two-way']).toEqual({ picks: ['websocket'], badge: 'valid', value: '2.05 ms' })
    const lossy = answers([...cell('sse', 1), ...cell('long-poll', 3), ...cell('websocket', 2, { lost: 1 })])
    expect(lossy['two-way']).toEqual({
      picks: [],
      badge: 'not valid',
      because: 'No technique that can do it has valid figures.',
    })
  })

  test('have the badge of the worst of those that are picked, and of the run', () => {
    const records = [...cell('sse', 1), ...cell('websocket', 2)]
    // Between 70 and 90 % of a core.
    for (const { technique, agent } of records) if (technique === 'sse') agent.cpuUs = 0.8 * agent.elapsedUs
    const found = answers(records)
    expect(found.delay?.badge).toBe('use with care')
    expect(found.bytes?.badge).toBe('valid')
    expect(found['two-way']?.badge).toBe('valid')
    // Two cores touch milliseconds, and no comparison.
    const [measured = expect.fail()] = measuredScenarios(records, runFixture(records))
    const { bytes, 'two-way': twoWay } = Object.fromEntries(
      answersOf(measured).map(({ need, badge }) => [need.id, badge]),
    )
    expect([bytes, twoWay]).toEqual(['valid', 'valid'])
  })

  test('name nobody where the scenario may not be ranked, and say why', () => {
    const records = [...cell('sse', 1), ...cell('websocket', 2)]
    const [measured = expect.fail()] = measuredScenarios(records)
    for (const answer of answersOf({ ...measured, unranked: 'It was interrupted.' }))
      expect(answer).toMatchObject({ picks: [], badge: 'not valid', because: 'It was interrupted.' })
  })
})
