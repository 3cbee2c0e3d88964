import { describe, expect, test } from 'vitest'
import { controlScales, positionOf, typedValue, valueAt } from './control-scale.ts'

describe.each(Object.entries(controlScales))('the slider of %s', (_, scale) => {
  test('reaches both ends exactly and rises', () => {
    const values = Array.from({ length: 101 }, (_, i) => valueAt(scale, i))
    expect(values[0]).toBe(scale.hasZero ? 0 : scale.least)
    expect(values[100]).toBe(scale.most)
    expect(values).toEqual([...values].sort((a, b) => a - b))
  })

  test('stands where its value is', () => {
    for (let position = 0; position <= 100; position++) {
      const value = valueAt(scale, position)
      expect(valueAt(scale, positionOf(scale, value)) / (value || 1)).toBeCloseTo(value ? 1 : 0, 1)
    }
  })
})

test('what is typed is kept within what is allowed', () => {
  expect(typedValue(controlScales.ratePerSecond, '0')).toBe(0)
  expect(typedValue(controlScales.ratePerSecond, '0.01')).toBe(0.1)
  expect(typedValue(controlScales.ratePerSecond, '2.5')).toBe(2.5)
  expect(typedValue(controlScales.payloadBytes, '7')).toBe(7)
  expect(typedValue(controlScales.payloadBytes, '99999')).toBe(16_384)
  expect(typedValue(controlScales.payloadBytes, '7.4')).toBe(7)
  expect(typedValue(controlScales.payloadBytes, ' ')).toBeUndefined()
  expect(typedValue(controlScales.ratePerSecond, '2,5')).toBe(2.5)
  expect(typedValue(controlScales.pollIntervalMs, '1,000')).toBeUndefined()
})
