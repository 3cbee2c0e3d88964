import { format } from '../../../report/format.ts'
import { say } from '../../../report/words/say.ts'
import type { Lesson, WorksheetQuestion } from '../lessons/lesson.ts'
import type { StageState } from '../log/state.ts'
import { t } from './language.ts'

/** Why it is so, with the numbers of what was seen. */
export function Explanation({ lesson, state }: { lesson: Lesson; state: StageState | undefined }) {
  return (
    <div class="explanation stack">
      {lesson.explain(state).map((paragraph, i) => (
        // Paragraphs stay in their places while their numbers change.
        <p key={i}>{t(paragraph)}</p>
      ))}
    </div>
  )
}

/** For the last row: the answer in one sentence, what this run says in numbers, and the reasons small below. */
export function ShortExplanation({ lesson, state }: { lesson: Lesson; state: StageState | undefined }) {
  const right = lesson.predict.options.find(({ isRight }) => isRight)
  const rows = state
    ? lesson.worksheet.map(({ text, unit, answer }) => ({ text, unit, value: answer(state) }))
    : []
  const seen = rows.filter(({ value }) => value !== undefined)
  return (
    <>
      <div class="answer">
        <p class="quiet">{t(lesson.predict.text)}</p>
        <p>{right && t(right.text)}</p>
      </div>
      <section class="explanation stack">
        {seen.length > 0 && (
          <table class="numbers">
            <caption class="unseen">{t(say`Numbers of this run`)}</caption>
            <tbody>
              {seen.map(({ text, unit, value = 0 }) => (
                <tr key={String(text)}>
                  <th scope="row">{t(text)}</th>
                  <td>{withUnit(value, unit)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {/* The numbers stand above already. */}
        {lesson.explain(seen.length > 0 ? undefined : state).map((paragraph, i) => (
          <p key={i}>{t(paragraph)}</p>
        ))}
      </section>
    </>
  )
}

function withUnit(value: number, unit: WorksheetQuestion['unit']): string {
  if (unit === 'ms') return format.us(value * 1_000)
  if (unit === 'B') return format.bytes(Math.round(value))
  return `${Number(value.toPrecision(3))} ${unit}`
}
