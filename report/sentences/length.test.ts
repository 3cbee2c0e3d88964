import { expect, test } from 'vitest'
import { buildReport } from '../build.ts'
import { claims } from '../claims/index.ts'
import { goldenRuns } from '../fixture/golden-runs.ts'
import { chartsIn, plain, sectionOf } from '../fixture/page.ts'

/** More words than these a reader takes twice. */
const MOST_WORDS = 25

/** Numbers, units and what is in brackets are no words; a name is one. */
function wordsOf(sentence: string): string[] {
  const spoken = sentence
    .replaceAll(/\([^)]*\)/g, '')
    .replaceAll(/Server-Sent Events|(?:Short|Long|JSONP) polling|\w+ streaming|Bare TCP/g, 'Name')
  return spoken.split(/\s+/).filter((word) => /[a-z]/i.test(word) && !/^(?:ms|µs|kB|B|s)[.,;:]?$/.test(word))
}

function longIn(texts: readonly string[]): string[] {
  const sentences = texts.flatMap((text) => text.split(/(?<=[.:;?!])\s+/))
  return [...new Set(sentences)].filter((sentence) => wordsOf(sentence).length > MOST_WORDS)
}

test.each(Object.keys(goldenRuns))(
  'no sentence that is made of the numbers of %s is longer than 25 words',
  (name) => {
    const { run, records, observations } = goldenRuns[name]?.() ?? expect.fail()
    const page = buildReport(run, records, observations)
    const paragraphs = [
      'pick',
      'trust',
      'compare',
      'delay',
      'steady',
      'time',
      'server',
      'network',
      'changed',
    ].flatMap((id) =>
      [...sectionOf(page, id).matchAll(/<(?:p|summary)\b[^>]*>(.*?)<\/(?:p|summary)>/gs)].map(
        ([, text = '']) => plain(text),
      ),
    )
    const said = [...paragraphs, ...chartsIn(page).map(({ conclusion }) => conclusion)]
    expect(said.length).toBeGreaterThan(20)
    expect(longIn(said)).toEqual([])
  },
)

test('no sentence that a claim is judged by is longer than 25 words', () => {
  expect(longIn(claims.flatMap(({ prediction, metric, rule }) => [prediction, metric, rule]))).toEqual([])
})
