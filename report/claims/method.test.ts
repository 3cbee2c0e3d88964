import { describe, expect, test } from 'vitest'
import type { ResultRecord } from '../../results/record.ts'
import { cellFixture, judged } from '../fixture/cells.ts'
import { withP99 } from '../fixture/records.ts'
import { methodClaims } from './index.ts'

const judge = (id: string, records: readonly ResultRecord[]) => judged(methodClaims, id, records)

describe('coordinated-omission', () => {
  /** p99 from when events were due, and from when they were published, in milliseconds. */
  const stalled = (dueMs: number, publishedMs: (technique: string, trial: number) => number) =>
    ['sse', 'websocket'].flatMap((technique) =>
      cellFixture('stall', technique, {
        plant: ({ latency, latencyFromPublished }, trial) => ({
          latency: withP99(latency, dueMs * 1e3),
          latencyFromPublished: { ...latencyFromPublished, p99Us: publishedMs(technique, trial) * 1e3 },
        }),
      }),
    )

  test('holds where one p99 shows the stall and the other does not', () => {
    expect(
      judge(
        'coordinated-omission',
        stalled(1_360, () => 5),
      ),
    ).toMatchObject({
      verdict: 'held',
      because:
        'The server stood still for 1.4 s: p99 from when events were due against from when they were ' +
        'published, Server-Sent Events 1.36 s against 5 ms, WebSocket 1.36 s against 5 ms. The second ' +
        'stands in for a closed loop, which was not run.',
    })
  })

  test('does not hold where both show it', () => {
    expect(
      judge(
        'coordinated-omission',
        stalled(1_360, () => 1_350),
      ).verdict,
    ).toBe('did not hold')
  })

  test('is inconclusive where one of the techniques is missing', () => {
    const one = stalled(1_360, () => 5).filter(({ technique }) => technique === 'sse')
    expect(judge('coordinated-omission', one)).toMatchObject({
      verdict: 'inconclusive',
      because: 'The run has no records of WebSocket in stall.',
    })
  })

  test('is inconclusive where neither shows it, trials differ, or the gate says so', () => {
    expect(
      judge(
        'coordinated-omission',
        stalled(20, () => 5),
      ).verdict,
    ).toBe('inconclusive')
    const one = stalled(1_360, (technique, trial) => (technique === 'sse' && trial === 2 ? 700 : 5))
    expect(judge('coordinated-omission', one).verdict).toBe('inconclusive')
    const two = stalled(1_360, () => 5).filter(({ trial }) => trial < 3)
    expect(judge('coordinated-omission', two).verdict).toBe('inconclusive')
  })

  test('is not tested where no server stood still', () => {
    expect(judge('coordinated-omission', cellFixture('steady-feed', 'sse'))).toMatchObject({
      verdict: 'not tested here',
      numbers: [],
    })
  })
})

describe('compat-order', () => {
  test('is a table of facts with sources and dates, whatever a run measured', () => {
    const judgement = judge('compat-order', cellFixture('steady-feed', 'sse'))
    expect(judgement).toMatchObject({ verdict: 'not tested here', numbers: [] })
    for (const title of ['Short polling', 'Long polling', 'Server-Sent Events', 'WebSocket'])
      expect(judgement.because).toContain(`${title}: in use`)
    expect(judgement.because).toMatch(/https:\/\/\S+, \d{4}/)
  })
})
