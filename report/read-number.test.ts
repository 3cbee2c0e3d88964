import { describe, expect, test } from 'vitest'
import { readNumber } from './read-number.ts'

describe('a number is read as people write it:', () => {
  test.each([
    ['0.5', 0.5],
    ['0,5', 0.5],
    ['26,0', 26],
    ['26,', 26],
    [',5', 0.5],
    [' 7 ', 7],
    ['007', 7],
    ['-3', -3],
    ['−3', -3],
    ['1e3', 1000],
    ['1234567', 1_234_567],
    ['1.234', 1.234],
    ['0,500', 0.5],
    ['1,234.5', 1234.5],
    ['1.234,5', 1234.5],
    ['1,234,567', 1_234_567],
    ['1.234.567', 1_234_567],
    ['1 234,5', 1234.5],
    ['1\u00a0234\u202f567', 1_234_567],
    ["1'234.5", 1234.5],
    ['１２', 12],
    ['２６．０', 26],
    ['２６，０', 26],
    ['0。5', 0.5],
    ['－３', -3],
  ])('%j', (text, value) => expect(readNumber(text)).toBe(value))

  test.each([
    '',
    ' ',
    'x',
    '-',
    '.',
    '5 6',
    '1,2,3',
    '1.2.3',
    '1,23,456.7',
    '12 ms',
    '1e999',
    '0x10',
    'Infinity',
    'NaN',
  ])('none in %j', (text) => expect(readNumber(text)).toBeUndefined())

  test.each([
    ['1,234', [1234, 1.234]],
    ['-12,000', [-12_000, -12]],
    ['１，２３４', [1234, 1.234]],
  ])('either of two in %j', (text, both) => expect(readNumber(text)).toEqual(both))
})
