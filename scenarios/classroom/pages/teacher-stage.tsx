import { say } from '../../../report/words/say.ts'
import type { Lesson } from '../lessons/lesson.ts'
import type { RoomState } from '../room/protocol.ts'
import { StageControls } from './stage/stage-controls.tsx'
import './stage/stage.css'
import { controlsOf } from './controls.ts'
import { t } from './language.ts'
import { RecordingBar } from './recording-bar.tsx'
import { StepButton } from './stage/step-button.tsx'
import { doStep, type ShownStage } from './use-stage.ts'

export interface TeacherStageProps {
  stage: ShownStage
  state: RoomState
  lesson: Lesson | undefined
}

/** What the wall's stage has ticked, and what can be done to it from here. */
export function TeacherStage({ stage, state, lesson }: TeacherStageProps) {
  // Of a recording the wall tells nothing: it is played here, too.
  const recorded = stage.recorded.value
  const ticked = recorded ? recorded.watch.ticked.value : state.steps
  const done = lesson?.steps.filter(({ id }) => ticked.includes(id)) ?? []
  if (lesson && state.phase !== 'observe') return null
  return (
    <section class="panel stack">
      <h2>{t(say`On the wall`)}</h2>
      <RecordingBar stage={stage} isRemote />
      {state.stage.player === 'none' && !recorded && (
        <p class="notice">
          {t(say`No window plays the lanes: open the wall’s page on the machine that runs the demo.`)}
        </p>
      )}
      {state.stage.isAside && !recorded && (
        <p class="notice">
          {t(
            say`A page of self-study plays the lanes, not the wall: open the wall’s page, and it takes over.`,
          )}
        </p>
      )}
      {lesson && (
        <>
          <p>{t(say`${done.length} of ${lesson.steps.length} steps seen`)}</p>
          <ol class="steps">
            {lesson.steps.map((step) => {
              const isDone = ticked.includes(step.id)
              const { act } = step
              return (
                <li key={step.id} class={isDone ? 'done' : ''}>
                  <span class="tick" role="img" aria-label={isDone ? t(say`Seen`) : t(say`Not seen yet`)}>
                    {isDone ? '✓' : ''}
                  </span>
                  <div>
                    <p>{t(step.text)}</p>
                    {act !== undefined && !recorded && (
                      <StepButton text={step.text} isDone={isDone} onClick={() => doStep(stage, act)} />
                    )}
                  </div>
                </li>
              )
            })}
          </ol>
          {stage.hasRecording.value && !recorded && (
            <div class="row">
              <span class="quiet">{t(say`If the lanes fail:`)}</span>
              <button type="button" onClick={() => stage.playRecording()}>
                {t(say`Play the recording on the wall`)}
              </button>
            </div>
          )}
        </>
      )}
      {!recorded && (
        <StageControls
          desk={stage.shown.value.desk}
          // How the wall looks at the stage is the wall's own.
          controls={controlsOf(lesson).filter((name) => name !== 'lens' && name !== 'step')}
          stage={state.stage}
        />
      )}
    </section>
  )
}
