import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { englishIn } from '../fixture/claims.ts'
import { keysIn } from '../fixture/keys.ts'
import { publishedFigures } from '../published/index.ts'
import { chinese } from '../words/catalogue.ts'
import { claims as ofClaims } from '../words/zh/claims.ts'
import { published as ofPublished } from '../words/zh/published.ts'
import { claims } from './index.ts'

const REPORT = new URL('..', import.meta.url).pathname
/** What a translation of it could not say otherwise. */
const SAME = /^[\d\W]*$/

/** The texts with values, and those that go into others, in the modules of claims and published figures. */
const tagged = globSync(['claims/**/*.ts', 'published/*.ts'], { cwd: REPORT })
  .filter((file) => !/(test|fixture)\.ts$/.test(file))
  .map((file) => [file, keysIn(readFileSync(`${REPORT}/${file}`, 'utf8'))] as const)
  .filter(([, keys]) => keys.length > 0)

/** Whole texts, which are looked up when the page is written. */
const ofEachClaim = claims.map(
  ({ id, claim, prediction, rule, metric, source }) =>
    [id, [claim, prediction, rule, metric, source]] as const,
)
const ofEachFigure = publishedFigures.map(
  ({ id, source, what, comment, published, model }) =>
    [id, [source, what, comment, published.text, ...(model ? [model.by] : [])]] as const,
)

test.each([...tagged, ...ofEachClaim, ...ofEachFigure])(
  'every text of %s is in the catalogue',
  (_, texts) => {
    expect(texts.filter((text) => chinese.of(text) === undefined && !SAME.test(text))).toEqual([])
  },
)

describe.each([
  ['claims', ofClaims],
  ['published figures', ofPublished],
])('the Chinese of %s', (_, catalogue) => {
  const entries = Object.entries(catalogue)

  test('has the values of the English', () => {
    const values = (text: string) => [...new Set(text.match(/\{\d+\}/g))].sort()
    for (const [english, text] of entries) expect.soft(values(text), english).toEqual(values(english))
  })

  test('is Chinese', () => {
    // Han, or the punctuation that goes with it.
    for (const [english, text] of entries) {
      expect.soft(text, english).not.toBe(english)
      expect.soft(text, english).toMatch(/[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u)
    }
  })

  test('leaves no English but titles and what is cited', () => {
    const left = entries.filter(([, text]) => englishIn(text.replaceAll(/《.*?》|“.*?”/g, '')) !== undefined)
    expect(left).toEqual([])
  })

  test('has a space between Chinese and Latin letters or digits', () => {
    const tight = /\p{Script=Han}[A-Za-z\d]|[A-Za-z\d%]\p{Script=Han}/u
    expect(entries.filter(([, text]) => tight.test(text))).toEqual([])
  })

  test('has nothing that nobody says', () => {
    const texts = new Set([...tagged, ...ofEachClaim, ...ofEachFigure].flatMap(([, all]) => all))
    expect(entries.map(([english]) => english).filter((english) => !texts.has(english))).toEqual([])
  })
})
