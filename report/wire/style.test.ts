import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { classMarks } from './classes.ts'

const css = readFileSync(new URL('./wire.css', import.meta.url), 'utf8')
const page = readFileSync(new URL('../page/style.css', import.meta.url), 'utf8')

test('every class of bytes has a rule', () => {
  for (const { code } of Object.values(classMarks)) expect(css).toContain(`.wire-bytes .${code} {`)
})

test('both ways to dark are the same, and every color can be read on paper and on panels', () => {
  const [light, system, chosen] = blocksOf(css)
  expect(light).toMatchObject({ payload: expect.stringMatching(/^#/) })
  expect(chosen).toEqual(system)
  const [pageLight, pageDark] = blocksOf(page)
  for (const [colors, ground] of [
    [light, pageLight],
    [system, pageDark],
  ] as const) {
    const { paper = '', panel = '', quiet = '', bad = '' } = ground ?? {}
    for (const color of [...Object.values(colors ?? {}), quiet, bad]) {
      for (const below of [paper, panel]) expect(contrast(color, below)).toBeGreaterThanOrEqual(4.5)
    }
  }
})

/** The colors that each block of a style sheet defines, of those that define any. */
function blocksOf(sheet: string): Record<string, string>[] {
  return [...sheet.matchAll(/\{([^{}]*)\}/g)]
    .map(([, block = '']) =>
      Object.fromEntries(
        [...block.matchAll(/--([\w-]+): (#[\da-f]+);/g)].map(([, name, color]) => [name, color]),
      ),
    )
    .filter((block) => Object.keys(block).length > 0)
}

/** WCAG 2.2, "contrast ratio" and "relative luminance". */
function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(color: string): number {
  const digits = color.length === 4 ? color.replaceAll(/[\da-f]/g, '$&$&') : color
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(digits.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
