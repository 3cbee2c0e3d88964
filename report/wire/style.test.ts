import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { classMarks } from './classes.ts'

const css = readFileSync(new URL('./wire.css', import.meta.url), 'utf8')
const page = readFileSync(new URL('../page/style.css', import.meta.url), 'utf8')

test('every class of bytes has a rule', () => {
  for (const { code } of Object.values(classMarks)) expect(css).toContain(`.wire-bytes .${code} {`)
})

test('a chosen theme is that of the system, and every color can be read on paper and on panels', () => {
  for (const theme of ['light', 'dark'])
    expect(page).toContain(`:root[data-theme="${theme}"] {\n  color-scheme: ${theme};\n}`)
  const [ofBytes, ofPage] = [colorsOf(css), colorsOf(page)]
  expect(ofBytes.map(({ name }) => name)).toContain('payload')
  for (const theme of ['light', 'dark'] as const) {
    const onPage = (name: string) => ofPage.find((color) => color.name === name)?.[theme] ?? ''
    for (const color of [...ofBytes.map((one) => one[theme]), onPage('quiet'), onPage('bad')]) {
      for (const below of [onPage('paper'), onPage('panel')])
        expect(contrast(color, below)).toBeGreaterThanOrEqual(4.5)
    }
  }
})

/** The colors that a style sheet defines, each for both themes. */
function colorsOf(sheet: string) {
  const defined = [...sheet.matchAll(/--([\w-]+): ((?!var\()[^;]+);/g)]
  return defined.map(([, name = '', value = '']) => {
    const [, light = '', dark = ''] = /^light-dark\((#[\da-f]+), (#[\da-f]+)\)$/.exec(value) ?? []
    expect([name, light, dark], value).not.toContain('')
    return { name, light, dark }
  })
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
