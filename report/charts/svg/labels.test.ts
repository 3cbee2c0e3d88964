import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { said } from '../../words/say.ts'
import { nameColumn, widthOf } from './labels.ts'
import { spread } from './spread.ts'

describe('labels that would collide', () => {
  test('are moved apart in their order, within their bounds, and not further than they have to be', () => {
    const places = fc.array(fc.double({ min: -20, max: 320, noNaN: true }), { maxLength: 15 })
    fc.assert(
      fc.property(places, (unsorted) => {
        const wanted = unsorted.sort((a, b) => a - b)
        const placed = spread(wanted, 20, 0, 300)
        expect(placed).toHaveLength(wanted.length)
        placed.forEach((place, i) => {
          expect(place).toBeGreaterThanOrEqual(-1e-9)
          expect(place).toBeLessThanOrEqual(300 + 1e-9)
          if (i > 0) expect(place - (placed[i - 1] as number)).toBeGreaterThanOrEqual(20 - 1e-9)
        })
      }),
    )
    expect(spread([10, 100, 101, 250], 20, 0, 300)).toEqual([10, 90.5, 110.5, 250])
    expect(spread([299, 300], 20, 0, 300)).toEqual([280, 300])
  })
})

describe('the width of a text', () => {
  test('is that of its wider language', () => {
    expect(widthOf(said('Server-Sent Events'))).toBe(widthOf('服务器推送事件（SSE）'))
    expect(widthOf('服务器推送事件（SSE）')).toBeGreaterThan(widthOf('Server-Sent Events'))
    expect(widthOf(said('Short polling'))).toBe(widthOf('Short polling'))
    expect(widthOf('Short polling')).toBeGreaterThan(widthOf('短轮询'))
    expect(widthOf('服务器')).toBe(39)
  })

  test('decides where names stand', () => {
    expect(nameColumn(['Short polling']).over).toBe(false)
    expect(nameColumn(['with the headers of a browser and permessage-deflate']).over).toBe(true)
  })
})
