import { say } from '../../../report/words/say.ts'
import type { Lesson } from '../../../scenarios/lessons/lesson.ts'
import type { RoomState } from '../../../server/classroom/protocol.ts'
import { StageControls } from '../stage/stage-controls.tsx'
import '../stage/stage.css'
import { t } from '../words.ts'
import { controlsOf } from './controls.ts'
import type { ShownStage } from './use-stage.ts'

export interface TeacherStageProps {
  stage: ShownStage
  state: RoomState
  lesson: Lesson | undefined
}

/** What the wall's stage has ticked, and what can be done to it from here. */
export function TeacherStage({ stage, state, lesson }: TeacherStageProps) {
  const done = lesson?.steps.filter(({ id }) => state.steps.includes(id)) ?? []
  if (lesson && state.phase !== 'observe') return null
  return (
    <section class="panel stack">
      <h2>{t(say`On the wall`)}</h2>
      {state.stage.player === 'none' && (
        <p class="notice">
          {t(say`No window plays the lanes: open the wall’s page on the machine that runs the demo.`)}
        </p>
      )}
      {lesson && (
        <>
          <p>{t(say`${done.length} of ${lesson.steps.length} steps seen`)}</p>
          <ol class="steps">
            {lesson.steps.map((step) => {
              const isDone = state.steps.includes(step.id)
              return (
                <li key={step.id} class={isDone ? 'done' : ''}>
                  <span class="tick" role="img" aria-label={isDone ? t(say`Seen`) : t(say`Not seen yet`)}>
                    {isDone ? '✓' : ''}
                  </span>
                  <span>{t(step.text)}</span>
                </li>
              )
            })}
          </ol>
          <p class="quiet">
            {t(say`If the lanes fail, the key v on the wall plays the lesson’s recording.`)}
          </p>
        </>
      )}
      <StageControls
        desk={stage.shown.value.desk}
        // How the wall looks at the stage is the wall's own.
        controls={controlsOf(lesson).filter((name) => name !== 'lens' && name !== 'step')}
        settings={state.stage.settings}
        network={state.stage.network}
        server={state.stage.server}
      />
    </section>
  )
}
