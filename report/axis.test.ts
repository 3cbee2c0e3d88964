import { describe, expect, test } from 'vitest'
import { AxisSchema, type AxisValue, pointsOf, type Scenario } from '../results/scenario.ts'
import { completeVariant } from '../server/variant.ts'
import { atPosition, axisTitles, positionText, variantTexts } from './axis.ts'
import { scenarioFixture } from './fixture/records.ts'

type Axis = NonNullable<Scenario['sweep']>['axis']

/** Every value that the schema allows, or some where there is no end of them. */
const VALUES: Record<Axis, AxisValue[]> = {
  pollIntervalMs: [100, 1_000],
  subscribers: [1, 1_000],
  payloadBytes: [16, 100],
  ratePerSecond: [0.5, 1],
  roundTripMs: [0, 20],
  proxy: ['none', 'buffering', 'stubborn-buffering', 'idle-timeout', 'no-upgrade', 'http-only'],
  tls: [false, true],
  http: ['1.1', '2'],
  keepAlive: [true, false],
  noDelay: [true, false],
  contentCoding: ['identity', 'gzip', 'br'],
  perMessageDeflate: [false, true],
  headers: ['bare', 'browser'],
  cookieBytes: [0, 1_024],
  payload: ['text', 'binary'],
  pollTimer: ['fixed', 'interval', 'timeout'],
  conditional: [false, true],
  socketIo: ['upgrade', 'websocket'],
  client: ['reader', 'library'],
  fanOut: ['library', 'prepared'],
}

describe('the positions of every axis', () => {
  test.for(Object.entries(VALUES))('%s have words of their own', ([name, values]) => {
    const axis = name as Axis
    // Throws where one of them is none that can be measured.
    pointsOf({ ...scenarioFixture, sweep: { axis, values } })
    const texts = values.map((value) => String(positionText(axis, value)))
    expect(new Set(texts).size).toBe(values.length)
    for (const text of texts) expect(text).not.toMatch(/\b(true|false|identity|bare|br|undefined)\b/)
  })

  test('are those of the schema', () => {
    const names = JSON.stringify(AxisSchema)
    for (const axis of Object.keys(VALUES)) expect(names).toContain(`"${axis}"`)
    expect(Object.keys(axisTitles).sort()).toEqual(Object.keys(VALUES).sort())
  })

  test('end a clause', () => {
    const at = (...position: Parameters<typeof atPosition>) => String(atPosition(...position))
    expect(at({ axis: 'subscribers', value: 1 })).toBe('at 1 subscriber')
    expect(at({ axis: 'tls', value: true })).toBe('with TLS on')
    expect(at({ axis: 'roundTripMs', value: 0 })).toBe('with no delay')
    expect(at({ axis: 'roundTripMs', value: 20 })).toBe('at a round trip of 20 ms')
    expect(at({ axis: 'http', value: '2' })).toBe('with HTTP/2')
    expect(at({ axis: 'cookieBytes', value: 0 })).toBe('with no Cookie')
    expect(at({ axis: 'cookieBytes', value: 1_024 })).toBe('with a Cookie of 1,024 bytes')
    expect(at({ axis: 'pollTimer', value: 'timeout' })).toBe('with setTimeout after the answer')
  })
})

test('of a variant the choices are said that differ from the default', () => {
  const texts = (...of: Parameters<typeof variantTexts>) => variantTexts(...of).map(String)
  expect(texts(completeVariant({}))).toEqual([])
  expect(texts(completeVariant({ http: '2', headers: 'browser' }))).toEqual([
    'TLS on',
    'HTTP/2',
    'a browser’s headers',
  ])
  expect(texts(completeVariant({ http: '2' }), 'http')).toEqual(['TLS on'])
})
