import { describe, expect, test } from 'vitest'
import type { ResultRecord } from '../../results/record.ts'
import type { Variant } from '../../server/variant.ts'
import { chatFixture, recordsFixture, scenarioFixture } from '../fixture/records.ts'
import { probeExcess } from './probe-excess.ts'

function excess(
  technique: string,
  { chat = false, ...variant }: Partial<Variant> & { chat?: boolean },
  change: (record: ResultRecord) => void = () => {},
) {
  const scenario = { ...(chat ? chatFixture : scenarioFixture), variant }
  const record = structuredClone(recordsFixture({ scenario, technique })[0] ?? expect.fail())
  change(record)
  return probeExcess(record)
}

/** Bytes down of the probe alone, for each of its 20 events. */
const more =
  (bytes: number) =>
  ({ ledger }: ResultRecord) => {
    ledger.window.down.framing += bytes * ledger.windowEvents
  }

describe('the probe is like the swarm', () => {
  test('where it is', () => {
    expect(excess('sse', {})).toBeLessThanOrEqual(0)
    expect(excess('sse', {}, more(0.1))).toBeGreaterThan(0)
  })

  test('where it sent a message of its own, or none, while others sent theirs', () => {
    for (const technique of ['sse', 'websocket', 'xml-socket']) {
      expect(excess(technique, { chat: true })).toBeLessThanOrEqual(0)
      const silent = ({ ledger }: ResultRecord) => {
        ledger.window.up.payload = 0
        ledger.window.up.framing = 0
      }
      expect(excess(technique, { chat: true }, silent)).toBeLessThanOrEqual(0)
    }
  })

  test('but not by more than two messages', () => {
    expect(excess('websocket', { chat: true }, more(12))).toBeGreaterThan(0)
  })

  test('where an answer to its message came', () => {
    const answered = ({ ledger, traffic }: ResultRecord) => {
      ledger.window.down.header += 120
      ledger.total.down.header += 120
      traffic.window.requests = traffic.window.messages
      traffic.window.bytesDown += 120 * traffic.window.messages
    }
    expect(excess('sse', { chat: true }, answered)).toBeLessThanOrEqual(0)
  })

  test('where a record or a frame of its connection fell to the other side of an edge', () => {
    expect(excess('sse', { tls: true }, more(2))).toBeLessThanOrEqual(0)
    expect(excess('sse', { tls: true, http: '2' }, more(3))).toBeLessThanOrEqual(0)
    expect(excess('sse', { tls: true, http: '2' }, more(4))).toBeGreaterThan(0)
  })

  test('within a hundredth where a compressor had its say', () => {
    expect(excess('sse', { contentCoding: 'gzip' }, more(1))).toBeLessThanOrEqual(0)
    expect(excess('sse', { contentCoding: 'gzip' }, more(2))).toBeGreaterThan(0)
  })

  test('where polls of its own share answers by chance, but not where none does', () => {
    // 20 events by 19 polls of the probe, and the swarm's by one each: one more or less is an edge's.
    const polls = (perEvent: number) => (record: ResultRecord) => {
      const { window } = record.traffic
      window.requests = window.events * perEvent
      window.bytesUp = window.requests * 320
      record.ledger.window.up.header = 320 * 15
    }
    expect(excess('long-poll', {}, polls(1))).toBeGreaterThan(0)
    expect(excess('long-poll', {}, polls(0.85))).toBeLessThanOrEqual(0)
    // Timers leave nothing to chance.
    expect(excess('short-poll', {}, polls(0.95))).toBeGreaterThan(0)
  })
})
