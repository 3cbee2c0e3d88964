import { globSync, readFileSync } from 'node:fs'
import Type from 'typebox'
import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { advance } from '../log/advance.ts'
import type { StageEntry, Unit } from '../log/entries.ts'
import { type Recording, unpackLog } from '../log/recording-format.ts'
import type { StageState } from '../log/state.ts'
import { lessons } from './index.ts'
import type { Lesson } from './lesson.ts'
import { WORKSHEET_SCHEMA } from './worksheet-file.ts'
import { readWorksheet } from './worksheet-schema.ts'

const FOLDER = new URL('./recordings/', import.meta.url)
/** Three pages carry all of them. */
const MOST_BYTES = 120_000

const RecordingSchema = Type.Object(
  {
    schema: Type.Literal('pushlab/recording@1'),
    lesson: Type.Enum(lessons.map(({ id }) => id)),
    recordedAt: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' }),
    log: Type.String({ pattern: '^[A-Za-z0-9+/]+=*$' }),
  },
  { additionalProperties: false },
)

function textOf({ id }: Lesson): string {
  return readFileSync(new URL(`${id}.json`, FOLDER), 'utf8')
}

async function logOf(lesson: Lesson): Promise<StageEntry[]> {
  const recording: Recording = JSON.parse(textOf(lesson))
  return unpackLog(recording.log)
}

const unitsOf = (log: readonly StageEntry[], lane: string) =>
  log.filter((entry): entry is Unit => entry.kind === 'unit' && entry.lane === lane)

test('there is one for every lesson, and no other', () => {
  expect(globSync('*', { cwd: FOLDER }).sort()).toEqual(lessons.map(({ id }) => `${id}.json`).sort())
})

test.each(lessons)('that of $id is small, and as a recording has to be', async (lesson) => {
  const text = textOf(lesson)
  expect(text.length).toBeLessThan(MOST_BYTES)
  const recording = JSON.parse(text)
  expect([...Value.Errors(RecordingSchema, recording)]).toEqual([])
  expect(recording.lesson).toBe(lesson.id)
  const log = await logOf(lesson)
  // The same schema as a saved run's, which holds no bytes.
  const kept = log.map((entry) => {
    if (entry.kind !== 'unit') return entry
    const { shown, spans, ...rest } = entry
    expect(spans.length > 0).toBe(shown !== '')
    return rest
  })
  const file = { schema: WORKSHEET_SCHEMA, lesson: lesson.number, language: 'en', answers: {}, log: kept }
  readWorksheet(JSON.stringify({ ...file, savedAt: recording.recordedAt }), lesson.id, lesson)
  expect(log[0]).toMatchObject({ lanes: lesson.setup.lanes, settings: lesson.setup.settings })
})

test.each(lessons)(
  'in that of $id every step ticks and says what was seen, and every question has an answer',
  async (lesson) => {
    const ticked = new Set<string>()
    const texts: string[] = []
    let state: StageState | undefined
    // Some ms at a time, as a page plays it.
    const log = await logOf(lesson)
    for (let at = 0; at < log.length; at += 5) {
      state = advance(state, log.slice(at, at + 5))
      if (!state) continue
      for (const { id, isDone, seen } of lesson.steps) {
        if (ticked.has(id) || !isDone(state)) continue
        ticked.add(id)
        texts.push(String(seen?.(state)))
      }
    }
    // What is said of a done step denies nothing of it: no part of a goal, nothing that is still to come.
    for (const text of texts) {
      expect(text).not.toMatch(/undefined|NaN|Infinity|not yet|awaited|^No /i)
      for (const [whole, part, goal] of text.matchAll(/(?<!in )\b([\d,]+) of ([\d,]+)/g))
        expect(part, `${whole} in “${text}”`).toBe(goal)
    }
    expect([...ticked].sort()).toEqual(lesson.steps.map(({ id }) => id).sort())
    const unanswered = lesson.worksheet.filter(({ answer }) => !Number.isFinite(answer(state as StageState)))
    expect(unanswered.map(({ id }) => id)).toEqual([])
  },
)

test.each(lessons)('in that of $id the bytes of units, tap, sockets and counters agree', async (lesson) => {
  const log = await logOf(lesson)
  const state = advance(undefined, log) as StageState
  for (const { spec, bytes, bytesUp, bytesDown, sums, agrees } of state.lanes) {
    const units = unitsOf(log, spec.id)
    const sum = units.reduce((total, unit) => total + unit.bytes, 0)
    expect([bytes, bytesUp + bytesDown], spec.id).toEqual([sum, sum])
    expect(Object.values(sums).reduce((total, some) => total + some, 0)).toBe(sum)
    expect(agrees, spec.id).toBe(true)
    const totals = log.filter((entry) => entry.kind === 'totals').filter(({ lane }) => lane === spec.id)
    const last = totals.at(-1)
    if (!last) throw new Error(`${spec.id} has no totals`)
    expect([last.tappedUp, last.tappedDown]).toEqual([last.socketUp, last.socketDown])
    const until = units
      .filter((unit) => log.indexOf(unit) < log.indexOf(last))
      .reduce((total, unit) => total + unit.bytes, 0)
    expect(until, spec.id).toBe(last.socketUp + last.socketDown)
  }
})

test.each(lessons)('that of $id tells nothing of who recorded it, nor of where', async (lesson) => {
  const log = await logOf(lesson)
  const bytes = log.flatMap((entry) => (entry.kind === 'unit' ? [atob(entry.shown)] : []))
  const text = [JSON.stringify(log), ...bytes].join('\n')
  expect(text).not.toMatch(/\/home\/|\/root\/|\/work\/|\/tmp\/|file:|cookie:|authorization:/i)
  const hosts = [...text.matchAll(/^host: ?([^\r\n:]+)/gim)].map(([, host]) => host)
  expect([...new Set(hosts)]).toEqual(['127.0.0.1'])
})
