import { say } from '../../../report/words/say.ts'
import type { Lesson } from '../lessons/lesson.ts'
import type { StageState } from '../log/state.ts'
import type { Phase } from '../room/protocol.ts'
import { Explanation } from './explanation.tsx'
import { t } from './language.ts'
import { letterOf } from './options.tsx'
import { questionOf } from './question.ts'

interface TeacherNotesProps {
  lesson: Lesson
  phase: Phase
  /** Of the phase's vote. */
  round: number
  seen: StageState | undefined
}

/** What the teacher has to know in a phase: the answer key of the lesson, piece by piece. */
export function TeacherNotes({ lesson, phase, round, seen }: TeacherNotesProps) {
  return (
    <section class="panel stack notes">
      <h2>{t(say`For you`)}</h2>
      {phase === 'predict' && (
        <p>
          {round > 1
            ? t(say`The second vote, alone again. Then show the bars: what has the discussion changed?`)
            : t(
                say`Let everybody vote alone. Do not say yet which answer is right, nor show it by your face.`,
              )}
        </p>
      )}
      {phase === 'discuss' && (
        <>
          <p>
            {round > 1
              ? t(
                  say`Both votes stand side by side. Ask who has changed the answer, and what convinced them.`,
                )
              : t(say`Students now convince each other. What they talk about:`)}
          </p>
          {round < 2 && <p>{t(lesson.discuss)}</p>}
        </>
      )}
      {phase === 'observe' && (
        <>
          <p>
            {t(
              say`Each step ticks by itself when it has happened on the wall. What to say if somebody asks why:`,
            )}
          </p>
          <dl>
            {lesson.steps.map((step) => (
              <div key={step.id}>
                <dt>{t(step.text)}</dt>
                <dd>{t(step.why)}</dd>
                <dd class="quiet">
                  {t(say`If it does not tick:`)} {t(step.notSeen)}
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {phase === 'explain' && <Explanation lesson={lesson} state={seen} />}
      {phase !== 'observe' && (
        <dl>
          {questionOf(lesson, phase).options.map(({ text, why, isRight }, i) => (
            <div key={t(text)}>
              <dt>
                {letterOf(i)} {isRight && <span class="mark-right">✓ {t(say`right`)}</span>} {t(text)}
              </dt>
              <dd>{t(why)}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}
