import { describe, expect, test } from 'vitest'
import { advance } from '../../log/advance.ts'
import type { StageEntry } from '../../log/entries.ts'
import { type LogOptions, logFixture } from '../../log/fixture.ts'
import type { StageState } from '../../log/state.ts'
import { type LaneScene, MOST_ARRIVED } from './lane-scene.ts'
import { laneScene } from './scene.ts'

const stateOf = (options: LogOptions, ...more: StageEntry[]) =>
  advance(undefined, [...logFixture(options), ...more]) as StageState
const look = (state: StageState, lane: string, atUs: number, isStill = false): LaneScene => {
  const found = state.lanes.find(({ spec }) => spec.id === lane)
  if (!found) throw new Error(`No lane ${lane} in this test.`)
  return laneScene(state, found, atUs, { glowUs: 500_000, isStill })
}
const slow = { settings: { addedDelayMs: 200 }, events: 3 }

describe('the picture of a lane', () => {
  test('has an event at the server until it is sent, on the wire at its measured share, then at the browser', () => {
    const state = stateOf(slow)
    const { received } = state.lanes.find(({ spec }) => spec.id === 'sse') as StageState['lanes'][0]
    const { sentUs = 0, atUs } = received[1] as (typeof received)[0]
    const publishedUs = state.events[1]?.publishedUs as number
    expect(look(state, 'sse', publishedUs - 1)).toMatchObject({ waiting: [], flying: [] })
    expect(look(state, 'sse', publishedUs)).toMatchObject({ waiting: [2], flying: [] })
    const middle = look(state, 'sse', (sentUs + atUs) / 2)
    expect(middle).toMatchObject({ waiting: [], flying: [{ seq: 2, place: 0.5 }] })
    const there = look(state, 'sse', atUs)
    expect(there.flying).toEqual([])
    expect(there.arrived.at(-1)).toEqual({ seq: 2, isFresh: true })
    expect(look(state, 'sse', atUs + 600_000).arrived.at(-1)).toEqual({ seq: 2, isFresh: false })
  })

  test('has nothing gliding for people who want none', () => {
    const state = stateOf(slow)
    const { received } = state.lanes.find(({ spec }) => spec.id === 'sse') as StageState['lanes'][0]
    const { sentUs = 0, atUs } = received[1] as (typeof received)[0]
    expect(look(state, 'sse', (sentUs + atUs) / 2, true)).toMatchObject({ waiting: [2], flying: [] })
    expect(look(state, 'sse', atUs, true).arrived.at(-1)?.seq).toBe(2)
  })

  test('keeps a poll’s events at the server until the poll comes', () => {
    const state = stateOf({ events: 4, settings: { ratePerSecond: 10 }, lanes: ['short-poll', 'sse'] })
    expect(look(state, 'short-poll', 850_000).waiting).toEqual([1, 2, 3, 4])
    expect(look(state, 'sse', 850_000).waiting).toEqual([])
    const { waiting, arrived } = look(state, 'short-poll', 1_200_000)
    expect([waiting, arrived.map(({ seq }) => seq)]).toEqual([[], [1, 2, 3, 4]])
  })

  test('has a full tube for a stream, a hollow one for a request that is held', () => {
    const state = stateOf({ events: 3 })
    expect(look(state, 'sse', 300_000)).toMatchObject({ openStreams: 1, heldRequests: 0 })
    expect(look(state, 'long-poll', 300_000)).toMatchObject({ openStreams: 0, heldRequests: 1 })
    expect(look(state, 'short-poll', 300_000)).toMatchObject({ openStreams: 0, heldRequests: 0 })
    expect(look(state, 'sse', 50_000)).toMatchObject({ openStreams: 0 })
  })

  test('has a tube for each tab of a lane that has several, and none for one that waits', () => {
    const lanes = [{ id: 'sse', technique: 'sse', tabs: 3 }, 'websocket']
    const log = logFixture({ events: 3, lanes }).filter(
      (entry) => entry.kind !== 'opened' || entry.lane !== 'sse' || entry.tab !== 3,
    )
    const state = advance(undefined, log) as StageState
    expect(look(state, 'sse', 300_000).tubes).toEqual([true, true, false])
    // Before one is open there is nothing to tell apart.
    expect(look(state, 'sse', 50_000).tubes).toEqual([])
    expect(look(state, 'websocket', 300_000).tubes).toEqual([])
    const polls = stateOf({ lanes: [{ id: 'long-poll', technique: 'long-poll', tabs: 3 }] })
    expect(look(polls, 'long-poll', 300_000).tubes).toEqual([])
  })

  test('has requests pointing left and answers pointing right, each where it is', () => {
    const state = stateOf({ events: 1, settings: { addedDelayMs: 200 }, lanes: ['short-poll'] })
    const out = look(state, 'short-poll', 150_000)
    expect(out.asks).toEqual([{ head: expect.closeTo(0.75, 1), isOver: false, isFailed: false }])
    expect(out.answers).toEqual([])
    const back = look(state, 'short-poll', 450_000)
    expect(back.answers).toEqual([{ head: expect.closeTo(0.75, 1), isOver: false, isEmpty: true }])
    // Over, and seen for a moment.
    expect(look(state, 'short-poll', 600_000).answers).toEqual([{ head: 1, isOver: true, isEmpty: true }])
    expect(look(state, 'short-poll', 1_050_000).answers).toEqual([])
  })

  test('has at most so many of the latest events at the browser, and fewer before', () => {
    const state = stateOf({ events: 30, settings: { ratePerSecond: 10 }, lanes: ['sse'] })
    const scene = look(state, 'sse', state.atUs)
    expect(scene.arrived.map(({ seq }) => seq)).toEqual(
      Array.from({ length: MOST_ARRIVED }, (_, i) => 19 + i),
    )
    expect(look(state, 'sse', 1_050_000).arrived).toHaveLength(6)
  })

  test('shows what is lost from when that is clear', () => {
    const state = stateOf({
      lanes: [{ id: 'forgetful', technique: 'websocket', forgetful: true }, 'sse'],
      ...{ events: 20, settings: { ratePerSecond: 5 } },
      changes: [
        { atMs: 1_000, network: 'cut' },
        { atMs: 2_000, network: 'up' },
      ],
    })
    const cut = look(state, 'forgetful', 1_950_000)
    expect(cut).toMatchObject({ network: 'cut', openStreams: 0, lost: [] })
    expect(cut.waiting.length).toBe(5)
    expect(look(state, 'forgetful', state.atUs)).toMatchObject({
      network: 'up',
      lost: [4, 5, 6, 7, 8],
      waiting: [],
    })
    expect(look(state, 'sse', state.atUs).lost).toEqual([])
  })

  test('puts back to the server what was on the wire when the network was cut', () => {
    const log = logFixture({ events: 2, lanes: ['sse'], settings: { addedDelayMs: 200 } }).filter(
      ({ kind }) => kind !== 'received',
    )
    const sent = log.find((entry) => entry.kind === 'unit' && entry.events.includes(2)) as StageEntry
    const cut: StageEntry = { kind: 'changed', atUs: sent.atUs + 1_000, network: 'cut' }
    const state = advance(undefined, [...log, cut]) as StageState
    expect(look(state, 'sse', sent.atUs + 500)).toMatchObject({ between: [1, 2], waiting: [] })
    expect(look(state, 'sse', sent.atUs + 1_500)).toMatchObject({ between: [], waiting: [2] })
  })

  test('says that something between holds an event for which only the ends are measured', () => {
    const log = logFixture({ events: 2, lanes: ['sse'], settings: { proxy: 'buffering' } }).map((entry) =>
      entry.kind === 'received' && entry.seq === 1 ? { ...entry, atUs: entry.atUs + 900_000 } : entry,
    )
    const state = advance(undefined, log) as StageState
    expect(look(state, 'sse', 1_000_000)).toMatchObject({ between: [1], flying: [], proxy: true })
  })

  test('has a server that is down', () => {
    const state = stateOf({ events: 5, changes: [{ atMs: 2_000, server: 'down' }] })
    expect(look(state, 'sse', 1_999_000).server).toBe('up')
    expect(look(state, 'sse', 2_000_000)).toMatchObject({ server: 'down', openStreams: 0 })
  })

  test('never has an event in two places', () => {
    const state = stateOf({
      ...{ events: 40, settings: { ratePerSecond: 20, addedDelayMs: 50, pollIntervalMs: 300 } },
      changes: [
        { atMs: 1_200, network: 'cut' },
        { atMs: 1_500, network: 'up' },
      ],
    })
    for (const { spec } of state.lanes)
      for (let atUs = 0; atUs < state.atUs; atUs += 7_000) {
        const { waiting, flying, between, arrived, lost } = look(state, spec.id, atUs)
        const all = [
          ...waiting,
          ...between,
          ...lost,
          ...flying.map(({ seq }) => seq),
          ...arrived.map(({ seq }) => seq),
        ]
        expect(new Set(all).size).toBe(all.length)
        for (const { place } of flying) expect(place >= 0 && place <= 1).toBe(true)
      }
  })
})
