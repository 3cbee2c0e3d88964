import { beforeAll, describe, expect, test } from 'vitest'
import { pollBytes, streamEventBytes } from '../../results/model/prediction.ts'
import type { Row } from '../../results/observation.ts'
import { pointsOf } from '../../results/scenario.ts'
import { registry } from '../../server/registry.ts'
import { defaultVariant } from '../../server/variant.ts'
import { loadScenario } from '../bench/library.ts'
import { experiment } from './wire-bytes.ts'

let rows: Row[] = []
beforeAll(async () => {
  ;({ rows } = await experiment.run({ seed: 1, signal: AbortSignal.timeout(120_000) }))
})

const of = (technique: string, where: Row = {}) =>
  rows.filter((row) =>
    Object.entries({ technique, ...where }).every(([column, value]) => row[column] === value),
  )
const bytesOf = (found: readonly Row[]) => found.reduce((sum, { bytes }) => sum + Number(bytes), 0)
const textOf = (found: readonly Row[]) =>
  Buffer.from(found.map(({ hex }) => hex).join(''), 'hex').toString('latin1')

describe('the bytes of one event', () => {
  test.each(registry)(
    'of $name hold its payload and no other, and are as many as the model says',
    ({ name, family }) => {
      const event = of(name, { phase: 'event' })
      expect(bytesOf(event.filter((row) => row.class === 'payload'))).toBe(100)
      expect(bytesOf(of(name, { class: 'payload' }))).toBe(100)
      expect(of(name, { class: 'unparsed' })).toEqual([])
      const point = pointsOf(loadScenario('steady-feed'))[0] ?? expect.fail()
      const hundred = { ...point, feed: { ...point.feed, payloadBytes: 100 }, variant: defaultVariant }
      const predicted =
        family === 'poll'
          ? pollBytes(name, { cursor: 0, events: 1, payloadBytes: 100 })
          : streamEventBytes(name, hundred, 1)
      // The model's port has five digits, and so have ephemeral ones. A technique that is new may have no model yet.
      if (predicted !== undefined) expect(bytesOf(event)).toBe(predicted)
    },
  )

  test('are two of framing by WebSocket, twenty by SSE', () => {
    expect(bytesOf(of('websocket', { phase: 'event' }))).toBe(102)
    expect(bytesOf(of('sse', { phase: 'event' }))).toBe(120)
    expect(of('sse', { phase: 'event' }).map(({ label, bytes }) => [label, bytes])).toEqual([
      ['chunk size', 4],
      ['field id', 6],
      ['field data', 6],
      ['data', 100],
      ['end of line', 1],
      ['end of event', 1],
      ['end of chunk', 2],
    ])
  })

  test('come after a set-up that asks for them', () => {
    for (const { name } of registry) {
      const phases = of(name).map(({ phase }) => phase)
      expect(phases[0]).toBe('setup')
      expect(of(name)[0]).toMatchObject({ connection: 1, direction: 'up' })
    }
    expect(textOf(of('sse', { phase: 'setup', direction: 'up' }))).toMatch(/^GET \/sse HTTP\/1\.1\r\n/)
    expect(textOf(of('websocket', { phase: 'setup', direction: 'down' }))).toMatch(/^HTTP\/1\.1 101 /)
  })

  test('of a long poll begin with the request that waited for them', () => {
    const request = of('long-poll', { phase: 'event', direction: 'up' })
    expect(textOf(request)).toMatch(/^GET \/long-poll HTTP\/1\.1\r\nlast-event-id: 0\r\n/)
    expect(of('long-poll', { phase: 'event' })[0]).toEqual(request[0])
    // And the next one goes out at once.
    expect(textOf(of('long-poll', { phase: 'after', direction: 'up' }))).toContain('last-event-id: 1\r\n')
  })
})

test('every row shows its bytes', () => {
  for (const { bytes, hex, shownBytes = bytes } of rows) {
    expect(bytes).toBeGreaterThan(0)
    expect(String(hex)).toMatch(/^([0-9a-f]{2})+$/)
    expect(String(hex).length / 2).toBe(shownBytes)
    expect(shownBytes).toBe(Math.min(512, Number(bytes)))
  }
})
