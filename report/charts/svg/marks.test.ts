import { describe, expect, test } from 'vitest'
import { identities } from '../../palette.ts'
import { markOf } from './marks.ts'

describe('markers', () => {
  test('are drawn for every identity of the palette, no two alike', () => {
    const drawn = identities.map(({ marker }) => JSON.stringify(markOf(marker)))
    expect(new Set(drawn).size).toBe(identities.length)
  })

  test('are left out where there is none', () => {
    expect(markOf({ shape: 'none' })).toBeUndefined()
  })

  test('say what to do where one is not known', () => {
    expect(() => markOf({ shape: 'triangle', rotation: 45 })).toThrow(/add it to TRIANGLES/)
  })
})
