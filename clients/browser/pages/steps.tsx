import { useSignal } from '@preact/signals'
import { say } from '../../../report/words/say.ts'
import type { Step } from '../../../scenarios/lessons/lesson.ts'
import type { StageState } from '../stage/state.ts'
import { t } from '../words.ts'

export interface StepsProps {
  steps: readonly Step[]
  ticked: readonly string[]
  state: StageState | undefined
  /** What the button beside a step does; no buttons without it. */
  onAct?(act: NonNullable<Step['act']>): void
}

/** What is to be seen; each ticks by itself when it has been, and tells why it is so, and what to do where it was not. */
export function Steps({ steps, ticked, state, onAct }: StepsProps) {
  return (
    <ol class="steps">
      {steps.map((step) => (
        <StepItem
          key={step.id}
          step={step}
          isDone={ticked.includes(step.id)}
          state={state}
          {...(onAct ? { onAct } : {})}
        />
      ))}
    </ol>
  )
}

function StepItem({
  step,
  isDone,
  state,
  onAct,
}: {
  step: Step
  isDone: boolean
  state: StageState | undefined
  onAct?(act: NonNullable<Step['act']>): void
}) {
  const open = useSignal<'why' | 'not-seen' | undefined>(undefined)
  const { act } = step
  const toggle = (what: 'why' | 'not-seen') => () => {
    open.value = open.value === what ? undefined : what
  }
  const id = `step-${step.id}`
  return (
    <li class={isDone ? 'done' : ''}>
      <span class="tick" role="img" aria-label={isDone ? t(say`Seen`) : t(say`Not seen yet`)}>
        {isDone ? '✓' : ''}
      </span>
      <div>
        <p>{t(step.text)}</p>
        {state && step.progress && !isDone && <p class="progress">{t(step.progress(state))}</p>}
        <div class="row">
          {act !== undefined && onAct && (
            <button type="button" onClick={() => onAct(act)}>
              {t(say`Do it`)}
              <span class="unseen">: {t(step.text)}</span>
            </button>
          )}
          <button
            type="button"
            class="plain"
            aria-expanded={open.value === 'why'}
            aria-controls={id}
            onClick={toggle('why')}
          >
            {t(say`Why?`)}
          </button>
          <button
            type="button"
            class="plain"
            aria-expanded={open.value === 'not-seen'}
            aria-controls={id}
            onClick={toggle('not-seen')}
          >
            {t(say`I did not see that`)}
          </button>
        </div>
        <div id={id}>
          {open.value && <p class="more">{t(open.value === 'why' ? step.why : step.notSeen)}</p>}
        </div>
      </div>
    </li>
  )
}
