import { describe, expect, test } from 'vitest'
import { durationMs, hostName, origins, port, rate, wholeNumber } from './options.ts'

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

  test.each([
    ['class.example', 'class.example'],
    ['Class.Example:9000', 'class.example'],
    ['127.0.0.1:80', '127.0.0.1'],
    ['[::1]:8080', '[::1]'],
  ])('%s is a host name', (text, name) => expect(hostName(text)).toBe(name))

  test.each(['', ' ', 'http://class.example', 'class.example/a', 'a@b', 'a?b', ':80'])(
    '%j is none',
    (text) => {
      expect(() => hostName(text)).toThrow(/A host name is/)
    },
  )

  test('origins are told as browsers send them', () => {
    const said = ['https://Example.org/', 'https://example.org:443', 'http://a:8080', 'null']
    expect(said.reduce<string[]>((before, text) => origins(text, before), [])).toEqual([
      ...['https://example.org', 'https://example.org', 'http://a:8080', 'null'],
    ])
    for (const text of ['', 'example.org', 'https://example.org/a', 'file:///a', '*', 'https://a@b'])
      expect(() => origins(text, [])).toThrow(/An origin is/)
  })
})
