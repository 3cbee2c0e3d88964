import { expect, test } from 'vitest'
import { defaultStageSettings, type StageEntry, type Unit } from '../../server/classroom/stage-log.ts'
import { StageBook } from './stage-book.ts'

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

test('a log that has grown too long forgets its oldest units, and nothing that was published', () => {
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
  expect(kept.map((entry) => entry.unit)).toEqual(kept.map((_, i) => 201 - kept.length + i))
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
