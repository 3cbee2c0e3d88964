import { describe, expect, test } from 'vitest'
import { memoryPerSubscriberRows } from '../../results/rows/memory-per-subscriber.ts'
import { resumeRows } from '../../results/rows/resume.ts'
import { memoryOf } from '../analysis/memory.ts'
import { resumedOf } from '../analysis/recovery.ts'
import { buildReport } from '../build.ts'
import { observationFixture, rowsFixture, spoken } from '../fixture/claims.ts'
import { plain, sectionOf } from '../fixture/page.ts'
import { recordsFixture, runFixture } from '../fixture/records.ts'
import { evidenceOf, rowsOf } from './evidence.ts'
import { claims } from './index.ts'
import { column, rowsWhere, total } from './rows.ts'

/** An experiment whose second row is of a version that had not all of today's columns. */
function outdated(experiment: string, missing: string) {
  const [whole = {}] = rowsFixture(experiment, [{}])
  const { [missing]: _, ...older } = whole
  return observationFixture(experiment, [whole, older])
}

const measureAgain = (experiment: string, missing: string) =>
  `The experiment ${experiment} of this run has no column ${missing}; measure it again.`

describe.each(claims.filter(({ experiments }) => experiments))('$id', (claim) => {
  const [experiment = ''] = claim.experiments ?? []

  test('is not tested by rows that lack a column, and says which', () => {
    const [row = {}] = rowsFixture(experiment, [{}])
    const judged = Object.keys(row).map((missing) => [
      missing,
      spoken(claim.judge(evidenceOf([], [outdated(experiment, missing)]))),
    ])
    expect(judged).toEqual(
      Object.keys(row).map((missing) => [
        missing,
        { verdict: 'not tested here', because: measureAgain(experiment, missing), numbers: [] },
      ]),
    )
  })

  test('is not tested by a column whose values are of another type', () => {
    const [row = {}] = rowsFixture(experiment, [{}])
    const [name = ''] = Object.keys(row)
    const rows = [{ ...row, [name]: typeof row[name] === 'number' ? 'many' : 1 }]
    expect(spoken(claim.judge(evidenceOf([], [observationFixture(experiment, rows)])))).toEqual({
      verdict: 'not tested here',
      because: `The experiment ${experiment} of this run has values of another type in its column ${name}; measure it again.`,
      numbers: [],
    })
  })
})

test('what an nginx of an older version let through decides with the proxies, and is not left out', () => {
  const claim = claims.find(({ id }) => id === 'ws-proxies') ?? expect.fail()
  const proxies = observationFixture('proxies', rowsFixture('proxies', [{ technique: 'websocket' }]))
  const judgement = claim.judge(evidenceOf([], [proxies, outdated('nginx-in-front', 'opened')]))
  expect(spoken(judgement)).toMatchObject({
    verdict: 'not tested here',
    because: measureAgain('nginx-in-front', 'opened'),
  })
})

test.each([
  ['network', 'resume', 'eventsLost'],
  ['server', 'memory-per-subscriber', 'rssBytes'],
  ['time', 'first-seconds', 'toUs'],
  ['wire', 'wire-bytes', 'hex'],
])(
  'the section %s tells of rows of %s that lack a column, and makes no figure of them',
  (id, name, missing) => {
    const records = recordsFixture({ technique: 'sse' })
    const text = plain(sectionOf(buildReport(runFixture(records), records, [outdated(name, missing)]), id))
    expect(text).toContain(measureAgain(name, missing))
    expect(text).not.toContain('NaN')
  },
)

test('analyses have no figure of rows that lack a column', () => {
  expect(resumedOf(evidenceOf([], [outdated('resume', 'eventsTwice')]))).toEqual([])
  const evidence = evidenceOf([], [outdated('memory-per-subscriber', 'rssBytes')])
  expect(memoryOf(evidence, 'sse', 'idle')).toBeUndefined()
})

test('a column that only some rows have may be missing in all of them, and is no 0', () => {
  const rows = rowsFixture('memory-per-subscriber', [{ stage: 'idle' }, { stage: 'after a burst' }])
  const found = rowsOf(
    evidenceOf([], [observationFixture('memory-per-subscriber', rows)]),
    memoryPerSubscriberRows,
  )
  if ('none' in found) return expect.fail(String(found.none.because))
  expect(column(found.rows, 'kernelBytes')).toEqual([])
})

test('columns are those that an experiment declares, or it does not compile', () => {
  const rows = rowsFixture('resume', [{ eventsLost: 2 }, { eventsLost: 3, history: 'short' }])
  const found = rowsOf(evidenceOf([], [observationFixture('resume', rows)]), resumeRows)
  if ('none' in found) return expect.fail(String(found.none.because))
  expect(total(found.rows, 'eventsLost')).toBe(5)
  // @ts-expect-error: misspelt.
  expect(total(found.rows, 'eventLost')).toBe(0)
  // @ts-expect-error: no number.
  column(found.rows, 'technique')
  // @ts-expect-error: no history of an experiment.
  expect(rowsWhere(found.rows, { history: 'longer' })).toEqual([])
  expect(rowsWhere(found.rows, { history: 'short' })).toHaveLength(1)
})
