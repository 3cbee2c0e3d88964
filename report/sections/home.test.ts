import { expect, test } from 'vitest'
import { buildReport } from '../build.ts'
import { observationFixture } from '../fixture/claims.ts'
import { plain, sectionOf } from '../fixture/page.ts'
import { recordsFixture, runFixture, scenarioFixture } from '../fixture/records.ts'
import { captured } from '../fixture/wire.ts'
import { homeOfExperiment } from './home.ts'

const records = [
  ...recordsFixture({ technique: 'short-poll', requestsPerEvent: 0.1 }),
  ...recordsFixture({ technique: 'long-poll', requestsPerEvent: 1 }),
  ...recordsFixture({ technique: 'sse' }),
]
const first = observationFixture('first-seconds', [
  { technique: 'sse', lane: 1, kind: 'connect', fromUs: 0, toUs: 9 },
])
const page = buildReport(runFixture(records), records, [
  observationFixture('wire-bytes', await captured()),
  first,
  observationFixture('websocket-key', []),
])

test('an experiment whose section shows it is not listed again among the facts, and has its rows there', () => {
  expect(['wire-bytes', 'first-seconds', 'websocket-key'].map(homeOfExperiment)).toEqual([
    'wire',
    'time',
    'facts',
  ])
  const facts = sectionOf(page, 'facts')
  expect(facts).toContain('experiment-websocket-key')
  for (const [id, name] of [
    ['wire', 'wire-bytes'],
    ['time', 'first-seconds'],
  ] as const) {
    expect(facts).not.toContain(name)
    expect(sectionOf(page, id)).toContain(`data-show="experiment" data-experiment="${name}"`)
  }
})

test('only the table of the facts is said to be no measurement', () => {
  const text = plain(sectionOf(page, 'facts'))
  expect(text).toContain('The table holds facts with their sources, not measurements.')
  expect(text).toContain('What browsers and servers were seen to do')
})

test('polls share their heads among the events of an answer, which the one captured event does not', () => {
  expect(plain(sectionOf(page, 'wire'))).toContain(
    `The heads of a request and its answer are shared by all events of that answer, in ${scenarioFixture.name} ` +
      'about 10 with Short polling. The one that was captured had them to itself.',
  )
})
