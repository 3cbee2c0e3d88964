import { expect, test } from 'vitest'
import { chinese } from '../words/catalogue.ts'
import { inWords } from '../words/say.ts'
import type { EvidenceNumber } from './claim.ts'
import { numberText } from './judge.ts'

const number: EvidenceNumber = {
  ...{ what: 'Median delay', value: 51_200, low: 50_900, high: 51_600, unit: 'us', n: 3 },
  ...{ interval: 'min-max', badge: 'valid' },
}

test('a figure is told with its range, and with what was expected', () => {
  expect(String(numberText(number))).toBe('51.2 ms (50.9–51.6 ms, min-max of 3)')
  expect(String(numberText({ ...number, interval: '95 %', n: 6, expected: 50_000 }))).toBe(
    '51.2 ms (50.9–51.6 ms, 95 % interval of 6), expected 50 ms',
  )
  expect(String(numberText({ ...number, low: 51_200, high: 51_200, expected: 0 }))).toBe(
    '51.2 ms, expected 0 µs',
  )
  expect(String(numberText({ ...number, value: Number.NaN }))).toBe('none')
})

test('a figure is told in Chinese', () => {
  expect(inWords(numberText({ ...number, expected: 50_000 }), chinese)).toBe(
    '51.2 ms（50.9–51.6 ms，3 次的最小值到最大值），预期 50 ms',
  )
  expect(inWords(numberText({ ...number, value: Number.NaN }), chinese)).toBe('无')
})
