import { useEffect, useRef } from 'preact/hooks'
import { say } from '../../../report/words/say.ts'
import { t } from './language.ts'
import { lessons } from './lessons.ts'

interface LessonListProps {
  lesson: number
  focused?: number
  onChoose(lesson: number): void
}

/**
 * All lessons, and the sandbox as number 0, as a list to choose from.
 * @param focused has the focus at first, and whenever it changes; undefined leaves the focus where it is.
 */
export function LessonList({ lesson, focused, onChoose }: LessonListProps) {
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    if (focused !== undefined) list.current?.querySelector<HTMLElement>(`[data-lesson="${focused}"]`)?.focus()
  }, [focused])
  const all = [...lessons.map(({ number, title }) => ({ number, title })), { number: 0, title: say`Sandbox` }]
  return (
    <ol class="lessons" ref={list}>
      {all.map(({ number, title }) => (
        <li key={number}>
          <button
            type="button"
            data-lesson={number}
            aria-current={number === lesson ? 'true' : undefined}
            onClick={() => onChoose(number)}
          >
            <span class="number">{number}</span> {t(title)}
          </button>
        </li>
      ))}
    </ol>
  )
}

/** What a digit makes of the lesson that was typed so far: 1 and then 0 is 10. */
export function typedLesson(before: number | undefined, digit: number): number {
  const longer = (before ?? 0) * 10 + digit
  return before !== undefined && before > 0 && longer <= lessons.length ? longer : digit
}
