import { useSignal } from '@preact/signals'
import { readNumber } from '../../../report/read-number.ts'
import { type Said, say } from '../../../report/words/say.ts'
import type { Lesson, WorksheetQuestion } from '../lessons/lesson.ts'
import { type Grade, gradeWorksheet, worksheetFile } from '../lessons/worksheet-file.ts'
import { language, t } from './language.ts'
import { answer, progress } from './learn-progress.ts'
import { saveAsFile } from './save-as-file.ts'
import type { Watch } from './watch.ts'

/** The numbers of a lesson's worksheet, read off the own run, checked at once against it, and saved for `pushlab check`. */
export function WorksheetForm({ lesson, watch }: { lesson: Lesson; watch: Watch }) {
  const grades = useSignal<{ lesson: number; grades: Grade[] } | undefined>(undefined)
  const own = grades.value?.lesson === lesson.number ? grades.value.grades : []
  const ids = lesson.setup.lanes.map(({ id }) => id)
  const hasRun = watch.calmState.value?.lanes.map(({ spec }) => spec.id).join() === ids.join()
  const file = () =>
    worksheetFile({
      lesson,
      language: language.value,
      answers: Object.fromEntries(
        lesson.worksheet.map((question) => [question.id, written(lesson, question).value]),
      ),
      log: watch.log(),
      savedAt: new Date(),
    })
  return (
    <form
      class="worksheet panel stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (hasRun) grades.value = { lesson: lesson.number, grades: gradeWorksheet(lesson, file()) }
      }}
    >
      <h2>{t(say`Worksheet of your run`)}</h2>
      {!hasRun && (
        <p class="notice">
          {t(say`There is no run of this lesson to read from: go back and observe it first.`)}
        </p>
      )}
      {lesson.worksheet.map((question) => {
        const grade = own.find((one) => one.question.id === question.id)
        const { unread } = written(lesson, question)
        return (
          <label key={question.id}>
            <span>{t(question.text)}</span>
            <span class="row">
              <input
                // Not of the type number: that drops the commas of who writes 0,5.
                type="text"
                inputMode="decimal"
                autoComplete="off"
                aria-invalid={unread !== undefined}
                value={progress.value.answers[`${lesson.number}/${question.id}`] ?? ''}
                onInput={({ currentTarget }) =>
                  answer(`${lesson.number}/${question.id}`, currentTarget.value)
                }
              />
              <span>{question.unit}</span>
              {(unread || grade) && (
                <output class={`verdict ${unread ? 'off' : grade?.mark}`}>
                  {t(unread ?? markText(grade as Grade))}
                </output>
              )}
            </span>
          </label>
        )
      })}
      <div class="row">
        <button type="submit" class="main" aria-disabled={hasRun ? undefined : 'true'}>
          {t(say`Check`)}
        </button>
        <button
          type="button"
          aria-disabled={hasRun ? undefined : 'true'}
          onClick={() => hasRun && saveAsFile(`pushlab-lesson-${lesson.number}.json`, JSON.stringify(file()))}
        >
          {t(say`Save as a file`)}
        </button>
        <span class="quiet">{t(say`The file is for: pushlab check ${lesson.number} FILE`)}</span>
      </div>
    </form>
  )
}

/** What stands in a question's field, with its unit or without, and why it cannot be read. */
function written(
  { number }: Lesson,
  { id, unit }: WorksheetQuestion,
): { value: number | null; unread?: Said } {
  const text = progress.value.answers[`${number}/${id}`]?.normalize('NFKC').trim() ?? ''
  const value = readNumber(text.endsWith(unit) ? text.slice(0, text.length - unit.length) : text)
  if (typeof value === 'number') return { value }
  if (text === '') return { value: null }
  return {
    value: null,
    unread: value
      ? say`✗ This may be ${value[0]} or ${value[1]}: write it without the comma.`
      : say`✗ This is no number: write 0.5 or 0,5.`,
  }
}

function markText({ mark, own, question: { unit } }: Grade): Said {
  const value = own === undefined ? '' : `${Number(own.toPrecision(4))}${unit === '' ? '' : ` ${unit}`}`
  switch (mark) {
    case 'right':
      return say`✓ Right for your run.`
    case 'off':
      return say`✗ Your run says ${value}.`
    case 'missing':
      return say`Nothing written yet.`
    case 'not-observed':
      return say`This did not happen in your run.`
  }
}
