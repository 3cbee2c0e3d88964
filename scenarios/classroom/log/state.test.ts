import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { byteClasses } from '../../../server/wire/span.ts'
import { advance } from './advance.ts'
import { defaultStageSettings, type LaneSpec, type StageEntry, type Unit } from './entries.ts'
import { logFixture } from './fixture.ts'
import type { LaneState, StageState } from './state.ts'
import { traceOf } from './trace.ts'

const began = (...lanes: LaneSpec[]): StageEntry => ({
  ...{ kind: 'began', atUs: 0, run: 1, settings: defaultStageSettings },
  lanes,
})
const published = (seq: number, atUs: number): StageEntry => ({
  ...{ kind: 'published', seq, atUs, dueUs: atUs - 100, payloadBytes: 10 },
})
const lane = 'sse'
const opened = (atUs: number): StageEntry => ({ kind: 'opened', atUs, lane })
const received = (seq: number, atUs: number, tab?: number): StageEntry => ({
  ...{ kind: 'received', seq, atUs, lane },
  ...(tab && { tab }),
})
const down = (atUs: number, events: number[], bytes = 10): Unit => ({
  ...{ kind: 'unit', atUs, fromUs: atUs, lane, connection: 1, unit: atUs, direction: 'down', what: 'chunk' },
  ...{ bytes, sums: { payload: bytes }, events, shown: '', spans: [] },
})
const sse: LaneSpec = { id: lane, technique: 'sse' }
const stateAfter = (...entries: StageEntry[]) => advance(undefined, entries) as StageState
const only = (...entries: StageEntry[]) => stateAfter(...entries).lanes[0] as StageState['lanes'][0]

describe('the state of a log', () => {
  test('is nothing before the beginning, and begins anew with each', () => {
    expect(advance(undefined, [published(1, 5)])).toBeUndefined()
    const state = stateAfter(began(sse), published(1, 5), { ...began(sse), run: 2 } as StageEntry)
    expect(state).toMatchObject({ run: 2, events: [], lanes: [{ received: [] }] })
  })

  test('is another object after each step, so that a signal tells', () => {
    const state = stateAfter(began(sse))
    const next = advance(state, [published(1, 5)])
    expect(next).not.toBe(state)
    expect(next?.events).toEqual([{ seq: 1, dueUs: -95, publishedUs: 5, payloadBytes: 10 }])
  })

  test('counts delays from when an event was due', () => {
    expect(only(began(sse), opened(1), published(1, 1_000), received(1, 1_500)).received).toEqual([
      { seq: 1, tab: 1, atUs: 1_500, delayUs: 600 },
    ])
  })

  test('takes the first unit that carried an event, whichever hand tells first', () => {
    const both = [
      only(began(sse), opened(1), published(1, 10), down(20, [1]), down(25, [1]), received(1, 30)),
      only(began(sse), opened(1), published(1, 10), received(1, 30), down(20, [1]), down(25, [1])),
    ]
    for (const { received } of both) expect(received[0]?.sentUs).toBe(20)
  })

  test('keeps a receipt until the log has told of its event', () => {
    const early = [began(sse), opened(1), received(1, 30)]
    expect(only(...early).received).toEqual([])
    expect(only(...early, published(1, 10)).received).toEqual([{ seq: 1, tab: 1, atUs: 30, delayUs: 120 }])
  })

  test('has lost what a later event has overtaken, not what was before the lane opened', () => {
    const state = only(
      began(sse),
      published(1, 5),
      opened(10),
      published(2, 20),
      published(3, 30),
      received(3, 40),
    )
    expect(state.lost).toEqual([2])
  })

  test('has lost what a gap tells, and finds again what comes after all', () => {
    const gap: StageEntry = { kind: 'gap', atUs: 50, lane, after: 0, next: 3 }
    const log = [began(sse), opened(1), published(1, 10), published(2, 20), gap]
    expect(only(...log).lost).toEqual([1, 2])
    expect(only(...log, received(2, 60)).lost).toEqual([1])
  })

  const player = (atUs: number, isHere: boolean, isHidden?: boolean): StageEntry => ({
    ...{ kind: 'player', atUs, isHere },
    ...(isHidden !== undefined && { isHidden }),
  })

  test('loses nothing that happened while no page watched, or one that nobody could see', () => {
    const before = [began(sse), opened(1), published(1, 10), received(1, 11), published(2, 20)]
    const reloaded = [player(25, false), published(3, 30), player(40, true), published(4, 45), opened(50)]
    const after = [published(5, 60), published(6, 70), received(6, 71)]
    // What the first page was about to get is nobody's loss either; what the second misses is.
    expect(only(...before, ...reloaded, ...after)).toMatchObject({ lost: [5], openedUs: [50] })
    // The same page was away from the room alone, and its lanes went on.
    const away = [player(25, false), published(3, 30), player(40, true, false)]
    expect(only(...before, ...away, received(3, 41))).toMatchObject({ lost: [], openedUs: [1] })
    const later = [published(4, 50), published(5, 60), received(5, 61)]
    expect(only(...before, ...away, ...later).lost).toEqual([4])
    const hidden = [player(25, true, true), published(3, 30), player(40, true, false), published(4, 50)]
    expect(only(...before, ...hidden, published(5, 60), received(5, 61)).lost).toEqual([2, 4])
  })

  test('does not count the first, empty answer of another page', () => {
    const poll = 'short-poll'
    const answered = (atUs: number, events = 0): StageEntry => ({
      kind: 'answered',
      atUs,
      lane: poll,
      events,
    })
    const receipt: StageEntry = { kind: 'received', atUs: 4, lane: poll, seq: 1 }
    const page: StageEntry = { kind: 'page', atUs: 7, lane: poll, bytes: 9 }
    const log = [began({ id: poll, technique: poll }), answered(1), published(1, 3), answered(4, 1), receipt]
    const another = [player(5, false), player(6, true), page, answered(8)]
    expect(only(...log, ...another)).toMatchObject({ answers: 1, emptyAnswers: 0 })
    expect(only(...log, ...another, answered(9))).toMatchObject({ answers: 2, emptyAnswers: 1 })
  })

  test('has no receipt before its event was published, whatever the clock of the page says', () => {
    const [receipt] = only(began(sse), opened(1), published(1, 1_000), received(1, 400)).received
    expect(receipt).toMatchObject({ atUs: 1_000, delayUs: 100 })
  })

  test('asks tab 1 alone what is lost, and tells duplicates of each tab', () => {
    const log = [
      began({ ...sse, tabs: 2 }),
      opened(1),
      published(1, 10),
      published(2, 20),
      received(2, 30, 2),
    ]
    expect(only(...log).lost).toEqual([])
    const lane = only(...log, received(2, 40, 1), received(2, 41, 2))
    expect(lane).toMatchObject({ lost: [1], duplicated: [2] })
    expect(lane.received.map(({ tab }) => tab)).toEqual([2, 1])
  })

  test('does not count the answer that only fetches a cursor, also after a break of a forgetful lane', () => {
    const poll = 'short-poll'
    const answered = (atUs: number, events = 0): StageEntry => ({
      kind: 'answered',
      atUs,
      lane: poll,
      events,
    })
    const failed: StageEntry = { kind: 'failed', atUs: 60, lane: poll, message: 'reset' }
    const log = [answered(1), answered(2), published(1, 3), answered(4, 1)]
    const receipt: StageEntry = { kind: 'received', atUs: 4, lane: poll, seq: 1 }
    const of = (forgetful: boolean) =>
      only(
        began({ id: poll, technique: poll, forgetful }),
        ...log,
        receipt,
        failed,
        answered(70),
        answered(71),
      )
    expect(of(false)).toMatchObject({ answers: 4, emptyAnswers: 3 })
    expect(of(true)).toMatchObject({ answers: 3, emptyAnswers: 2 })
  })

  test('has a stream open from its opening to its failure, a poll while it is asked', () => {
    const cut: StageEntry = { kind: 'changed', atUs: 20, network: 'cut' }
    expect(only(began(sse), opened(1)).isOpen).toEqual([true])
    expect(stateAfter(began(sse), opened(1), cut)).toMatchObject({
      network: 'cut',
      lanes: [{ isOpen: [false] }],
    })
    const poll = { id: lane, technique: 'long-poll' }
    const asked: StageEntry = { kind: 'asked', atUs: 1, lane }
    expect(only(began(poll), asked).isOpen).toEqual([true])
    expect(only(began(poll), asked, { kind: 'answered', atUs: 2, lane, events: 0 }).isOpen).toEqual([false])
  })

  test('begins its subscriptions anew with another page, unless that is told late', () => {
    const page = (atUs: number): StageEntry => ({ kind: 'page', atUs, lane, bytes: 7 })
    expect(only(began(sse), page(1), opened(5), page(9))).toMatchObject({ isOpen: [false], pageBytes: 14 })
    expect(only(began(sse), opened(5), page(1)).isOpen).toEqual([true])
    const poll = { id: lane, technique: 'short-poll' }
    const answered = (atUs: number): StageEntry => ({ kind: 'answered', atUs, lane, events: 0 })
    expect(only(began(poll), page(1), answered(2), answered(3), page(4), answered(5)).answers).toBe(1)
  })

  test('says whether the sockets have counted the same', () => {
    const totals = (tappedDown: number): StageEntry => ({
      ...{ kind: 'totals', atUs: 9, lane, socketUp: 5, socketDown: 7, tappedUp: 5, tappedDown },
    })
    expect(only(began(sse), totals(7)).agrees).toBe(true)
    expect(only(began(sse), totals(6)).agrees).toBe(false)
  })

  test('keeps the latest 200 units', () => {
    const units = Array.from({ length: 250 }, (_, i) => down(i + 1, []))
    const state = only(began(sse), ...units)
    expect(state.units.length).toBe(200)
    expect(state).toMatchObject({ bytes: 2_500, bytesDown: 2_500, sums: { payload: 2_500 } })
  })
})

describe('what lessons need long afterwards', () => {
  const unit = (n: number, what: Unit['what'], bytes: number, events: number[] = []): Unit => ({
    ...down(n * 1_000, events, bytes),
    ...{ unit: n, what, direction: what === 'request' || what === 'handshake-request' ? 'up' : 'down' },
  })

  test('says which request an answer belongs to, and how the lane stood', () => {
    const state = only(
      began({ ...sse, technique: 'long-poll' }),
      ...[unit(1, 'request', 500), unit(2, 'response', 200), unit(3, 'request', 500)],
      ...[unit(4, 'response', 300, [1, 2]), unit(5, 'request', 500)],
    )
    expect(state).toMatchObject({ beganBy: 'request', requestedUs: [1_000, 3_000, 5_000] })
    expect(state.handshakes).toBeUndefined()
    expect(state.firstCarriages).toEqual([
      {
        ...{ events: [1, 2], what: 'response', connection: 1, atUs: 4_000, bytes: 300, payloadBytes: 300 },
        ...{ request: { atUs: 3_000, bytes: 500 }, askedAgainUs: 5_000 },
        ...{ requestsSoFar: 2, bytesSoFar: 1_500 },
      },
    ])
    expect(state.latestCarriages).toEqual(state.firstCarriages)
  })

  test('keeps the beginning for an hour, and is bounded', () => {
    const units = Array.from({ length: 20_000 }, (_, i) => unit(i + 2, 'frame', 10, [i + 1]))
    const state = only(began(sse), unit(1, 'handshake-request', 500), ...units)
    expect(state).toMatchObject({ beganBy: 'handshake-request', handshakes: 1 })
    expect(state.firstCarriages).toHaveLength(1_000)
    expect(state.firstCarriages?.[0]).toMatchObject({ events: [1], bytesSoFar: 510, requestsSoFar: 1 })
    expect(state.latestCarriages).toHaveLength(200)
    expect(state.latestCarriages?.at(-1)?.events).toEqual([20_000])
    const requests = Array.from({ length: 1_000 }, (_, i) => unit(i + 1, 'request', 10))
    expect(only(began(sse), ...requests).requestedUs).toHaveLength(600)
  })

  test('says how many events an answer left behind because it was full', () => {
    const big = (seq: number, atUs: number) =>
      ({ ...published(seq, atUs), payloadBytes: 16_384 }) as StageEntry
    const poll = began({ ...sse, technique: 'short-poll' })
    const feed = Array.from({ length: 9 }, (_, i) => big(i + 1, (i + 1) * 1_000))
    const asked = unit(500, 'request', 500)
    const held = (events: number[], request = asked) =>
      only(poll, ...feed, request, unit(501, 'response', 200, events)).heldBack
    expect(held([1, 2, 3, 4])).toBe(5)
    expect(held([1, 2, 3, 4, 5, 6, 7, 8, 9])).toBe(0)
    // It was not there yet when the answer was made, or there was room for it.
    expect(held([1, 2, 3, 4], unit(5, 'request', 500))).toBe(0)
    expect(held([1, 2, 3])).toBe(0)
  })

  test('keeps which settings held since when', () => {
    const settings = { ...defaultStageSettings, addedDelayMs: 100 }
    expect(stateAfter(began(sse), { kind: 'changed', atUs: 7, settings }).periods).toEqual([
      { fromUs: 0, settings: defaultStageSettings },
      { fromUs: 7, settings },
    ])
  })

  test('keeps how a lane stood at its first 100 answers', () => {
    const poll = { id: lane, technique: 'short-poll' }
    const answered = (atUs: number): StageEntry => ({ kind: 'answered', atUs, lane, events: 0 })
    const log = Array.from({ length: 200 }, (_, i) => [unit(i + 1, 'request', 500), answered(i + 1)]).flat()
    const { firstAnswers, answers } = only(began(poll), ...log)
    expect(answers).toBe(199)
    expect(firstAnswers).toHaveLength(100)
    // The first answer of all only fetches a cursor.
    expect(firstAnswers?.[0]).toEqual({ atUs: 2, events: 0, requestsSoFar: 2, bytesSoFar: 1_000 })
  })
})

const logs = fc
  .record({
    seed: fc.nat(),
    events: fc.integer({ min: 1, max: 30 }),
    forgetful: fc.boolean(),
    cutMs: fc.integer({ min: 200, max: 3_000 }),
    tabs: fc.integer({ min: 1, max: 3 }),
    addedDelayMs: fc.constantFrom(0, 50),
  })
  .map(({ seed, events, forgetful, cutMs, tabs, addedDelayMs }) =>
    logFixture({
      ...{ seed, events, settings: { ratePerSecond: 5, pollIntervalMs: 500, addedDelayMs } },
      lanes: [
        'short-poll',
        'long-poll',
        { id: 'w', technique: 'websocket', forgetful },
        { id: 's', technique: 'sse', tabs },
      ],
      changes: [
        { atMs: cutMs, network: 'cut' },
        { atMs: cutMs + 700, network: 'up' },
      ],
    }),
  )

describe('whatever the log', () => {
  test('its state does not depend on how it is batched', () => {
    fc.assert(
      fc.property(logs, fc.array(fc.integer({ min: 1, max: 40 })), (log, sizes) => {
        const rest = [...log]
        let state: StageState | undefined
        for (const size of sizes) state = advance(state, rest.splice(0, size))
        state = advance(state, rest)
        expect(state).toEqual(advance(undefined, log))
      }),
      { numRuns: 40 },
    )
  })

  test('its state is a plain value: a copy goes on as the state itself would', () => {
    fc.assert(
      fc.property(logs, fc.double({ min: 0, max: 1, noNaN: true }), (log, share) => {
        const half = Math.floor(share * log.length)
        const copy = structuredClone(advance(undefined, log.slice(0, half)))
        expect(advance(copy, log.slice(half))).toEqual(advance(undefined, log))
      }),
      { numRuns: 40 },
    )
  })

  test('counters are the sums of units, and never fall or are negative', () => {
    fc.assert(
      fc.property(logs, (log) => {
        let state: StageState | undefined
        const before = new Map<string, number>()
        for (const entry of log) {
          state = advance(state, [entry])
          for (const lane of state?.lanes ?? []) {
            for (const name of ['bytes', 'requests', 'answers', 'emptyAnswers', 'pageBytes'] as const) {
              const key = `${lane.spec.id} ${name}`
              expect(lane[name]).toBeGreaterThanOrEqual(before.get(key) ?? 0)
              before.set(key, lane[name])
            }
            expect(lane.emptyAnswers).toBeLessThanOrEqual(lane.answers)
          }
        }
        for (const lane of state?.lanes ?? []) {
          const units = log.filter((entry) => entry.kind === 'unit' && entry.lane === lane.spec.id) as Unit[]
          const sum = (of: (unit: Unit) => number) => units.reduce((total, unit) => total + of(unit), 0)
          expect(lane.bytes).toBe(sum(({ bytes }) => bytes))
          expect(lane.bytesUp + lane.bytesDown).toBe(lane.bytes)
          for (const name of byteClasses) {
            expect(lane.sums[name]).toBe(sum(({ sums }) => sums[name] ?? 0))
            const up = sum(({ direction, sums }) => (direction === 'up' ? (sums[name] ?? 0) : 0))
            expect(lane.sumsUp?.[name]).toBe(up)
          }
        }
      }),
      { numRuns: 6 },
    )
  })

  test('an event is received or lost, not both, in a lane that was open', () => {
    fc.assert(
      fc.property(logs, (log) => {
        const { lanes, changes } = advance(undefined, log) as StageState
        for (const { lost, received, spec } of lanes) {
          const had = new Set(received.filter(({ tab }) => tab === 1).map(({ seq }) => seq))
          expect(lost.filter((seq) => had.has(seq))).toEqual([])
          // Without an event there is no cursor to come back with.
          const hadCursor = (received[0]?.atUs ?? 0) < (changes[0]?.atUs ?? 0)
          if (hadCursor && !spec.forgetful) expect(lost).toEqual([])
        }
      }),
      { numRuns: 40 },
    )
  })

  test('agrees with the sockets only while it has counted what was tapped itself', () => {
    const totals = (atUs: number, bytes: number): StageEntry => ({
      ...{ kind: 'totals', atUs, lane, socketUp: 0, socketDown: bytes, tappedUp: 0, tappedDown: bytes },
    })
    expect(only(began(sse), down(1, [], 10), totals(2, 10)).agrees).toBe(true)
    // A unit that is half there.
    expect(only(began(sse), down(1, [], 10), totals(2, 15)).agrees).toBe(true)
    expect(only(began(sse), down(1, [], 10), totals(2, 15), down(3, [], 10), totals(4, 20)).agrees).toBe(true)
    // What the log has never told, and what nobody has tapped.
    expect(only(began(sse), totals(2, 10), totals(3, 20)).agrees).toBe(false)
    expect(only(began(sse), down(1, [], 10), totals(2, 5)).agrees).toBe(false)
  })

  test('stays small however long a class is, and counts on', () => {
    let state = stateAfter(began(sse), opened(1))
    for (let seq = 1; seq <= 30_000; seq++) {
      const atUs = seq * 1_000
      state = advance(state, [
        published(seq, atUs),
        down(atUs + 1, [seq]),
        received(seq, atUs + 2),
      ]) as StageState
    }
    const [last] = state.lanes
    const { sent, receivedUs, has } = traceOf(last as LaneState)
    expect(last?.received.length).toBeLessThan(12_001)
    expect([last?.received[0]?.seq, last?.received.at(-1)?.seq]).toEqual([1, 30_000])
    expect([sent.size, receivedUs[0]?.size].every((size) => size !== undefined && size <= 8_000)).toBe(true)
    expect(has[0]).toEqual([[1, 30_000]])
    expect({ count: last?.receivedCount, lost: last?.lost, bytes: last?.bytes }).toEqual({
      ...{ count: 30_000, lost: [], bytes: 300_000 },
    })
    // One of the forgotten ones, again.
    expect(advance(state, [received(5_000, 40_000_000)])?.lanes[0]?.duplicated).toEqual([5_000])
  })
})
