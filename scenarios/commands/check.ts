import { readFileSync, statSync } from 'node:fs'
import {
  inWords,
  type Language,
  list,
  type Said,
  say,
  sentences,
  type Text,
  wordsIn,
} from '../../report/words/say.ts'
import { utf8Text } from '../../results/text.ts'
import { PushlabError } from '../../server/error.ts'
import { lessonOf, lessons } from '../classroom/lessons/index.ts'
import type { Lesson, WorksheetQuestion } from '../classroom/lessons/lesson.ts'
import { type Grade, gradeWorksheet, type Mark } from '../classroom/lessons/worksheet-file.ts'
import { MOST_FILE_BYTES, readWorksheet } from '../classroom/lessons/worksheet-schema.ts'
import { chinese } from '../classroom/words/catalogue.ts'
import { ExitCode } from '../exit.ts'

const marks: Record<Mark, Said> = {
  right: say`✓ right`,
  off: say`✗ off`,
  missing: say`– no answer`,
  'not-observed': say`? not seen in this run`,
}

/**
 * `pushlab check N FILE`: grades the numbers of a worksheet against the student's own run. Exit code 3 where some are
 * off or missing.
 */
export function check(number: string, file: string, { lang }: { lang: Language }): void {
  const lesson = /^\d+$/.test(number) ? lessonOf(Number(number)) : undefined
  if (!lesson) {
    throw new PushlabError('BAD_INPUT', `There is no lesson ${number}. There are 1 to ${lessons.length}.`)
  }
  const grades = gradeWorksheet(lesson, readWorksheet(read(file), file, lesson))
  console.log(gradesText(lesson, grades, lang))
  process.exitCode = grades.every(({ mark }) => mark === 'right') ? ExitCode.fine : ExitCode.threshold
}

function read(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false })
  if (!stats) {
    throw new PushlabError(
      'BAD_INPUT',
      `There is no file ${file}. A browser saves worksheets in its folder for downloads; give the path from there.`,
    )
  }
  if (!stats.isFile()) {
    throw new PushlabError(
      'BAD_INPUT',
      `${file} is no file. Give the worksheet that the self-study page has saved.`,
    )
  }
  if (stats.size > MOST_FILE_BYTES) {
    const [size, most] = [stats.size, MOST_FILE_BYTES].map((bytes) => Math.ceil(bytes / 1024 / 1024))
    throw new PushlabError(
      'BAD_INPUT',
      `${file} has ${size} MiB; a worksheet has ${most} MiB at most. Start the lesson again, answer, and save sooner.`,
    )
  }
  return utf8Text(readFileSync(file), file)
}

/** What is printed. Exported for tests. */
export function gradesText(lesson: Lesson, grades: readonly Grade[], lang: Language): string {
  const words = wordsIn(lang, chinese)
  const inLanguage = (text: Text) => inWords(text, words)
  const head = [say`your answer`, say`your run`, say`verdict`].map(inLanguage)
  const rows = grades.map(({ question, given, own, mark }) => [
    amount(question, given ?? undefined),
    amount(question, own),
    inLanguage(marks[mark]),
  ])
  const widths = head.map((text, column) =>
    Math.max(...[text, ...rows.map((row) => row[column] ?? '')].map(columnsOf)),
  )
  const line = (cells: readonly string[]) =>
    `    ${cells.map((text, column) => padded(text, widths[column] ?? 0)).join('   ')}`.trimEnd()
  return [
    inLanguage(say`Lesson ${lesson.number}: ${lesson.title}`),
    '',
    line(head),
    ...grades.flatMap(({ question }, i) => [
      '',
      `${String(i + 1).padStart(2)}. ${inLanguage(question.text)}`,
      line(rows[i] as string[]),
      `    ${inLanguage(say`theory: ${question.theory}`)}`,
    ]),
    '',
    inLanguage(conclusion(grades)),
  ].join('\n')
}

function conclusion(grades: readonly Grade[]): Said {
  const numbers = (...kinds: Mark[]) => grades.flatMap(({ mark }, i) => (kinds.includes(mark) ? [i + 1] : []))
  const right = numbers('right').length
  const again = numbers('off', 'missing')
  const unseen = numbers('not-observed')
  if (right === grades.length) return say`All ${right} are right.`
  return sentences([
    say`${right} of ${grades.length} are right.`,
    ...(again.length > 0 ? [say`Look again at ${list(again)}.`] : []),
    ...(unseen.length > 0 ? [say`To be observed first, then answered: ${list(unseen)}.`] : []),
  ])
}

function amount({ unit }: WorksheetQuestion, value: number | undefined): string {
  if (value === undefined) return '-'
  const number = value.toLocaleString('en-US', { maximumFractionDigits: Math.abs(value) < 10 ? 2 : 1 })
  return unit ? `${number} ${unit}` : number
}

/** How many columns of a terminal a text takes: a Han character and its punctuation take two. */
function columnsOf(text: string): number {
  return [...text].reduce(
    (sum, char) =>
      sum +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/.test(
        char,
      )
        ? 2
        : 1),
    0,
  )
}

function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)))
}
