import { describe, expect, test } from 'vitest'
import type { Scenario } from '../../results/scenario.ts'
import type { MeasuredScenario } from '../analysis/cells.ts'
import { measuredScenarios } from '../analysis/measured-scenarios.ts'
import { choiceFixture, recordsFixture } from '../fixture/records.ts'
import { changeText } from './sweep.ts'

const changeIn = (...of: Parameters<typeof changeText>) => String(changeText(...of))

/** Cells of a sweep over TLS; with it every event has 22 bytes more. */
function tls(techniques: string[], change: (technique: string, at: number) => object = () => ({})) {
  const scenario = { ...choiceFixture, techniques }
  const records = techniques.flatMap((technique, i) =>
    [0, 1].flatMap((at) =>
      recordsFixture({
        scenario,
        at,
        technique,
        overheadBytes: 20 + 20 * i + 22 * at,
        ...change(technique, at),
      }),
    ),
  )
  return measuredScenarios(records)[0] ?? expect.fail()
}

/** Delays of one technique at three positions. */
function codings(medians: number[][], technique = 'sse') {
  const scenario: Scenario = {
    ...choiceFixture,
    sweep: { axis: 'contentCoding', values: ['identity', 'gzip', 'br'] },
  }
  const records = medians.flatMap((mediansUs, at) => recordsFixture({ scenario, at, technique, mediansUs }))
  return measuredScenarios(records)[0] ?? expect.fail()
}

describe('what the trials do not tell apart', () => {
  test('is said to be the same, each value with its range', () => {
    expect(changeIn(tls(['sse']), 'meanUs')).toBe(
      'Server-Sent Events: 1.82 ms (1–3 ms) with TLS off and with TLS on.',
    )
    const close = tls(['sse'], (_, at) => ({
      mediansUs: at === 0 ? [6_000, 5_000, 7_000] : [6_100, 5_000, 6_900],
    }))
    expect(changeIn(close, 'meanUs')).toBe(
      'Server-Sent Events: the same within noise, 5.94 ms (5–7 ms) with TLS off and 5.95 ms (5–6.9 ms) with TLS on.',
    )
  })

  test('is not said to be the same where the trials scatter too much to tell', () => {
    const off = tls(['sse'], (_, at) => ({
      mediansUs: at === 0 ? [6_000, 5_000, 7_000] : [5_000, 6_000, 4_000],
    }))
    expect(changeIn(off, 'meanUs')).toBe(
      'Server-Sent Events: not told apart, 5.94 ms (5–7 ms) with TLS off and 4.93 ms (4–6 ms) with TLS on.',
    )
  })

  test('is told from what is apart, pair by pair', () => {
    const some = codings([
      [4_000, 4_100, 4_050],
      [9_500, 9_600, 9_700],
      [9_700, 9_500, 9_600],
    ])
    expect(changeIn(some, 'meanUs')).toBe(
      'Server-Sent Events: 4.05 ms (4–4.1 ms) with no content coding, 9.6 ms (9.5–9.7 ms) with gzip and ' +
        '9.6 ms (9.5–9.7 ms) with Brotli; the same within noise with gzip and with Brotli.',
    )
  })

  test('is, of what is counted, what overlaps', () => {
    // Polls that cross an edge of the window: a byte more or less.
    const polls = (more: number) =>
      tls(['long-poll'], (_, at) => ({ requestsPerEvent: 1, overheadBytes: 300 + more * at }))
    const scatter = (measured: MeasuredScenario) => {
      for (const { records } of measured.cells)
        for (const { trial, traffic } of records)
          traffic.window.bytesDown += traffic.window.events * (trial - 2)
      return changeIn(measured, 'bytesPerEvent')
    }
    expect(scatter(polls(22))).toBe(
      'Long polling: 470 B (469–471 B) with TLS off and 492 B (491–493 B) with TLS on.',
    )
    expect(scatter(polls(1))).toBe(
      'Long polling: the same within noise, 470 B (469–471 B) with TLS off and 471 B (470–472 B) with TLS on.',
    )
  })

  test('is written once where it is written alike', () => {
    const alike = tls(['websocket'], () => ({ overheadBytes: 2 }))
    expect(changeIn(alike, 'bytesPerEvent')).toBe('WebSocket: 102 B with TLS off and with TLS on.')
  })
})

describe('the change along a sweep', () => {
  test('is told technique by technique where they are few', () => {
    expect(changeIn(tls(['sse', 'websocket']), 'bytesPerEvent')).toBe(
      'Server-Sent Events: 120 B with TLS off and 142 B with TLS on. ' +
        'WebSocket: 140 B with TLS off and 162 B with TLS on.',
    )
  })

  test('is told as ratios where they are many', () => {
    const many = tls(['iframe-stream', 'fetch-stream', 'sse', 'websocket'])
    expect(changeIn(many, 'bytesPerEvent')).toBe(
      'From TLS off to TLS on: 1.12× with WebSocket to 1.18× with iframe streaming.',
    )
    expect(changeIn(many, 'p50Us')).toBe('From TLS off to TLS on: the same within noise with all.')
  })

  test('names what is not valid', () => {
    const lossy = tls(['sse', 'websocket'], (technique, at) =>
      technique === 'sse' && at === 1 ? { lost: 1 } : {},
    )
    expect(changeIn(lossy, 'bytesPerEvent')).toBe(
      'Server-Sent Events: 120 B with TLS off; not valid with TLS on. ' +
        'WebSocket: 140 B with TLS off and 162 B with TLS on.',
    )
    const many = tls(['iframe-stream', 'fetch-stream', 'sse', 'websocket'], (technique, at) =>
      technique === 'sse' && at === 1 ? { lost: 1 } : {},
    )
    expect(changeIn(many, 'p50Us')).toBe(
      'From TLS off to TLS on: the same within noise with iframe streaming, Fetch streaming (NDJSON) and WebSocket; ' +
        'not valid at one of them with Server-Sent Events.',
    )
    const bad = tls(['iframe-stream', 'fetch-stream', 'sse', 'websocket'], () => ({ lost: 1 }))
    expect(changeIn(bad, 'bytesPerEvent')).toBe('No technique has valid figures at both ends.')
  })
})
