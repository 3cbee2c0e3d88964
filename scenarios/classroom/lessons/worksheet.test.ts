import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { english } from '../../../report/words/say.ts'
import { PushlabError } from '../../../server/error.ts'
import { chinese } from '../words/catalogue.ts'
import { lessonOf, lessons } from './index.ts'
import type { Lesson } from './lesson.ts'
import { answerKeyMarkup, worksheetMarkup } from './worksheet.ts'
import {
  gradeWorksheet,
  MOST_ENTRIES,
  MOST_MOMENTS,
  momentsOf,
  type WorksheetFile,
  worksheetFile,
} from './worksheet-file.ts'
import { answersOf, silence, silentRun } from './worksheet-fixture.ts'
import { readWorksheet } from './worksheet-schema.ts'

const right = { answers: 59, 'empty-share': 98.3, 'sse-requests': 1, 'bytes-per-poll': 676 }

function fileOf(answers: Record<string, number | null> = right, log = silentRun()): WorksheetFile {
  return worksheetFile({ lesson: silence, language: 'en', answers, log, savedAt: new Date(0) })
}

const marks = (file: WorksheetFile) => gradeWorksheet(silence, file).map(({ mark }) => mark)

describe('a worksheet is graded against its own run', () => {
  test('and the run says what theory does', () => {
    expect(answersOf(silence, silentRun(60))).toMatchObject({ answers: 59, 'sse-requests': 1 })
    expect(answersOf(silence, silentRun(60))['empty-share']).toBeCloseTo((59 / 60) * 100)
  })

  test('right, off, and missing', () => {
    expect(marks(fileOf())).toEqual(['right', 'right', 'right', 'right'])
    expect(marks(fileOf({ ...right, answers: 30, 'sse-requests': null }))).toEqual([
      'off',
      'right',
      'missing',
      'right',
    ])
  })

  test('by its first 60 answers, however long it went on', () => {
    const log = silentRun(100)
    expect(marks(fileOf(right, log))).toEqual(['right', 'right', 'right', 'right'])
    for (const answers of [58, 60, 77, 100]) expect(marks(fileOf({ ...right, answers }, log))[0]).toBe('off')
    const [grade] = gradeWorksheet(silence, fileOf({ ...right, answers: 99 }, log))
    expect(grade?.own).toBe(59)
  })

  test('what did not happen in the run is told apart from what is off', () => {
    expect(marks(fileOf(right, silentRun(40)))).toEqual([
      'not-observed',
      'not-observed',
      'not-observed',
      'not-observed',
    ])
  })

  test('a long run is looked at 300 times at most, at its end too, and right before each change', () => {
    const change = { kind: 'changed', atUs: 1, network: 'cut' } as const
    const log = [...silentRun(5_000)]
    const at = [101, 777, 9_999]
    for (const i of at) log.splice(i, 0, change)
    const moments = momentsOf(log)
    expect(moments.length).toBeGreaterThan(200)
    expect(moments.at(-1)).toBe(log.length)
    for (const i of at) expect(moments).toContain(i)
    const many = Array.from({ length: 5_000 }, () => change)
    expect(momentsOf([...log, ...many]).length).toBeLessThanOrEqual(MOST_MOMENTS)
    expect(momentsOf(log.slice(0, 3))).toEqual([1, 2, 3])
    let looks = 0
    const [question] = silence.worksheet
    const counting: Lesson = {
      ...silence,
      worksheet: [{ ...(question as Lesson['worksheet'][number]), answer: () => ++looks }],
    }
    gradeWorksheet(counting, fileOf(right, log))
    expect(looks).toBe(moments.length)
    expect(looks).toBeLessThanOrEqual(300)
  })
})

describe('the file', () => {
  test('holds the run without its bytes, and is read as it was saved', () => {
    const file = fileOf()
    const text = JSON.stringify(file)
    expect(text).not.toContain('R0VUIC8=')
    expect(text).not.toContain('spans')
    expect(readWorksheet(text, 'mine.json', silence)).toEqual(JSON.parse(text))
    expect(file.savedAt).toBe('1970-01-01T00:00:00.000Z')
  })

  test('asks every question, answered or not', () => {
    expect(fileOf({}).answers).toEqual({
      answers: null,
      'empty-share': null,
      'sse-requests': null,
      'bytes-per-poll': null,
    })
  })

  test('has no more of a log than can be read again', () => {
    const entry = { kind: 'player', atUs: 1, isHere: true } as const
    const log = [...silentRun(1), ...Array.from({ length: MOST_ENTRIES }, () => entry)]
    const file = fileOf(right, log)
    expect(file.log).toHaveLength(MOST_ENTRIES)
    expect(() => readWorksheet(JSON.stringify(file), 'long.json', silence)).not.toThrow()
  })

  const broken = (change: (file: Record<string, unknown> & { log: Record<string, unknown>[] }) => void) => {
    const file = JSON.parse(JSON.stringify(fileOf()))
    change(file)
    return JSON.stringify(file)
  }
  const pushInto = (entry: unknown) => broken((file) => file.log.push(entry as Record<string, unknown>))

  test.each([
    ['no JSON', '{"schema":', /mine\.json is not JSON .* Save the worksheet again/],
    ['nothing', 'null', /is no worksheet: it says no schema/],
    ['a list', '[]', /is no worksheet/],
    [
      'another schema',
      broken((file) => Object.assign(file, { schema: 'pushlab/recording@1' })),
      /"pushlab\/recording@1"/,
    ],
    [
      'a field too many',
      broken((file) => Object.assign(file, { extra: 1 })),
      /is not as a worksheet has to be/,
    ],
    [
      'an answer in words',
      broken((file) => Object.assign(file, { answers: { answers: 'sixty' } })),
      /\/answers/,
    ],
    [
      'an unknown question',
      broken((file) => Object.assign(file, { answers: { mean: 1 } })),
      /"mean", which lesson 2 does not ask/,
    ],
    ['an empty log', broken((file) => Object.assign(file, { log: [] })), /\/log/],
    ['no beginning', broken((file) => file.log.shift()), /log entry 1 is wrong: a log begins/],
    ['two beginnings', broken((file) => file.log.push(file.log[0] as never)), /begins once/],
    ['an unknown entry', pushInto({ kind: '__proto__', atUs: 1 }), /unknown kind "__proto__"/],
    ['no entry', pushInto(7), /unknown kind/],
    ['null for an entry', pushInto(null), /unknown kind/],
    [
      'a wrong entry',
      pushInto({ kind: 'received', atUs: 1, lane: 'sse', seq: -1 }),
      /\(received\) is wrong: \/seq/,
    ],
    [
      'a number that leaps',
      pushInto({ kind: 'published', atUs: 1, seq: 9_000_000, dueUs: 1, payloadBytes: 1 }),
      /event 9000000 follows event 1/,
    ],
    [
      'bytes of a prototype',
      pushInto({ ...silentRun(1)[3], sums: { toString: 1 }, shown: undefined, spans: undefined }),
      /\(unit\) is wrong/,
    ],
  ])('is refused with the way out if it is %s', (_, text, message) => {
    let refusal: unknown
    try {
      readWorksheet(text, 'mine.json', silence)
    } catch (error) {
      refusal = error
    }
    expect(refusal).toBeInstanceOf(PushlabError)
    expect((refusal as PushlabError).code).toBe('BAD_INPUT')
    expect((refusal as PushlabError).message).toMatch(message)
    expect((refusal as PushlabError).message).toContain('Save the worksheet again')
    expect((refusal as PushlabError).message.length).toBeLessThan(600)
  })

  test('of another lesson is refused with the command that it needs', () => {
    expect(() => readWorksheet(JSON.stringify(fileOf()), 'mine.json', lessonOf(3) as Lesson)).toThrow(
      'mine.json is the worksheet of lesson 2, not of lesson 3. Use: npx pushlab check 2 mine.json',
    )
  })

  test('of a stage that is not the lesson’s is refused', () => {
    const text = broken((file) => Object.assign(file, { lesson: 1, answers: {} }))
    expect(() => readWorksheet(text, 'mine.json', lessonOf(1) as Lesson)).toThrow(
      'lesson 1 has short-poll, sse. Observe the lesson itself',
    )
  })
})

describe.each(lessons)('of lesson $number', (lesson) => {
  const sheet = worksheetMarkup(lesson)
  const key = answerKeyMarkup(lesson)

  test('the sheet asks everything and gives nothing away', () => {
    const text = sheet.in(english)
    const shown = (words: unknown) =>
      String(words)
        .replaceAll('&', '&amp;')
        .replaceAll('"', '&quot;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
    for (const question of [lesson.predict, lesson.transfer]) {
      expect(text).toContain(shown(question.text))
      for (const { text: option, why } of question.options) {
        expect(text).toContain(shown(option))
        expect(text).not.toContain(shown(why))
      }
    }
    for (const { text: question, theory } of lesson.worksheet) {
      expect(text).toContain(shown(question))
      expect(text).not.toContain(shown(theory))
    }
    expect(text).not.toMatch(/✓|class="right"/)
  })

  test('the key marks the two right options, and tells theory and tolerance', () => {
    const text = key.in(english)
    expect(text.match(/✓/g)).toHaveLength(2)
    expect(text).toMatch(/the run's own value/)
    expect(text).toContain('35')
  })

  test('both are Chinese in Chinese', () => {
    for (const markup of [sheet, key]) {
      const text = markup
        .in(chinese)
        .replaceAll(/<[^>]*>/g, ' ')
        .replaceAll(/&\w+;/g, ' ')
      // Three English words in a row are a sentence that nobody has translated.
      expect(text).not.toMatch(/[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}/)
    }
  })
})

test('the style sheet knows every class of the markup', () => {
  const css = readFileSync(new URL('worksheet.css', import.meta.url), 'utf8')
  const markup = lessons
    .map((lesson) => worksheetMarkup(lesson).markup + answerKeyMarkup(lesson).markup)
    .join('')
  const classes = new Set(
    [...markup.matchAll(/class="([^"]+)"/g)].flatMap(([, names = '']) => names.split(' ')),
  )
  for (const name of ['key', 'steps']) classes.delete(name)
  expect([...classes].filter((name) => !css.includes(`.${name}`))).toEqual([])
})
