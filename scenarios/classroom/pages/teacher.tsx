import './teacher.css'
import { computed } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { say } from '../../../report/words/say.ts'
import { lessons } from '../lessons/index.ts'
import type { Phase, RoomState } from '../room/protocol.ts'
import { adviceWords } from './advice.ts'
import { Announcer, announce } from './announcer.tsx'
import { chinese } from './chinese.ts'
import { LessonList } from './chooser.tsx'
import { isSlip, nextMove, previousMove } from './course.ts'
import { Histogram } from './histogram.tsx'
import { Invitation } from './invitation.tsx'
import { pressOnce } from './keyboard.ts'
import { t } from './language.ts'
import { LanguageButton } from './language-button.tsx'
import { showPage } from './page.tsx'
import { PhaseStrip } from './phase-strip.tsx'
import { questionOf, rightOf } from './question.ts'
import { joinRoom } from './room-client.ts'
import { takeKey } from './staff.ts'
import { StaffDoor } from './staff-door.tsx'
import { TeacherNotes } from './teacher-notes.tsx'
import { TeacherStage } from './teacher-stage.tsx'
import { ThemeButton } from './tools.tsx'
import { showStage } from './use-stage.ts'

/** The teacher's page, on a phone or a laptop: leads the class, and shows what the wall must not. */
const key = takeKey() ?? ''
const room = joinRoom({ role: 'staff', key })
const lesson = computed(() => lessons.find(({ number }) => number === room.room.value?.lesson))
const stage = showStage(room, { lesson, canPlay: false })

function go(number: number, phase: Phase): void {
  room.say({ type: 'go', lesson: number, phase })
}

function Page() {
  const { value: state } = room.room
  return (
    <>
      <header class="top row spread">
        <h1>{t(say`Teacher`)}</h1>
        <div class="row">
          <LanguageButton />
          <ThemeButton />
        </div>
      </header>
      <StaffDoor room={room} />
      {state && <Desk state={state} />}
      <Announcer />
    </>
  )
}

function Desk({ state }: { state: RoomState }) {
  const { value: now } = lesson
  return (
    <main class="desk stack">
      <div class="stack">
        <Lead state={state} />
        {now && state.phase !== 'observe' && <Voting state={state} />}
        <TeacherStage stage={stage} state={state} lesson={now} />
        {now && (
          <TeacherNotes lesson={now} phase={state.phase} seen={stage.shown.value.watch.calmState.value} />
        )}
      </div>
      <div class="stack">
        <details open={state.students.here === 0}>
          <summary>{t(say`Let students in`)}</summary>
          <Invitation room={state} />
        </details>
        <details open={state.lesson === 0}>
          <summary>{t(say`Lessons`)}</summary>
          <LessonList lesson={state.lesson} onChoose={(number) => go(number, 'predict')} />
        </details>
        <nav class="panel stack" aria-label={t(say`Other pages`)}>
          <h2>{t(say`Other pages`)}</h2>
          <ul class="links">
            <Link href={`/k/${key}/projector`}>{t(say`Wall, for the projector`)}</Link>
            <Link href={`/k/${key}/learn`}>{t(say`Lessons to take alone, and the sandbox`)}</Link>
            <Link href={`/worksheet${state.lesson > 0 ? `#${state.lesson}` : ''}`}>
              {t(say`Worksheets to print`)}
            </Link>
            <Link href={`/k/${key}/answers${state.lesson > 0 ? `#${state.lesson}` : ''}`}>
              {t(say`Answer keys`)}
            </Link>
            <Link href="/">{t(say`Page of the students`)}</Link>
          </ul>
        </nav>
      </div>
    </main>
  )
}

function Link({ href, children }: { href: string; children: string }) {
  return (
    <li>
      <a href={href} target="_blank" rel="noreferrer">
        {children}
      </a>
    </li>
  )
}

/** Where the class is, and the one button that is needed most. */
function Lead({ state }: { state: RoomState }) {
  const { value: now } = lesson
  const [before, after] = [previousMove(state), nextMove(state)]
  return (
    <section class="panel stack" aria-label={t(say`Where the class is`)}>
      <div class="row spread">
        <h2>{now ? `${now.number}. ${t(now.title)}` : t(say`Sandbox`)}</h2>
        <p class="quiet">
          {state.students.here === 1 ? t(say`1 student here`) : t(say`${state.students.here} students here`)}
        </p>
      </div>
      {now && <PhaseStrip phase={state.phase} />}
      {now && <p class="quiet">{t(now.goal)}</p>}
      <div class="row lead">
        <button
          type="button"
          aria-disabled={before ? undefined : 'true'}
          onClick={() => before && room.say(before.message)}
        >
          ‹ {t(say`Back`)}
        </button>
        <button
          type="button"
          class="main"
          onClick={(event) => {
            if (!after) go(Math.min(state.lesson + 1, lessons.length), 'predict')
            else if (!isSlip(after, event)) room.say(after.message)
          }}
        >
          {t(after?.name ?? say`Next lesson`)} ›
        </button>
      </div>
    </section>
  )
}

/** What the class has voted so far, which option is right, and what that advises. */
function Voting({ state }: { state: RoomState }) {
  const { value: now } = lesson
  const [before, latest] = [state.tallies.at(-2), state.tallies.at(-1)]
  const advice = latest && state.advice
  useEffect(() => {
    if (advice && advice !== 'too-few-votes') announce(t(adviceWords[advice]))
  }, [advice])
  if (!now) return null
  const question = questionOf(now, state.phase)
  return (
    <section class="panel stack">
      <h2>
        {state.ballot
          ? t(say`${latest?.votes ?? 0} of ${state.voters} have voted`)
          : t(say`The vote is over. Votes: ${latest?.votes ?? 0}`)}
      </h2>
      <p>{t(question.text)}</p>
      <Histogram
        options={question.options.map(({ text }) => t(text))}
        counts={latest?.counts ?? []}
        right={rightOf(question)}
        {...(before ? { before: before.counts } : {})}
      />
      {advice && <p class="notice">{t(adviceWords[advice])}</p>}
      {state.round > 1 && <p class="quiet">{t(say`Round ${state.round}`)}</p>}
      {state.phase !== 'explain' && (
        <div class="row">
          <button type="button" onClick={() => room.say({ type: 'revote' })}>
            {t(say`Vote again`)}
          </button>
        </div>
      )}
    </section>
  )
}

pressOnce()
showPage(say`Teacher`, chinese, Page)
