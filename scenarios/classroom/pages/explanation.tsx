import type { Lesson } from '../lessons/lesson.ts'
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
