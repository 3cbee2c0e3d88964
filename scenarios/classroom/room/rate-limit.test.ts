import { describe, expect, test } from 'vitest'
import { AddressLimit, siteOf, TokenBucket } from './rate-limit.ts'

describe('a token bucket', () => {
  test('lets a burst pass, and then its rate, and never gathers more than the burst', () => {
    const bucket = new TokenBucket({ burst: 3, perSecond: 0.5 }, 0)
    const passed = (nowMs: number, tries: number) =>
      Array.from({ length: tries }, () => bucket.take(nowMs)).filter(Boolean).length
    expect(passed(0, 10)).toBe(3)
    expect(passed(1_999, 5)).toBe(0)
    expect(passed(2_000, 5)).toBe(1)
    expect(passed(1_000_000, 10)).toBe(3)
  })

  test('a clock that goes back gives nothing away', () => {
    const bucket = new TokenBucket({ burst: 1, perSecond: 1 }, 10_000)
    expect(bucket.take(10_000)).toBe(true)
    expect(bucket.take(5_000)).toBe(false)
    expect(bucket.take(10_500)).toBe(false)
    expect(bucket.take(11_000)).toBe(true)
  })
})

describe('a limit by address', () => {
  test('counts each address for itself', () => {
    const limit = new AddressLimit({ burst: 1, perSecond: 1 })
    expect([limit.take('10.0.0.1', 0), limit.take('10.0.0.1', 0), limit.take('10.0.0.2', 0)]).toEqual([
      true,
      false,
      true,
    ])
    expect(limit.isEmpty('::ffff:10.0.0.1', 0)).toBe(true)
    expect(limit.isEmpty('10.0.0.1', 1_000)).toBe(false)
  })

  test('remembers a bounded number of addresses', () => {
    const limit = new AddressLimit({ burst: 2, perSecond: 0.001 }, 50)
    for (let i = 0; i < 500; i++) limit.take(`10.0.${i >> 8}.${i & 255}`, i)
    expect(limit.size).toBe(50)
  })

  test('takes the 64 bits of an IPv6 network for one address', () => {
    expect(siteOf('2001:db8:0:1::5')).toBe(siteOf('2001:db8::1:a:b:c:d'))
    expect(siteOf('2001:db8:0:1::5')).not.toBe(siteOf('2001:db8:0:2::5'))
    expect(siteOf('::1')).toBe('0:0:0:0')
    expect(siteOf('fe80::1%eth0')).toBe(siteOf('fe80::2'))
    expect(siteOf('::ffff:192.168.1.5')).toBe('192.168.1.5')
  })
})
