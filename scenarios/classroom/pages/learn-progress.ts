import { effect, signal } from '@preact/signals'
import { type Phase, phases } from '../room/protocol.ts'

/** Where somebody is who takes the lessons alone. */
export interface Progress {
  /** 0 is the sandbox. */
  lesson: number
  phase: Phase
  /** Locked choices, by lesson and question: `2/predict`. */
  choices: Readonly<Record<string, number>>
  /** What was written into worksheets, by lesson and question: `2/empty-polls`. */
  answers: Readonly<Record<string, string>>
}

const KEPT = 'learn'
const beginning: Progress = { lesson: 1, phase: 'predict', choices: {}, answers: {} }

/** Kept until the window closes. */
export const progress = signal<Progress>({
  ...beginning,
  ...JSON.parse(sessionStorage.getItem(KEPT) ?? '{}'),
})

effect(() => {
  sessionStorage.setItem(KEPT, JSON.stringify(progress.value))
})

export function goTo(lesson: number, phase: Phase): void {
  progress.value = { ...progress.value, lesson, phase }
}

/** Locks the choice; what is chosen stays so. */
export function choose(question: string, option: number): void {
  const { value } = progress
  if (value.choices[question] !== undefined) return
  progress.value = { ...value, choices: { ...value.choices, [question]: option } }
}

export function answer(question: string, text: string): void {
  const { value } = progress
  progress.value = { ...value, answers: { ...value.answers, [question]: text } }
}

/** The phase behind one, or before it; undefined where there is none. */
export function phaseBeside(phase: Phase, by: 1 | -1): Phase | undefined {
  return phases[phases.indexOf(phase) + by]
}
