import './learn.css'
import { computed, effect, signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { say } from '../../../report/words/say.ts'
import { sandbox } from '../lessons/index.ts'
import type { Lesson } from '../lessons/lesson.ts'
import type { RoomState } from '../room/protocol.ts'
import { Announcer, announce } from './announcer.tsx'
import { chinese } from './chinese.ts'
import { LessonList } from './chooser.tsx'
import { Explanation } from './explanation.tsx'
import { listenForKeys } from './keyboard.ts'
import { t } from './language.ts'
import { LanguageButton } from './language-button.tsx'
import { choose, goTo, phaseBeside, progress } from './learn-progress.ts'
import { lessons } from './lessons.ts'
import { letterOf } from './options.tsx'
import { showPage } from './page.tsx'
import { PhaseStrip, phaseNames } from './phase-strip.tsx'
import { questionOf, rightOf } from './question.ts'
import { joinRoom } from './room-client.ts'
import { Sandbox } from './sandbox.tsx'
import { takeKey } from './staff.ts'
import { StaffDoor } from './staff-door.tsx'
import { Lanes, StagePanel } from './stage-panel.tsx'
import { Steps } from './steps.tsx'
import { KeysSwitch, ThemeButton } from './tools.tsx'
import { showStage } from './use-stage.ts'
import { Vote } from './vote.tsx'
import { WorksheetForm } from './worksheet-form.tsx'

/** The lessons, taken alone: what a class does together, with a stage of one's own. */
const room = joinRoom({ role: 'staff', key: takeKey() ?? '' })
const lesson = computed(() => lessons.find(({ number }) => number === progress.value.lesson))
const isXRay = signal(false)
const stage = showStage(room, { lesson, canPlay: true, isAlone: true, isXRay })

function toggleXRay(): void {
  isXRay.value = !isXRay.value
}

listenForKeys(() => [{ key: 'x', run: toggleXRay }])

function Page() {
  const { value: state } = room.room
  const { lesson: number, phase } = progress.value
  const { value: now } = lesson
  useEffect(() => {
    announce(now ? t(say`${now.number}. ${now.title}. Now: ${phaseNames[phase]}`) : t(say`Sandbox`))
  }, [number, phase])
  return (
    <>
      <header class="top row spread">
        <p class="quiet">{t(say`Lessons to take alone`)}</p>
        <div class="row">
          <LanguageButton />
          <ThemeButton />
          <KeysSwitch />
        </div>
      </header>
      <StaffDoor room={room} />
      <div class="columns stack">
        <nav aria-label={t(say`Lessons`)}>
          <LessonList lesson={number} onChoose={(chosen) => goTo(chosen, 'predict')} />
        </nav>
        <main class="stack">
          <h1>{now ? `${now.number}. ${t(now.title)}` : t(say`Sandbox`)}</h1>
          {state && (now ? <Alone lesson={now} state={state} /> : <Free state={state} />)}
        </main>
      </div>
      <Lanes stage={stage} />
      <Announcer />
    </>
  )
}

function Free({ state }: { state: RoomState }) {
  return (
    <>
      <Sandbox room={room} state={state} />
      <StagePanel room={room} state={state} stage={stage} isXRay={isXRay} />
    </>
  )
}

function Alone({ lesson: now, state }: { lesson: Lesson; state: RoomState }) {
  const { phase, choices } = progress.value
  const isLocked = choices[`${now.number}/predict`] !== undefined
  const [before, after] = [phaseBeside(phase, -1), phaseBeside(phase, 1)]
  const next = now.number < lessons.length ? now.number + 1 : 0
  const onward = after
    ? isLocked
      ? phaseNames[after]
      : say`Predict first`
    : next
      ? say`Next lesson`
      : say`Sandbox`
  const goOn = () => {
    if (!after) return goTo(next, 'predict')
    if (!isLocked) return
    // Each look at a lesson begins on an empty stage.
    if (after === 'observe') room.say({ type: 'begin', setup: now.setup })
    goTo(now.number, after)
  }
  return (
    <>
      <PhaseStrip phase={phase} />
      {phase === 'predict' && <p class="quiet">{t(now.goal)}</p>}
      {(phase === 'predict' || phase === 'transfer') && <Choice lesson={now} />}
      {phase === 'discuss' && (
        <>
          <p class="quiet">
            {t(
              say`Nobody is beside you, so write it down: why is your answer right, and why would somebody choose another?`,
            )}
          </p>
          <p class="prompt">{t(now.discuss)}</p>
        </>
      )}
      {phase === 'observe' && (
        <div class="observe">
          <StagePanel room={room} state={state} stage={stage} isXRay={isXRay} lesson={now} />
          <section class="stack">
            <h2>{t(say`What there is to see`)}</h2>
            <Steps lesson={now} stage={stage} isXRay={isXRay} />
          </section>
        </div>
      )}
      {phase === 'explain' && (
        <>
          <Reasons lesson={now} of="predict" />
          <Explanation lesson={now} state={stage.shown.value.watch.calmState.value} />
        </>
      )}
      {phase === 'transfer' && now.worksheet.length > 0 && (
        <WorksheetForm lesson={now} watch={stage.shown.value.watch} />
      )}
      <div class="row lead">
        <button
          type="button"
          aria-disabled={before ? undefined : 'true'}
          onClick={() => before && goTo(now.number, before)}
        >
          ‹ {t(say`Back`)}
        </button>
        <button
          type="button"
          class="main"
          aria-disabled={after && !isLocked ? 'true' : undefined}
          onClick={goOn}
        >
          {t(onward)} ›
        </button>
      </div>
    </>
  )
}

/** The question of the phase, and, where it is over with the choice, what is right. */
function Choice({ lesson: now }: { lesson: Lesson }) {
  const { phase, choices } = progress.value
  const question = questionOf(now, phase)
  const id = `${now.number}/${phase}`
  const isOver = phase === 'transfer' && choices[id] !== undefined
  return (
    <>
      <Vote
        ballot={id}
        question={t(question.text)}
        options={question.options.map(({ text }) => t(text))}
        voted={choices[id]}
        note={phase === 'predict' ? t(say`What is right you see for yourself, in a moment.`) : ''}
        onVote={(option) => choose(id, option)}
      />
      {isOver && <Reasons lesson={now} of="transfer" />}
    </>
  )
}

/** What is to be said of the own choice, and of the right one. */
function Reasons({ lesson: now, of }: { lesson: Lesson; of: 'predict' | 'transfer' }) {
  const { options } = now[of]
  const own = progress.value.choices[`${now.number}/${of}`]
  const right = rightOf(now[of])
  const said = [...new Set([own ?? right, right])]
  return (
    <ul class="reasons stack">
      {said.map((option) => (
        <li key={option} class={option === right ? 'right' : 'own'}>
          <span class="letter">{letterOf(option)}</span>
          <div>
            <p>
              <strong>{options[option] && t(options[option].text)}</strong>
            </p>
            <p class="marks">
              {option === right && <span class="mark-right">✓ {t(say`This is right.`)}</span>}{' '}
              {option === own && <span class="mark-own">{t(say`You chose this.`)}</span>}
            </p>
            <p>{options[option] && t(options[option].why)}</p>
          </div>
        </li>
      ))}
    </ul>
  )
}

// The room begins in a lesson, with nothing on its stage: whoever goes to the sandbox first begins it.
const isEmptySandbox = computed(
  () => progress.value.lesson === 0 && room.room.value?.stage.setup.lanes.length === 0,
)
effect(() => {
  if (isEmptySandbox.value && room.connection.value === 'here') room.say({ type: 'begin', setup: sandbox })
})

showPage(say`Lessons`, chinese, Page)
