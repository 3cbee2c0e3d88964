import { expect, test } from 'vitest'
import { advance } from '../log/advance.ts'
import { defaultStageSettings, type StageEntry, type Unit } from '../log/entries.ts'
import { logFixture } from '../log/fixture.ts'
import type { StageState } from '../log/state.ts'
import { StageBook } from './book.ts'

const began: StageEntry = { kind: 'began', atUs: 0, run: 1, lanes: [], settings: defaultStageSettings }
const unit = (number: number): Unit => ({
  ...{ kind: 'unit', atUs: number, fromUs: number, lane: 'sse', connection: 1, unit: number },
  ...{ direction: 'up', what: 'frame', bytes: 1, sums: { payload: 1 }, events: [], shown: 'AA==' },
  spans: [[0, 1, 'payload', 'event']],
})
const published = (seq: number): StageEntry => ({
  ...{ kind: 'published', atUs: seq, seq, dueUs: seq, payloadBytes: 16 },
})

test('a log keeps the bytes of its latest units alone, and changes no entry that somebody may hold', () => {
  const book = new StageBook({ detailedUnits: 2 })
  const units = [unit(1), unit(2), unit(3), unit(4)]
  for (const entry of [began, ...units]) book.add(entry)
  expect(book.entries.slice(1)).toEqual([
    { ...units[0], shown: '', spans: [] },
    { ...units[1], shown: '', spans: [] },
    units[2],
    units[3],
  ])
  expect(units[0]?.shown).toBe('AA==')
})

test('a log that has grown too long forgets units behind its beginning, and nothing that was published', () => {
  const book = new StageBook({ entries: 300, detailedUnits: 10 })
  book.add(began)
  for (let i = 1; i <= 200; i++) {
    book.add(published(i))
    book.add(unit(i))
  }
  const { entries, forgotten } = book
  expect(entries.length + forgotten).toBe(401)
  expect(entries[0]).toBe(began)
  expect(entries.filter(({ kind }) => kind === 'published')).toHaveLength(200)
  const kept = entries.filter((entry) => entry.kind === 'unit')
  const numbers = kept.map((entry) => entry.unit)
  // A tenth of the log is its beginning; behind the gap all are there.
  const first = numbers.findIndex((number, i) => number !== i + 1)
  expect(first).toBeGreaterThan(10)
  expect(numbers.slice(first)).toEqual(numbers.slice(first).map((_, i) => 201 - numbers.length + first + i))
  expect(kept.at(-1)?.shown).toBe('AA==')
})

test('a log of nothing but publications is bounded, too, and begins where it began', () => {
  const book = new StageBook({ entries: 100 })
  book.add(began)
  for (let i = 1; i <= 1_000; i++) book.add(published(i))
  expect(book.entries.length).toBeLessThanOrEqual(100)
  expect(book.entries[0]).toBe(began)
  expect(book.entries.at(-1)).toEqual(published(1_000))
  expect(book.entries.length + book.forgotten).toBe(1_001)
})

test('what a page told by a wrong clock is mended, and folds as if it had been right', () => {
  const [, ...right] = logFixture({ events: 20, settings: { ratePerSecond: 5 } })
  const watching: StageEntry = { kind: 'player', atUs: 0, isHere: true }
  const hidden: StageEntry = { kind: 'player', atUs: 9_000_000, isHere: true, isHidden: true }
  const lanes = ['sse', 'websocket', 'short-poll'].map((id) => ({ id, technique: id }))
  const start = { ...began, lanes } as StageEntry
  const isSight = (kind: StageEntry['kind']) => ['asked', 'opened', 'answered', 'received'].includes(kind)
  const late = (entry: StageEntry) => (isSight(entry.kind) ? { ...entry, atUs: entry.atUs - 83_211 } : entry)
  const before: StageEntry = { kind: 'opened', atUs: 3, lane: 'sse' }
  const book = new StageBook()
  for (const entry of [start, before, watching, ...right.map(late), hidden]) book.add(entry)
  const delays = () =>
    (advance(undefined, book.entries) as StageState).lanes.flatMap(({ received }) =>
      received.map(({ delayUs }) => delayUs),
    )
  expect(Math.min(...delays())).toBeLessThan(400)
  expect(book.mend(83_211, 1e9)).toBe(true)
  expect(book.entries).toEqual([start, before, watching, ...right, hidden])
  expect(advance(undefined, book.entries)).toEqual(
    advance(undefined, [start, before, watching, ...right, hidden]),
  )
  // No time is before the stage's beginning, or has not come yet.
  book.mend(-1e9, 50)
  expect(Math.min(...book.entries.map(({ atUs }) => atUs))).toBe(0)
  book.mend(1e9, 50)
  expect(book.entries.findLast(({ kind }) => kind === 'received')?.atUs).toBe(50)
})

const run = { lane: 'sse', connection: 1 }
const counters = (entries: readonly StageEntry[]) => {
  const state = advance(undefined, entries) as StageState
  return state.lanes.map((lane) => ({
    ...{ events: state.events.length, lost: lane.lost, duplicated: lane.duplicated, agrees: lane.agrees },
    ...{ received: lane.receivedCount, latest: lane.received.at(-1), first: lane.received[0] },
    ...{ requests: lane.requests, answers: lane.answers, emptyAnswers: lane.emptyAnswers },
    ...{ bytes: lane.bytes, up: lane.bytesUp, down: lane.bytesDown, sums: lane.sums, sumsUp: lane.sumsUp },
    ...{ openedUs: lane.openedUs, isOpen: lane.isOpen, carriage: lane.firstCarriages?.[0] },
  }))
}

/** A page that has been there all the time, and one that reloads, have to see the same, whenever that is. */
test('who reads a log that has forgotten comes to the same counters as who has read all of it', () => {
  const book = new StageBook({ entries: 1_500 })
  const all: StageEntry[] = []
  const add = (entry: StageEntry) => {
    book.add(entry)
    all.push(entry)
  }
  const lanes = [
    { id: 'sse', technique: 'sse', tabs: 2 },
    { id: 'short-poll', technique: 'short-poll' },
  ]
  add({ kind: 'began', atUs: 0, run: 1, lanes, settings: defaultStageSettings })
  for (const tab of [1, 2]) add({ kind: 'opened', atUs: 1, lane: 'sse', tab })
  add({ kind: 'opened', atUs: 1, lane: 'short-poll' })
  let units = 0
  let down = 0
  let up = 0
  for (let seq = 1; seq <= 600; seq++) {
    const atUs = seq * 1_000
    // Now and then the browser tells before the feed, an event is lost in a lane, or comes twice.
    if (seq % 13 === 0) add({ kind: 'received', atUs: atUs + 2, lane: 'sse', tab: 1, seq })
    add({ kind: 'published', atUs, dueUs: atUs, seq, payloadBytes: 100 })
    const sums = { payload: 100, framing: 21 }
    const piece = { ...run, fromUs: atUs, shown: 'AA', spans: [] }
    add({
      ...{ kind: 'unit', atUs: atUs + 1, ...piece, unit: ++units, direction: 'down', what: 'chunk' },
      ...{ bytes: 121, sums, events: [seq] },
    })
    down += 121
    if (seq % 13 !== 0 && seq % 7 !== 0) add({ kind: 'received', atUs: atUs + 2, lane: 'sse', tab: 1, seq })
    add({ kind: 'received', atUs: atUs + 2, lane: 'sse', tab: 2, seq })
    if (seq % 31 === 0) add({ kind: 'received', atUs: atUs + 3, lane: 'sse', tab: 2, seq })
    add({ kind: 'asked', atUs: atUs + 4, lane: 'short-poll' })
    add({
      ...{ kind: 'unit', atUs: atUs + 5, ...piece, lane: 'short-poll', unit: ++units, direction: 'up' },
      ...{ what: 'request', bytes: 50, sums: { header: 50 }, events: [] },
    })
    up += 50
    add({ kind: 'answered', atUs: atUs + 6, lane: 'short-poll', events: 0 })
    if (seq % 50 === 0) {
      const sockets = { socketUp: 0, socketDown: down, tappedUp: 0, tappedDown: down }
      add({ kind: 'totals', atUs: atUs + 7, lane: 'sse', ...sockets })
      const others = { socketUp: up, socketDown: 0, tappedUp: up, tappedDown: 0 }
      add({ kind: 'totals', atUs: atUs + 7, lane: 'short-poll', ...others })
    }
    expect(book.entries.length).toBeLessThanOrEqual(1_500)
  }
  expect(book.forgotten).toBeGreaterThan(0)
  expect(book.entries.length + book.forgotten).toBe(all.length)
  const whole = counters(all)
  expect(whole[0]?.lost.length).toBeGreaterThan(50)
  expect(whole[0]?.agrees).toBe(true)
  expect(counters(book.entries)[0]).toEqual(whole[0])
  expect(counters(book.entries)[1]).toEqual(whole[1])
  expect(book.entries.filter(({ kind }) => kind === 'published')).toHaveLength(600)
})
