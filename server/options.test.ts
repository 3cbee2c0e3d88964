import { describe, expect, test } from 'vitest'
import { durationMs, port, rate, wholeNumber } from './options.ts'

describe('values on the command line', () => {
  test.each([
    ['250ms', 250],
    ['2s', 2_000],
    ['1.5m', 90_000],
    ['1h', 3_600_000],
  ])('%s is a duration', (text, ms) => expect(durationMs(text)).toBe(ms))

  test.each(['', '0s', '-1s', '5', 's', '1 s', '1e3ms', '1d', 'Infinitys'])('%j is none', (text) => {
    expect(() => durationMs(text)).toThrow(/positive number with a unit/)
  })

  test.each(['600h', '241h', '2147483648ms', '99999999h'])('%s is longer than a timer waits', (text) => {
    expect(() => durationMs(text)).toThrow('A duration is 240h at most.')
    expect(durationMs('240h') * 2).toBeLessThan(2 ** 31)
  })

  test.each(['0', '-1', '1.5', '', 'x', '0x10', '1e3'])('%j is no whole number from 1 on', (text) => {
    expect(() => wholeNumber(1)(text)).toThrow(/at least 1/)
  })

  test('ports and rates keep to their ranges', () => {
    expect([port('0'), port('65535'), rate('0.5')]).toEqual([0, 65_535, 0.5])
    for (const text of ['65536', '-1', '']) expect(() => port(text)).toThrow()
    for (const text of ['0', '-1', 'x', '1e9', 'NaN']) expect(() => rate(text)).toThrow()
  })
})
