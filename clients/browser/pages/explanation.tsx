import type { Lesson } from '../../../scenarios/lessons/lesson.ts'
import type { StageState } from '../stage/state.ts'
import { t } from '../words.ts'

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
