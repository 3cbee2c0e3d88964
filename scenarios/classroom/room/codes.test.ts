import { describe, expect, test } from 'vitest'
import { codeAlphabet, isCode, newCode } from './codes.ts'
import { readCode } from './codes-typed.ts'

describe('join codes', () => {
  test('have six characters that do not look alike', () => {
    const codes = Array.from({ length: 500 }, newCode)
    for (const code of codes) expect(code).toMatch(/^[2-9A-HJKMNP-Z]{6}$/)
    expect(new Set(codes).size).toBe(500)
    // Every character comes up: 3,000 draws of 31 miss one with a probability below 1e-40.
    expect(new Set(codes.join('')).size).toBe(codeAlphabet.length)
  })

  test('may be typed in lower case, with spaces and hyphens, or in full-width letters', () => {
    for (const typed of ['ABC234', 'abc234', ' abc 234 ', 'ab-c2–34', 'ＡＢＣ２３４', 'abc\u00a0234']) {
      expect(readCode(typed)).toBe('ABC234')
      expect(isCode(typed, 'ABC234')).toBe(true)
    }
    for (const typed of ['', 'ABC23', 'ABC2345', 'ABC235', '<b>ABC234']) {
      expect(isCode(typed, 'ABC234')).toBe(false)
    }
  })
})
