import { describe, expect, test } from 'vitest'
import { identities } from '../../../../report/palette.ts'
import { contrast, cssOf, inkOn, legible, parseColor } from './contrast.ts'

describe('colours', () => {
  test('are read as palettes write them and as browsers compute them', () => {
    expect(parseColor('#e05400')).toEqual([224, 84, 0])
    expect(parseColor('rgb(224, 84, 0)')).toEqual([224, 84, 0])
    expect(cssOf([224, 84, 0], 0.5)).toBe('rgb(224 84 0 / 0.5)')
  })

  test('have the contrast of WCAG', () => {
    expect(contrast([0, 0, 0], [255, 255, 255])).toBe(21)
    expect(contrast(parseColor('#767676'), [255, 255, 255])).toBeCloseTo(4.54, 2)
  })

  test.each(['#ffffff', '#f6f7f9', '#14181d', '#1d232a'])('of every technique have 3:1 on %s', (ground) => {
    for (const { color } of identities) {
      const hue = legible(parseColor(color), parseColor(ground), 3)
      expect(contrast(hue, parseColor(ground))).toBeGreaterThanOrEqual(3)
      expect(contrast(hue, inkOn(hue))).toBeGreaterThanOrEqual(4.5)
    }
  })

  test('stay as they are where they can be seen', () => {
    expect(legible(parseColor('#0070a8'), [255, 255, 255], 3)).toEqual(parseColor('#0070a8'))
  })
})
