import { describe, expect, test } from 'vitest'
import { english } from '../../../../report/words/say.ts'
import { advance } from '../../log/advance.ts'
import { defaultStageSettings, type Published, type StageEntry } from '../../log/entries.ts'
import { type LogOptions, logFixture } from '../../log/fixture.ts'
import { delayText } from '../../log/lane-numbers.ts'
import type { LaneState, StageState } from '../../log/state.ts'
import { delayCaption, raceCaption } from './captions.ts'
import { eventRows, stageSummary } from './summary.ts'

const stateOf = (options: LogOptions) => advance(undefined, logFixture(options)) as StageState
const race = (options: LogOptions) => raceCaption(stateOf(options)).in(english)
const delays = (options: LogOptions) => delayCaption(stateOf(options)).in(english)

describe('captions', () => {
  test('name nobody before each lane has 5 events, and nobody quickest before it has 20', () => {
    expect(race({ events: 4 })).toMatch(/^So far from .* too early to name one\.$/)
    expect(delays({ events: 19 })).toMatch(/^So far medians .* too early to name one\.$/)
    expect(delays({ events: 20 })).not.toContain('too early')
  })

  test('name who needs the fewest bytes', () => {
    expect(race({ events: 23 })).toBe('Fewest bytes for 23 events: WebSocket; Long polling 6 times as many.')
  })

  test('name it after a single event where the others have moved many times as many', () => {
    const state = stateOf({ events: 1, lanes: ['short-poll', 'websocket'] })
    const [polls, socket] = state.lanes as [LaneState, LaneState]
    Object.assign(polls, { bytes: 12 * socket.bytes })
    expect(raceCaption(state).in(english)).toBe(
      'Fewest bytes for 1 event: WebSocket; Short polling 12 times as many.',
    )
    Object.assign(polls, { bytes: 9 * socket.bytes })
    expect(raceCaption(state).in(english)).toMatch(/too early to name one\.$/)
  })

  test('do not compare lanes that have not received the same', () => {
    const changes = [
      { atMs: 2_000, network: 'cut' as const },
      { atMs: 4_000, network: 'up' as const },
    ]
    const lanes = ['sse', { id: 'w', technique: 'websocket', forgetful: true }]
    expect(race({ events: 20, lanes, changes })).toMatch(/not every lane has received every event\.$/)
    // What was lost before the network was mended is in no delay that is told.
    expect(delays({ events: 40, lanes, changes })).toMatch(/ in \d+ of \d+ events/)
    const state = stateOf({ events: 40, lanes, changes })
    state.lanes[1]?.lost.push(40)
    expect(delayCaption(state).in(english)).toMatch(
      /^Medians from .*; not every lane has received every event\.$/,
    )
  })

  test('do not compare bytes with those of a lane one of whose tabs waits', () => {
    const state = stateOf({ events: 20, lanes: ['sse', 'websocket'] })
    const waits = state.lanes.map((lane) => ({
      ...lane,
      spec: { ...lane.spec, tabs: 7 },
      isOpen: Array.from({ length: 7 }, (_, i) => i < (lane.spec.technique === 'sse' ? 6 : 7)),
    }))
    expect(raceCaption({ ...state, lanes: waits }).in(english)).toMatch(/every event\.$/)
  })

  test('compare the same events in both lanes, and name only who is behind in nearly all of them', () => {
    expect(delays({ events: 20 })).toMatch(/^4 are alike at about \d+ µs; Short polling takes \d+ ms\.$/)
    expect(delays({ events: 20, lanes: ['short-poll', 'sse'] })).toMatch(
      /^Short polling came after Server-Sent Events in 20 of 20 events, by \d+ ms\.$/,
    )
    expect(delays({ events: 20, lanes: ['fetch-stream', 'sse'] })).toMatch(
      /came after .* in 1\d of 20 events: neither is ahead\.$/,
    )
  })

  test('compare events since the latest change alone', () => {
    const lanes = ['short-poll', 'sse']
    const log = logFixture({ events: 60, lanes })
    const at = log.findIndex((entry) => entry.kind === 'published' && entry.seq === 31)
    const settings = { ...defaultStageSettings, pollIntervalMs: 2_000 }
    const atUs = (log[at] as Published).dueUs - 1
    const changed = (what: Partial<typeof settings>): StageEntry[] => [
      ...log.slice(0, at),
      { kind: 'changed', atUs, settings: { ...settings, ...what } },
      ...log.slice(at),
    ]
    const caption = (entries: StageEntry[]) =>
      delayCaption(advance(undefined, entries) as StageState).in(english)
    expect(caption(log)).toContain('of 60 events')
    expect(caption(changed({}))).toContain('of 30 events')
    // To wait makes no event later.
    expect(caption(changed({ pollIntervalMs: 1_000, isPaused: true }))).toContain('of 60 events')
  })

  test('tell no delay finer than it is known', () => {
    const received = [{ seq: 1, tab: 1, atUs: 5_300, delayUs: 300 }]
    const told = (clockErrorUs: number, us: number) => delayText(us, { clockErrorUs })
    expect(received.map(({ delayUs }) => told(0, delayUs))).toEqual(['300 µs'])
    expect([told(800, 300), told(800, 2_345), told(120, 300), told(120, 345)]).toEqual([
      ...['< 1 ms', '2 ms', '400 µs', '400 µs'],
    ])
    expect([told(1_000, 999), told(1_000, 0), told(1_001, 1_999), told(7_000, 8_000)]).toEqual([
      ...['< 1 ms', '< 1 ms', '< 2 ms', '< 10 ms'],
    ])
  })

  test('say which delays a page in the background has measured', () => {
    const state = stateOf({ events: 20 })
    const [toUs, fromUs] = [state.atUs, state.atUs - 3_000_000]
    expect(delayCaption(state, [{ fromUs, toUs }]).in(english)).toMatch(
      /^4 are alike .*\. Some of them are of a page in the background, which browsers slow\.$/,
    )
    expect(delayCaption(state, [{ fromUs: toUs + 1, toUs: toUs + 9 }])).toEqual(delayCaption(state))
  })

  test('are there for an empty stage and for one lane', () => {
    expect(raceCaption({ ...stateOf({}), lanes: [] }).in(english)).toBe('No bytes yet.')
    expect(delayCaption({ ...stateOf({}), lanes: [] }).in(english)).toBe('Nothing has arrived yet.')
    expect(race({ events: 6, lanes: ['sse'] })).toMatch(/^Server-Sent Events: [\d,]+ B for 6 events\.$/)
  })
})

describe('the summary', () => {
  test('tells each lane in a sentence, and what is wrong', () => {
    const state = stateOf({ events: 6, lanes: ['short-poll'], changes: [{ atMs: 7_000, server: 'down' }] })
    expect(stageSummary(state).in(english)).toMatch(
      /^6 events published\. The server is down\. In Short polling: 6 received, the last after \d+ ms, [\d,]+ B, 7 requests, 0 of 6 answers empty\.$/,
    )
    expect(stageSummary(undefined).in(english)).toBe('The stage is empty.')
  })

  test('has the latest 20 events of a lane, the newest first', () => {
    const state = stateOf({ events: 30, lanes: ['sse'], settings: { ratePerSecond: 10 } })
    const rows = eventRows(state, state.lanes[0] as StageState['lanes'][0])
    expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, i) => 30 - i))
    for (const { publishedUs, sentUs = 0, receivedUs = 0, delayUs } of rows) {
      expect(sentUs).toBeGreaterThan(publishedUs)
      expect(receivedUs).toBeGreaterThan(sentUs)
      expect(delayUs).toBeGreaterThan(0)
    }
  })
})
