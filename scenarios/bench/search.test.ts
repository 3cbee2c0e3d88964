import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expectedAttempts, findLargest } from './search.ts'

const bounds = { axis: 'subscribers' as const, from: 100, to: 100_000, resolution: 1.1 }

/** Searches a thing that holds up to a cap, and counts how often it was tried. */
async function search(cap: number) {
  const tried: number[] = []
  const found = await findLargest(bounds, async (value) => {
    tried.push(value)
    return value <= cap
  })
  return { ...found, tried }
}

describe('a search by bisection', () => {
  test('closes in on any cap, from both sides, without trying a value twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 100, max: 99_999 }), async (cap) => {
        const { holds, fails, tried } = await search(cap)
        expect(holds).toBeLessThanOrEqual(cap)
        expect(fails).toBeGreaterThan(cap)
        expect((fails as number) / (holds as number)).toBeLessThanOrEqual(bounds.resolution)
        expect(new Set(tried).size).toBe(tried.length)
        expect(tried.length).toBeLessThanOrEqual(expectedAttempts({ ...bounds, lateAfterMs: 1 }) + 2)
      }),
    )
  })

  test('says that nothing holds where the smallest value fails, and tries no other', async () => {
    expect(await search(99)).toEqual({ holds: null, fails: 100, tried: [100] })
  })

  test('says that nothing fails where the largest value holds', async () => {
    expect(await search(1e6)).toMatchObject({ holds: 100_000, fails: null })
  })
})
