import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { advance } from '../log/advance.ts'
import type { StageEntry } from '../log/entries.ts'
import { unpackLog } from '../log/recording-format.ts'
import type { StageState } from '../log/state.ts'
import { lessons } from './index.ts'
import type { Lesson, WorksheetQuestion } from './lesson.ts'
import { gradeWorksheet, momentsOf, worksheetFile } from './worksheet-file.ts'

/** A real run of each lesson. */
async function logOf({ id }: Lesson): Promise<StageEntry[]> {
  return unpackLog(JSON.parse(readFileSync(new URL(`recordings/${id}.json`, import.meta.url), 'utf8')).log)
}

function mayBeOff({ tolerance: { relative = 0, absolute = 0 } }: WorksheetQuestion, own: number): number {
  return Math.max(Math.abs(own) * relative, absolute)
}

/** Every value that each question had, entry by entry. */
function valuesOf({ worksheet }: Lesson, log: readonly StageEntry[]): Map<string, Set<number>> {
  const values = new Map(worksheet.map(({ id }) => [id, new Set<number>()]))
  let state: StageState | undefined
  let from = 0
  // Where a run is looked at when it is graded, and everywhere else.
  for (const to of new Set([...momentsOf(log), ...log.keys(), log.length].sort((a, b) => a - b))) {
    state = advance(state, log.slice(from, to))
    from = to
    if (!state) continue
    for (const { id, answer } of worksheet) {
      const value = answer(state)
      if (value !== undefined) values.get(id)?.add(value)
    }
  }
  return values
}

describe.each(lessons)('in a run of lesson $number, $id', (lesson) => {
  test('each question has one answer, whenever it is read', async () => {
    const log = await logOf(lesson)
    for (const [id, values] of valuesOf(lesson, log)) {
      const question = lesson.worksheet.find((one) => one.id === id) as WorksheetQuestion
      const [own = Number.NaN] = values
      const spread = Math.max(...values) - Math.min(...values)
      expect(spread, `${id}: ${[...values]}`).toBeLessThanOrEqual(mayBeOff(question, own))
    }
  })

  test('an answer is right within the tolerance, and told to be off beyond it', async () => {
    const log = await logOf(lesson)
    const state = advance(undefined, log) as StageState
    const marksOf = (answers: Record<string, number>) =>
      gradeWorksheet(
        lesson,
        worksheetFile({ lesson, language: 'en', answers, log, savedAt: new Date(0) }),
      ).map(({ mark }) => mark)
    const owns = lesson.worksheet.map((question) => ({ question, own: question.answer(state) as number }))
    const answersOff = (by: (most: number) => number) =>
      Object.fromEntries(owns.map(({ question, own }) => [question.id, own + by(mayBeOff(question, own))]))
    const all = (mark: string) => lesson.worksheet.map(() => mark)
    expect(marksOf(answersOff(() => 0))).toEqual(all('right'))
    expect(marksOf(answersOff((most) => 0.9 * most))).toEqual(all('right'))
    // What has several values within the tolerance is off beyond twice that.
    const further = fc.tuple(fc.constantFrom(-1, 1), fc.double({ min: 2.1, max: 1e3, noNaN: true }))
    fc.assert(
      fc.property(further, ([sign, times]) => {
        expect(marksOf(answersOff((most) => sign * times * Math.max(most, 0.5)))).toEqual(all('off'))
      }),
      { numRuns: 5 },
    )
  })
})
