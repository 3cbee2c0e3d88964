import { describe, expect, test } from 'vitest'
import type { Row } from '../../results/observation.ts'
import type { Scenario } from '../../results/scenario.ts'
import { measuredScenarios } from '../analysis/measured-scenarios.ts'
import { observationFixture, rowsFixture, spoken } from '../fixture/claims.ts'
import { recordsFixture, scenarioFixture } from '../fixture/records.ts'
import { evidenceOf } from './evidence.ts'
import { socketIoClaims } from './index.ts'

function judge(id: string, experiment: string, rows: Row[], records: ReturnType<typeof recordsFixture> = []) {
  const claim = socketIoClaims.find((one) => one.id === id)
  return spoken(
    claim?.judge(
      evidenceOf(measuredScenarios(records), [observationFixture(experiment, rowsFixture(experiment, rows))]),
    ),
  )
}

test.each(socketIoClaims)('$id is not tested without evidence', (claim) => {
  expect(spoken(claim.judge(evidenceOf([], [])))).toMatchObject({ verdict: 'not tested here', numbers: [] })
})

describe('socketio-is-ws', () => {
  const to = { server: 'Socket.IO' }
  const stock = { ...to, client: 'stock Socket.IO', opened: true, events: 40, end: 'none' }
  const plain = { ...to, client: 'ws, at /', opened: false, events: 0, end: 'socket hang up' }
  const speaking = {
    ...to,
    client: 'ws that writes the packets itself',
    opened: true,
    events: 40,
    end: 'none',
  }
  const of = (...rows: Row[]) => judge('socketio-is-ws', 'socket-io-protocol', rows)

  test('does not hold where plain clients receive nothing, though one that speaks the protocol does', () => {
    expect(of(stock, plain, speaking)).toMatchObject({
      verdict: 'did not hold',
      because: 'Plain ws clients received no event, the stock client 40 (ws, at /: socket hang up).',
    })
  })

  test('holds where a plain client receives as much as the stock one', () => {
    expect(of(stock, { ...plain, events: 40 })?.verdict).toBe('held')
  })

  test('is not decided where it receives some, or the stock client nothing', () => {
    expect(of(stock, { ...plain, events: 4 })?.verdict).toBe('inconclusive')
    expect(of({ ...stock, events: 0 }, plain)?.verdict).toBe('inconclusive')
  })
})

describe('socketio-picks-best', () => {
  const direct = {
    ...{ client: 'stock', path: 'direct', firstRequest: 'polling', endedWith: 'websocket' },
    ...{ firstMessageAfterUs: 13_000, upgradedAfterUs: 20_000, bytesBeforeFirstMessage: 1_730 },
  }
  const hindered = { ...direct, path: 'a proxy that drops Upgrade', endedWith: 'polling' }
  const forced = {
    ...{ client: 'transports: websocket', path: 'direct', firstRequest: 'websocket', endedWith: 'websocket' },
    ...{ firstMessageAfterUs: 4_000, bytesBeforeFirstMessage: 652 },
  }
  const of = (...rows: Row[]) => judge('socketio-picks-best', 'socket-io-transport', rows)

  test('depends on when one asks where it begins with polling and upgrades', () => {
    expect(of(direct, hindered, forced)).toMatchObject({
      verdict: 'depends',
      because:
        'It depends on when one asks: it began with polling, also where WebSocket would do, and upgraded after ' +
        '20 ms; its first message took 1,730 B where WebSocket from the start took 652 B. Behind a proxy that ' +
        'drops Upgrade it stayed with polling.',
    })
  })

  test('holds where it begins with the best', () => {
    expect(of({ ...direct, firstRequest: 'websocket' }, hindered, forced)?.verdict).toBe('held')
  })

  test('does not hold where it stays with polling though it need not', () => {
    expect(of({ ...direct, endedWith: 'polling' }, hindered, forced)?.verdict).toBe('did not hold')
  })

  test('is not decided where trials do not agree, or WebSocket does not work at all', () => {
    expect(of(direct, { ...direct, endedWith: 'polling' }, hindered, forced)?.verdict).toBe('inconclusive')
    expect(of(direct, hindered, { ...forced, endedWith: 'none' })?.verdict).toBe('inconclusive')
  })

  test('shows the bytes until a subscriber is accepted, where a scenario counted them', () => {
    const scenario: Scenario = {
      ...scenarioFixture,
      name: 'socket-io-transports',
      techniques: ['socket-io'],
      sweep: { axis: 'socketIo', values: ['upgrade', 'websocket'] },
    }
    const records = [0, 1].flatMap((at) => recordsFixture({ scenario, at, technique: 'socket-io' }))
    const judgement = judge('socketio-picks-best', 'socket-io-transport', [direct, hindered, forced], records)
    expect(judgement?.numbers.slice(-2)).toMatchObject([
      { what: 'Bytes until a subscriber was accepted, transports: upgrade', value: 350 },
      { what: 'Bytes until a subscriber was accepted, transports: websocket', value: 350 },
    ])
  })
})
