import { expect, test } from 'vitest'
import type { Row } from '../../results/observation.ts'
import type { ResultRecord } from '../../results/record.ts'
import type { Scenario } from '../../results/scenario.ts'
import { measuredScenarios } from '../analysis/measured-scenarios.ts'
import { observationFixture, rowsFixture, spoken } from '../fixture/claims.ts'
import { recordsFixture, scenarioFixture } from '../fixture/records.ts'
import { evidenceOf } from './evidence.ts'
import { sseClaims } from './index.ts'

function judge(id: string, observed: { experiment?: string; rows?: Row[]; records?: ResultRecord[] } = {}) {
  const { experiment, rows = [], records = [] } = observed
  const observations =
    experiment === undefined ? [] : [observationFixture(experiment, rowsFixture(experiment, rows))]
  return spoken(
    sseClaims.find((claim) => claim.id === id)?.judge(evidenceOf(measuredScenarios(records), observations)),
  )
}

/** Rows, some of them changed: by the value of their first column. */
function changed(rows: Row[], changes: Record<string, Row>): Row[] {
  return rows.map((row) => ({ ...row, ...changes[String(Object.values(row)[0])] }))
}

test.each(sseClaims.map(({ id }) => id))('%s is not tested without evidence', (id) => {
  expect(judge(id)).toMatchObject({ verdict: 'not tested here', numbers: [] })
})

test('says why an experiment could not be made', () => {
  const unavailable = { ...observationFixture('event-source-six', []), unavailable: 'No Chromium.' }
  const claim = sseClaims.find(({ id }) => id === 'sse-six')
  expect(spoken(claim?.judge(evidenceOf([], [unavailable])))).toEqual({
    verdict: 'not tested here',
    because: 'No Chromium.',
    numbers: [],
  })
})

const eventRate: Scenario = {
  ...scenarioFixture,
  name: 'event-rate',
  techniques: ['sse'],
  sweep: { axis: 'ratePerSecond', values: [1, 10, 100, 1_000] },
}

/** Each of the fixture's 100 subscribers made one request and had so many events, unless told otherwise. */
function atBothRates({ events = 250, requests = 1, lost = 0 } = {}): ResultRecord[] {
  return [2, 3].flatMap((at) =>
    recordsFixture({ scenario: eventRate, at, technique: 'sse', lost }).map((record) => {
      const { traffic, trial } = record
      // One trial is enough to say no.
      const ofTrial = trial === 2 ? requests : 1
      const total = { ...traffic.total, events: 100 * events, requests: 100 * ofTrial }
      return { ...record, traffic: { ...traffic, total } }
    }),
  )
}

test('one request holds for 100 events and more', () => {
  const judgement = judge('sse-one-request', { records: atBothRates() })
  expect(judgement).toMatchObject({ verdict: 'held', because: 'One request for 250 events and more.' })
  expect(judgement?.numbers.map(({ what, value }) => [what, value])).toEqual([
    ['Requests of one subscriber at 100 events per second', 1],
    ['Events of one subscriber at 100 events per second', 250],
    ['Requests of one subscriber at 1,000 events per second', 1],
    ['Events of one subscriber at 1,000 events per second', 250],
  ])
})

test('one request does not hold where one trial needed more', () => {
  expect(judge('sse-one-request', { records: atBothRates({ requests: 1.02 }) })).toMatchObject({
    verdict: 'did not hold',
    because: '1 to 1.02 requests a subscriber, and not 1.',
  })
})

test('one request is not decided by 99 events, nor by what the gate does not let pass', () => {
  expect(judge('sse-one-request', { records: atBothRates({ events: 99 }) })).toMatchObject({
    verdict: 'inconclusive',
    because: 'Only 99 events for a subscriber: 100 are needed to tell.',
  })
  expect(judge('sse-one-request', { records: atBothRates({ lost: 1 }) })?.verdict).toBe('inconclusive')
})

test('one request is not tested at one rate alone', () => {
  const records = recordsFixture({ scenario: eventRate, at: 2, technique: 'sse' })
  expect(judge('sse-one-request', { records })?.verdict).toBe('not tested here')
})

const redirects = [200, 301, 302, 303, 307, 308].map((status) => ({ status, followed: true }))
const ofRedirects = (changes: Record<string, Row>, rows: Row[] = redirects) =>
  judge('sse-redirect', { experiment: 'event-source-redirects', rows: changed(rows, changes) })

test('redirects hold where 301 and 307 are followed, whatever the others are', () => {
  expect(ofRedirects({})).toMatchObject({
    verdict: 'held',
    because: 'EventSource followed 301, 302, 303, 307 and 308.',
  })
  expect(ofRedirects({ 302: { followed: false }, 308: { followed: false } })).toMatchObject({
    verdict: 'held',
    because: 'EventSource followed 301, 303 and 307, and did not follow 302 and 308.',
  })
})

test.each([301, 307])('redirects do not hold where %i alone is not followed', (status) => {
  expect(ofRedirects({ [status]: { followed: false } })?.verdict).toBe('did not hold')
})

test('redirects are not decided without a stream, nor by some of the statuses', () => {
  expect(ofRedirects({ 200: { followed: false } })?.verdict).toBe('inconclusive')
  expect(ofRedirects({}, redirects.slice(0, 5))).toMatchObject({
    verdict: 'inconclusive',
    because: 'Not seen: 308.',
  })
})

const stops = [
  { status: 200, reconnected: true, requestsAfter: 2 },
  { status: 204, reconnected: true, requestsAfter: 0 },
]
const ofStops = (changes: Record<string, Row>) =>
  judge('sse-204', { experiment: 'event-source-204', rows: changed(stops, changes) })

test('204 holds where nothing follows it', () => {
  expect(ofStops({})).toMatchObject({
    verdict: 'held',
    because: '0 requests after the 204, and 2 after a 200.',
  })
})

test('204 does not hold where one request follows it', () => {
  expect(ofStops({ 204: { requestsAfter: 1 } })?.verdict).toBe('did not hold')
})

test('204 is not decided where nothing follows a 200 either, or nobody came back', () => {
  expect(ofStops({ 200: { requestsAfter: 0 } })?.verdict).toBe('inconclusive')
  expect(ofStops({ 204: { reconnected: false } })?.verdict).toBe('inconclusive')
})

const failures = [
  'end of the stream',
  'connection reset',
  'connection refused',
  'status 500',
  'wrong content type',
].map((failure) => ({ failure, met: true, requestsAfter: 3 }))
const ofFailures = (changes: Record<string, Row>, rows: Row[] = failures) =>
  judge('sse-reconnects', { experiment: 'event-source-failures', rows: changed(rows, changes) })

test('reconnecting holds where every failure is retried', () => {
  expect(ofFailures({})?.verdict).toBe('held')
})

test('reconnecting depends on the failure where only some are retried', () => {
  const none = { requestsAfter: 0 }
  expect(ofFailures({ 'status 500': none, 'wrong content type': none })).toMatchObject({
    verdict: 'depends',
    because:
      'It depends on the failure: retried after the end of the stream, a reset connection and a refused ' +
      'connection, but not after the status 500 and a wrong content type.',
  })
})

test('reconnecting does not hold where nothing is retried', () => {
  expect(
    ofFailures(
      {},
      failures.map((row) => ({ ...row, requestsAfter: 0 })),
    )?.verdict,
  ).toBe('did not hold')
})

test('reconnecting is not decided by a failure that nobody met', () => {
  expect(ofFailures({ 'connection reset': { met: false } })).toMatchObject({
    verdict: 'inconclusive',
    because: 'No open EventSource met a reset connection.',
  })
  expect(ofFailures({}, failures.slice(1))?.verdict).toBe('inconclusive')
})

const six = [
  { http: '1.1', asked: 7, open: 6, answered: false, answeredAfterClosing: true },
  { http: '2', asked: 7, open: 7, answered: true, answeredAfterClosing: true },
]
const ofSix = (changes: Record<string, Row>) =>
  judge('sse-six', { experiment: 'event-source-six', rows: changed(six, changes) })

test('six hold where the seventh and a fetch wait over HTTP/1.1 alone', () => {
  expect(ofSix({})).toMatchObject({
    verdict: 'held',
    because:
      'Of 7 EventSources 6 opened over HTTP/1.1 and a fetch beside them hung; over HTTP/2 7 opened and it ' +
      'was answered.',
  })
})

test.each([
  ['a seventh opens', { '1.1': { open: 7 } }],
  ['the fetch is answered', { '1.1': { answered: true } }],
  ['HTTP/2 opens six, too', { 2: { open: 6 } }],
])('six do not hold where %s', (_what, changes: Record<string, Row>) => {
  expect(ofSix(changes)?.verdict).toBe('did not hold')
})

test('six are not decided where the fetch hangs for another reason', () => {
  expect(ofSix({ '1.1': { answeredAfterClosing: false } })?.verdict).toBe('inconclusive')
})
