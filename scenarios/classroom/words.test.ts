import { globSync, readFileSync } from 'node:fs'
import { transformSync } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { keysIn } from '../../report/fixture/keys.ts'
import { expectChinese, knownTwice } from '../../report/fixture/words.ts'
import { chinese as ofReport } from '../../report/words/catalogue.ts'
import { titles } from '../../report/words/zh/titles.ts'
import { wire } from '../../report/words/zh/wire.ts'
import { wireLabels } from '../../report/words/zh/wire-labels.ts'
import { catalogues, chinese } from './words/catalogue.ts'

const ROOT = new URL('../..', import.meta.url).pathname
const files = globSync(['scenarios/classroom/**/*.{ts,tsx}', 'scenarios/commands/{demo,check}.ts'], {
  cwd: ROOT,
})
  .filter((file) => !/(test|walk)\.tsx?$|fixture|\/(words|walk)\//.test(file))
  .sort()
/** Without JSX, in which a slash would be taken for the beginning of a regular expression. */
const sources = files.map((file) => {
  const source = readFileSync(`${ROOT}/${file}`, 'utf8')
  const plain = file.endsWith('x')
    ? transformSync(source, { loader: 'tsx', jsx: 'automatic', jsxImportSource: 'preact', charset: 'utf8' })
        .code
    : source
  return [file, plain] as const
})
const keys = new Set(sources.flatMap(([, source]) => keysIn(source)))

test('there are pages, a stage and lessons to look at', () => {
  expect(keys.size).toBeGreaterThan(300)
})

test.each(sources)('the catalogues know every text of %s', (_, source) => {
  expect(keysIn(source).filter((key) => chinese.of(key) === undefined)).toEqual([])
})

test('the catalogues know each text once, with those that the report lends', () => {
  expect(knownTwice({ ...catalogues, titles, wire, wireLabels })).toEqual([])
})

test('what the report says, too, has the same Chinese here', () => {
  const all = Object.values(catalogues).flatMap((catalogue) => Object.entries(catalogue))
  expect(all.filter(([english, text]) => (ofReport.of(english) ?? text) !== text)).toEqual([])
})

test.each(Object.entries(catalogues))(
  'the catalogues of %s are Chinese, with the values of the English',
  (_, catalogue) => expectChinese(catalogue),
)

describe('nothing is translated that nobody says', () => {
  test.each(Object.entries(catalogues))('in %s', (_, catalogue) => {
    const all = sources.map(([, source]) => source).join('\n')
    const unused = Object.keys(catalogue).filter(
      // Plain text of markup that html`` makes stands between tags.
      (text) => !keys.has(text) && !all.includes(`>${text}<`) && !all.includes(`>${text} <`),
    )
    expect(unused).toEqual([])
  })
})

/** Text between tags or in attributes that people hear: it would be English in every language. */
test('no page writes a text that it does not put into words', () => {
  const bare = files
    .filter((file) => file.endsWith('.tsx'))
    .flatMap((file) => {
      const { code } = transformSync(readFileSync(`${ROOT}/${file}`, 'utf8'), {
        loader: 'tsx',
        jsx: 'automatic',
        jsxImportSource: 'preact',
        charset: 'utf8',
      })
      const spoken =
        /(?:children: |"aria-label": |title: |placeholder: |alt: )"((?:[^"\\]|\\.)*[A-Za-z]{2}(?:[^"\\]|\\.)*)"/g
      return [...code.matchAll(spoken)].map(([, text]) => `${file}: ${text}`)
    })
    .filter((text) => !/: (?:pushlab|SSE|HTTP|TCP|hex|ASCII|English|QR)$/.test(text))
  expect(bare).toEqual([])
})
