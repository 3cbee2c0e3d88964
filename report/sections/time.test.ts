import { describe, expect, test } from 'vitest'
import type { Observation } from '../../results/observation.ts'
import type { ResultRecord } from '../../results/record.ts'
import { measuredScenarios } from '../analysis/measured-scenarios.ts'
import { observationFixture } from '../fixture/claims.ts'
import { plain } from '../fixture/page.ts'
import { recordsFixture, runFixture } from '../fixture/records.ts'
import { firstSecondsInSmall, timeSection } from './time.ts'

const row = (technique: string, lane: number, kind: string, fromMs: number, toMs = fromMs, seq = 0) => ({
  ...{ technique, lane, kind, fromUs: fromMs * 1e3, toUs: toMs * 1e3 },
  ...(seq > 0 && { seq }),
})
/** Events every 250 ms from 125 ms on, which come when the technique lets them. */
const lane = (technique: string, connectedMs: number, arrivals: number[], at = 1) => [
  ...arrivals.map((_, i) => row(technique, 0, 'published', 125 + 250 * i, 125 + 250 * i, i + 1)),
  row(technique, at, 'connect', connectedMs, connectedMs + 100),
  row(technique, at, 'request', connectedMs + 100),
  row(technique, at, 'wait', connectedMs + 100, connectedMs + 212),
  ...arrivals.map((ms, i) => row(technique, at, 'event', ms, ms, i + 1)),
]
const timeOf = (observation: Observation, records: ResultRecord[] = []) =>
  timeSection(measuredScenarios(records), [], observation, runFixture(records))
const text = () =>
  plain(
    timeOf(
      observationFixture('first-seconds', [
        ...lane('short-poll', 0, [604, 604, 1_105, 1_105]),
        ...lane('sse', 0, [427, 428, 679, 928]),
        ...lane('websocket', 0, [426, 426, 677, 926]),
        // Its first connection is not the one that brings the events.
        row('xml-socket', 1, 'connect', 0, 100),
        row('xml-socket', 1, 'wait', 100, 210),
        ...lane('xml-socket', 200, [427, 427, 678, 927], 2),
      ]),
    ).markup,
  )

test('the first seconds are told in round trips, and in the delays of what came after', () => {
  expect(text()).toContain(
    'Subscribed after 2 round trips of 100 ms: Short polling, Server-Sent Events and WebSocket. ' +
      'Subscribed after 4 round trips of 100 ms: XMLSocket (Flash). ' +
      'Each event then took about half a round trip (52.5 ms) with Server-Sent Events, WebSocket and XMLSocket (Flash); ' +
      '229 ms to 480 ms with Short polling, where they wait for the next poll. ' +
      'One request was enough for Short polling, Server-Sent Events, WebSocket and XMLSocket (Flash).',
  )
})

test('the drawing stands in small where another section leads to it, and is drawn once', () => {
  const seen = observationFixture('first-seconds', lane('sse', 0, [427, 428]))
  const { markup } = firstSecondsInSmall(seen)
  const [, id = ''] = markup.match(/<a class="plate" href="#time">.*<use href="#([^"]*)"/s) ?? []
  expect(timeOf(seen).markup).toContain(`<svg id="${id}" `)
  expect(firstSecondsInSmall({ ...seen, unavailable: 'no loopback' }).isEmpty).toBe(true)
})

test('a column of which nothing is known is left out, and every row can be had', () => {
  expect(text()).toContain('Subscribed after Time connecting Time waiting Delay of each event')
  expect(text()).toMatch(/All \d+ rows/)
})

test('an experiment that could not be made says why', () => {
  const missing = { ...observationFixture('first-seconds', []), unavailable: 'no loopback' }
  expect(plain(timeOf(missing).markup)).toContain('not measured first-seconds: no loopback')
})

describe('the parts of a delay', () => {
  const none = { ...observationFixture('first-seconds', []), unavailable: 'no loopback' }
  const parts = {
    subscribers: 20,
    events: 400,
    lagUs: 100,
    fanOutUs: 300,
    wayUs: 1_600,
    waitUs: 200,
    parsingUs: 50,
  }
  const records: ResultRecord[] = [
    ...recordsFixture({ technique: 'sse' }).map((record, i) => ({
      ...record,
      parts: { ...parts, wayUs: parts.wayUs + 300 * (i - 1) },
    })),
    ...recordsFixture({ technique: 'websocket' }),
  ]

  test('are means over trials that add up to the delay, and to the client’s cost', () => {
    const seen = plain(timeOf(none, records).markup)
    expect(seen).toContain('Means over a seeded sample of 20 subscribers and over trials')
    expect(seen).toContain('Mean delays are 2 ms. What the clients cost after them is 250 µs.')
    expect(seen).toContain('Server-Sent Events 100 µs 300 µs 1.6 ms 2 ms 200 µs 50 µs 250 µs')
    expect(seen).toMatch(/WebSocket( not recorded){7}/)
  })

  test('that a run has not recorded are said to be that', () => {
    const without = records.map(({ parts: _, ...record }) => record)
    expect(plain(timeOf(none, without).markup)).toContain(
      'What a delay is made of was not recorded in steady-feed.',
    )
  })
})
