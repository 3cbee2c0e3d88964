import { type Signal, useSignal } from '@preact/signals'
import { type Said, say } from '../../../report/words/say.ts'
import type { Lesson, Step } from '../lessons/lesson.ts'
import type { StageState } from '../log/state.ts'
import { t } from './language.ts'
import { StepButton } from './stage/step-button.tsx'
import { doStep, type ShownStage } from './use-stage.ts'

/** What stands behind the buttons of a step that is unfolded. */
const asides = { why: say`Why?`, notSeen: say`I did not see that` } as const

interface StepsProps {
  lesson: Lesson
  stage: ShownStage
  isXRay: Signal<boolean>
}

/**
 * What is to be seen; each ticks by itself when it has been, and tells why it is so, and what to do where it was not. The
 * first that is still to be seen is unfolded, the others show what they are about and what has been seen.
 */
export function Steps({ lesson, stage, isXRay }: StepsProps) {
  const { ticked, said, calmState } = stage.shown.value.watch
  const current = lesson.steps.find(({ id }) => !ticked.value.includes(id))?.id
  return (
    <ol class="steps">
      {lesson.steps.map((step, i) => (
        <StepItem
          key={step.id}
          number={i + 1}
          step={step}
          isDone={ticked.value.includes(step.id)}
          said={said.value.get(step.id)}
          isCurrent={step.id === current}
          state={calmState.value}
          isXRay={isXRay}
          {...(stage.recorded.value ? {} : { onAct: (act) => doStep(stage, act) })}
        />
      ))}
    </ol>
  )
}

interface StepItemProps {
  /** From 1. */
  number: number
  step: Step
  isDone: boolean
  isCurrent: boolean
  /** How far it was when it ticked. */
  said: Said | undefined
  state: StageState | undefined
  isXRay: Signal<boolean>
  /** What its button does; no button without it. */
  onAct?(act: NonNullable<Step['act']>): void
}

function StepItem({ number, step, isDone, isCurrent, said, state, isXRay, onAct }: StepItemProps) {
  const told = useSignal<keyof typeof asides | undefined>(undefined)
  /** Whether somebody has unfolded it, who may want to read it for as long as they like. */
  const unfolded = useSignal(false)
  const { act } = step
  const id = `step-${step.id}`
  // What goes on after the tick would contradict it.
  const progress = isDone ? said : state && step.progress?.(state)
  const isOpen = isCurrent || unfolded.value || told.value !== undefined
  return (
    <li class={[isDone && 'done', isCurrent && 'current', !isOpen && 'folded'].filter(Boolean).join(' ')}>
      <span class="tick" role="img" aria-label={isDone ? t(say`Seen`) : t(say`Not seen yet`)}>
        {isDone ? '✓' : number}
      </span>
      <div>
        <p class="what">{t(step.text)}</p>
        {progress && (isDone || isOpen) && <p class="progress">{t(progress)}</p>}
        {isOpen && (
          <div class="row">
            {act !== undefined && onAct && (
              <StepButton text={step.text} isDone={isDone} onClick={() => onAct(act)} />
            )}
            {step.needsXRay && (
              <button
                type="button"
                aria-pressed={isXRay.value}
                onClick={() => {
                  isXRay.value = !isXRay.value
                }}
              >
                {t(say`X-ray`)}
              </button>
            )}
            {(['why', 'notSeen'] as const).map((what) => (
              <button
                key={what}
                type="button"
                class="plain"
                aria-expanded={told.value === what}
                aria-controls={id}
                onClick={() => {
                  told.value = told.value === what ? undefined : what
                }}
              >
                {t(asides[what])}
              </button>
            ))}
          </div>
        )}
        <div id={id}>{told.value && <p class="more">{t(step[told.value])}</p>}</div>
      </div>
      {!isCurrent && (
        <button
          type="button"
          class="plain fold"
          aria-expanded={isOpen}
          onClick={() => {
            unfolded.value = !isOpen
            told.value = undefined
          }}
        >
          <span aria-hidden="true">{isOpen ? '−' : '+'}</span>
          <span class="unseen">{t(say`More about: ${step.text}`)}</span>
        </button>
      )}
    </li>
  )
}
