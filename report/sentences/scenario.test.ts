import { describe, expect, test } from 'vitest'
import type { ResultRecord } from '../../results/record.ts'
import { type Scenario, searchedPoint } from '../../results/scenario.ts'
import { measuredScenarios } from '../analysis/measured-scenarios.ts'
import {
  choiceFixture,
  recordsFixture,
  runFixture,
  scenarioFixture,
  sweepFixture,
  withP99,
} from '../fixture/records.ts'
import { scenarioSentences } from './scenario.ts'

const found = (records: readonly ResultRecord[]) =>
  scenarioSentences(
    measuredScenarios(records)[0] ?? expect.fail(),
    runFixture(records as ResultRecord[]),
  ).map(String)

/** With so many packets and bytes on the wire per event as the kernel is to have counted. */
function counted(records: readonly ResultRecord[], packets: number, bytes: number): ResultRecord[] {
  return structuredClone(records).map((record) => {
    const { events } = record.traffic.window
    return { ...record, kernel: { packets: packets * events, bytes: bytes * events } }
  })
}

describe('what a sweep found', () => {
  const keepAlive: Scenario = {
    ...choiceFixture,
    name: 'keep-alive',
    sweep: { axis: 'keepAlive', values: [true, false] },
  }
  const polls = [0, 1].map((at) =>
    recordsFixture({
      scenario: keepAlive,
      at,
      technique: 'short-poll',
      requestsPerEvent: 1,
      overheadBytes: 300 - 30 * at,
    }),
  ) as [ResultRecord[], ResultRecord[]]

  test('is bytes with TCP/IP headers where the number of packets changes', () => {
    expect(found([...counted(polls[0], 3, 556), ...counted(polls[1], 10, 890)])).toEqual([
      'Bytes with TCP/IP headers per delivered event. Short polling: 556 B with connections kept alive and 890 B with a new connection for every poll.',
      'Packets per delivered event. Short polling: 3 with connections kept alive and 10 with a new connection for every poll.',
      'Mean delay. Short polling: 1.82 ms (1–3 ms) with connections kept alive and with a new connection for every poll.',
    ])
  })

  test('is bytes of the stream where the kernel did not count, and says what is not in them', () => {
    expect(found(polls.flat()).slice(0, 2)).toEqual([
      'Bytes of the TCP stream per delivered event. Short polling: 470 B with connections kept alive and 440 B with a new connection for every poll.',
      'What a new connection takes in headers of TCP/IP is not in them: the kernel’s count is missing.',
    ])
  })

  test('is bytes and the payload’s share where it is there to count them', () => {
    const scenario: Scenario = {
      ...scenarioFixture,
      trials: 2,
      sweep: { axis: 'payloadBytes', values: [100, 1_000] },
    }
    const records = [0, 1].flatMap((at) =>
      recordsFixture({ scenario, at, technique: 'sse', overheadBytes: 25, mediansUs: [1e3, 1e3] }),
    )
    expect(found(records)).toEqual([
      'Bytes of the TCP stream per delivered event. Server-Sent Events: 125 B at 100 bytes of payload and 1,025 B at 1,000 bytes of payload.',
      'Payload’s share of the TCP stream. Server-Sent Events: 80 % at 100 bytes of payload and 97.6 % at 1,000 bytes of payload.',
    ])
  })

  test('says why it has no delays where they were meant', () => {
    const records = recordsFixture({
      scenario: { ...sweepFixture, trials: 2 },
      technique: 'short-poll',
      mediansUs: [5e4, 5e4],
      requestsPerEvent: 1,
    })
    expect(found(records).at(-1)).toBe('Delays take three trials or more.')
  })

  test('says once how many requests it took, where they are as many everywhere', () => {
    const at = (index: number, requestsPerEvent: number) =>
      recordsFixture({ scenario: sweepFixture, at: index, technique: 'short-poll', requestsPerEvent })
    expect(found([...at(0, 1), ...at(1, 1)])).toEqual([
      'Mean delay. Short polling: 1.82 ms (1–3 ms) at a polling interval of 100 ms and at a polling interval of 500 ms. That takes 10 requests per second and subscriber.',
    ])
    expect(found([...at(0, 0.1), ...at(1, 0.1)])[0]).toMatch(
      /\. That takes 1 request per second and subscriber\.$/,
    )
    expect(found([...at(0, 1), ...at(1, 0.2)])[0]).toMatch(
      /\. That takes 10 and 2 requests per second and subscriber\.$/,
    )
  })
})

test('what a stall found is the same percentile from schedule and from publication, and how long it was', () => {
  const scenario: Scenario = { ...scenarioFixture, stall: { afterMs: 500, forMs: 1_400 } }
  const records = recordsFixture({ scenario, technique: 'sse' }).map((record) => ({
    ...record,
    latency: withP99(record.latency, 1_360_000),
    latencyFromPublished: { ...record.latencyFromPublished, p99Us: 7_700 },
  }))
  expect(found([...records, ...recordsFixture({ scenario, technique: 'websocket', lost: 1 })])).toEqual([
    'The server stood still for 1.4 s.',
    'Server-Sent Events: p99 from the schedule 1.36 s, from publication 7.7 ms.',
    'WebSocket: no delay is valid.',
  ])
})

test('what a search found is each limit with its range and what ran out, in the order of the registry', () => {
  const search = { axis: 'subscribers', from: 100, to: 400, resolution: 1.5, lateAfterMs: 100 } as const
  const scenario: Scenario = { ...scenarioFixture, search }
  const at = (technique: string, value: number, mediansUs: number[], cpu: object = {}) =>
    recordsFixture({ scenario, technique, mediansUs }).map((record) => ({
      ...record,
      agent: { ...record.agent, ...cpu },
      point: searchedPoint(scenario, search, value),
    }))
  const [held, late] = [5e3, 9e5]
  const records = [
    ...at('websocket', 100, [held, held, held]),
    ...at('websocket', 200, [late, late, late], { cpuUs: 2e6, elapsedUs: 2e6 }),
    ...at('sse', 100, [late, late]),
    ...at('long-poll', 100, [held, held]),
    ...at('long-poll', 400, [held, held]),
  ]
  expect(found(records)).toEqual([
    'With at most 1 % of the deliveries of a trial later than 100 ms, in the order of the registry. ' +
      'Long polling: every trial held up to 400 subscribers, the largest tried, with 2 trials at the value that decides. ' +
      'Server-Sent Events: none held from 100 subscribers on, with 2 trials at the value that decides, neither process ran out of CPU. ' +
      'WebSocket: every trial held up to 100 subscribers, none held from 200 subscribers on, ' +
      'the load agent ran out of CPU, and a server may do more.',
  ])
})
