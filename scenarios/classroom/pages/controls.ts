import type { Lesson } from '../lessons/lesson.ts'
import { allControls, type ControlName } from './stage/stage-controls.tsx'

/** The controls that every lesson has; with the one or two that it is about. */
const always: readonly ControlName[] = ['play', 'step', 'lens', 'reset']

/** What a lesson lets people do to the stage; in the sandbox everything. */
export function controlsOf(lesson: Lesson | undefined): readonly ControlName[] {
  return lesson ? [...always, ...lesson.acts, ...lesson.controls] : allControls
}
