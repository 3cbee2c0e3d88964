import { describe, expect, test } from 'vitest'
import { registry } from '../server/registry.ts'
import { identities, identityOf } from './palette.ts'

describe('the identities of techniques', () => {
  test('are enough for the registry, and for some more', () => {
    expect(identities.length).toBeGreaterThanOrEqual(Math.max(16, registry.length))
  })

  test.for(['color', 'marker', 'dash'] as const)('have no %s twice', (part) => {
    const all = identities.map((identity) => JSON.stringify(identity[part]))
    expect(new Set(all).size).toBe(all.length)
  })

  test('stand out from white by 3:1 or more, as graphics have to (WCAG 2.2, 1.4.11)', () => {
    for (const { color } of identities) expect(contrastOnWhite(color)).toBeGreaterThanOrEqual(3)
  })

  test('are given by the line in the registry', () => {
    expect(registry.map(({ name }) => identityOf(name))).toEqual(identities.slice(0, registry.length))
  })
})

/** WCAG 2.2, "contrast ratio" and "relative luminance". */
function contrastOnWhite(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
}
