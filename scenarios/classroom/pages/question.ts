import type { Lesson, Question } from '../lessons/lesson.ts'
import type { Phase } from '../room/protocol.ts'

/** Which of its two questions a lesson is about in a phase. */
export function questionOf(lesson: Lesson, phase: Phase): Question {
  return phase === 'transfer' ? lesson.transfer : lesson.predict
}

export function rightOf({ options }: Question): number {
  return options.findIndex(({ isRight }) => isRight)
}
