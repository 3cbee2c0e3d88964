import { globSync, readFileSync } from 'node:fs'
import { transformSync } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { catalogues, chinese } from '../../report/words/catalogue.ts'
import { keysIn } from '../../report/words/keys.ts'

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

describe('nothing is translated that nobody says', () => {
  test.each(['classroom', 'student', 'stage', 'xray', 'lessons', 'worksheet'])('in %s', (name) => {
    const all = sources.map(([, source]) => source).join('\n')
    const unused = Object.keys(catalogues[name] ?? {}).filter(
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
