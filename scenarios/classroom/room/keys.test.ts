import { describe, expect, test } from 'vitest'
import { newKey, sameSecret } from './keys.ts'

describe('keys', () => {
  test('are 128 random bits that can stand in an address', () => {
    const keys = Array.from({ length: 200 }, newKey)
    for (const key of keys) {
      expect(key).toMatch(/^[A-Za-z0-9_-]{22}$/)
      expect(Buffer.from(key, 'base64url')).toHaveLength(16)
    }
    expect(new Set(keys).size).toBe(200)
  })

  test('are the same or not, of whatever length', () => {
    const key = newKey()
    expect(sameSecret(key, key)).toBe(true)
    for (const given of ['', key.slice(1), `${key}a`, key.toLowerCase() === key ? '' : key.toLowerCase()]) {
      expect(sameSecret(given, key)).toBe(false)
    }
  })
})
