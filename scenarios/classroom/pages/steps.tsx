import { useSignal } from '@preact/signals'
import { type Said, say } from '../../../report/words/say.ts'
import type { Step } from '../lessons/lesson.ts'
import type { StageState } from '../log/state.ts'
import { t } from './language.ts'
import { StepButton } from './stage/step-button.tsx'

export interface StepsProps {
  steps: readonly Step[]
  ticked: readonly string[]
  /** How far each step was when it ticked, by its id. */
  said: ReadonlyMap<string, Said>
  state: StageState | undefined
  /** What the button beside a step does; no buttons without it. */
  onAct?(act: NonNullable<Step['act']>): void
}

/**
 * What is to be seen; each ticks by itself when it has been, and tells why it is so, and what to do where it was not. The
 * first that is still to be seen is unfolded, the others show what they are about and what has been seen.
 */
export function Steps({ steps, ticked, said, state, onAct }: StepsProps) {
  const current = steps.find(({ id }) => !ticked.includes(id))?.id
  return (
    <ol class="steps">
      {steps.map((step) => (
        <StepItem
          key={step.id}
          step={step}
          isDone={ticked.includes(step.id)}
          said={said.get(step.id)}
          isCurrent={step.id === current}
          state={state}
          {...(onAct ? { onAct } : {})}
        />
      ))}
    </ol>
  )
}

interface StepItemProps {
  step: Step
  isDone: boolean
  isCurrent: boolean
  said: Said | undefined
  state: StageState | undefined
  onAct?(act: NonNullable<Step['act']>): void
}

function StepItem({ step, isDone, isCurrent, said, state, onAct }: StepItemProps) {
  const told = useSignal<'why' | 'not-seen' | undefined>(undefined)
  /** Whether somebody has unfolded it, who may want to read it for as long as they like. */
  const unfolded = useSignal(false)
  const { act } = step
  const toggle = (what: 'why' | 'not-seen') => () => {
    told.value = told.value === what ? undefined : what
  }
  const id = `step-${step.id}`
  // What goes on after the tick would contradict it.
  const progress = isDone ? said : state && step.progress?.(state)
  const isOpen = isCurrent || unfolded.value || told.value !== undefined
  return (
    <li class={[isDone && 'done', isCurrent && 'current', !isOpen && 'folded'].filter(Boolean).join(' ')}>
      <span class="tick" role="img" aria-label={isDone ? t(say`Seen`) : t(say`Not seen yet`)}>
        {isDone ? '✓' : ''}
      </span>
      <div>
        <p class="what">{t(step.text)}</p>
        {progress && (isDone || isOpen) && <p class="progress">{t(progress)}</p>}
        {isOpen && (
          <div class="row">
            {act !== undefined && onAct && (
              <StepButton text={step.text} isDone={isDone} onClick={() => onAct(act)} />
            )}
            <button
              type="button"
              class="plain"
              aria-expanded={told.value === 'why'}
              aria-controls={id}
              onClick={toggle('why')}
            >
              {t(say`Why?`)}
            </button>
            <button
              type="button"
              class="plain"
              aria-expanded={told.value === 'not-seen'}
              aria-controls={id}
              onClick={toggle('not-seen')}
            >
              {t(say`I did not see that`)}
            </button>
          </div>
        )}
        <div id={id}>
          {told.value && <p class="more">{t(told.value === 'why' ? step.why : step.notSeen)}</p>}
        </div>
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
