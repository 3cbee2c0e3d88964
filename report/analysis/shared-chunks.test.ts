import { describe, expect, test } from 'vitest'
import type { ResultRecord } from '../../results/record.ts'
import type { Point } from '../../results/scenario.ts'
import { recordsFixture } from '../fixture/records.ts'
import { measuredScenarios } from './measured-scenarios.ts'
import { residualsOf } from './residuals.ts'
import { mayShareChunks } from './shared-chunks.ts'

/** Records of an event each 100 ms, of which the latest was as late as that. */
function late(technique: string, node: string, changes: Partial<Point> = {}): ResultRecord[] {
  const records = recordsFixture({ technique, overheadBytes: technique === 'sse' ? 20 : 2 })
  return records.map((record) => ({
    ...record,
    point: { ...record.point, ...changes },
    feedLag: { ...record.feedLag, maxUs: 100_000 },
    environment: { ...record.environment, versions: { node } },
  }))
}

const [recent, before] = ['26.10.0', '24.21.0']

describe('late events', () => {
  const may = (records: ResultRecord[]) => records.some(mayShareChunks)

  test('share chunks where Node.js joins them, and so do those that a proxy may be late with', () => {
    expect(may(late('sse', recent))).toBe(true)
    expect(may(late('sse', before))).toBe(false)
    const prompt = late('sse', recent).map((record) => ({
      ...record,
      feedLag: { ...record.feedLag, maxUs: 99_000 },
    }))
    expect(may(prompt)).toBe(false)
    const behind = (proxy: 'none' | 'http-only') =>
      prompt.map((record) => ({ ...record, point: { ...record.point, network: { proxy } } }))
    expect([may(behind('http-only')), may(behind('none'))]).toEqual([true, false])
  })

  test('share no frames of WebSocket, answers to polls, lines of a socket', () => {
    for (const technique of ['websocket', 'long-poll', 'xml-socket', 'bare-tcp', 'socket-io']) {
      expect(may(late(technique, recent))).toBe(false)
    }
  })

  test('may cost less than the model says, by the chunks that they share, and never more', () => {
    const residual = (technique: string, node: string, bytes: number) => {
      const records = late(technique, node)
      for (const { traffic } of records) traffic.window.bytesDown += bytes * traffic.window.events
      const all = residualsOf(measuredScenarios(records))
      const { isWithin, allowance } = all.find(({ figure }) => figure === 'bytesPerEvent') ?? expect.fail()
      return [isWithin, String(allowance)]
    }
    const shared = '0.1 %, and below it the chunks that late events share'
    expect(residual('sse', recent, 0)).toEqual([true, shared])
    // An event has 115 of the 120 bytes, without its chunk.
    expect(residual('sse', recent, -4)).toEqual([true, shared])
    expect(residual('sse', recent, -6)).toEqual([false, shared])
    expect(residual('sse', recent, 1)).toEqual([false, shared])
    expect(residual('sse', before, -1)).toEqual([false, '0.1 %'])
    expect(residual('websocket', recent, -1)).toEqual([false, '0.1 %'])
  })
})
