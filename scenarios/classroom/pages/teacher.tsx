import './teacher.css'
import { computed } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { say } from '../../../report/words/say.ts'
import type { Phase, RoomState } from '../room/protocol.ts'
import { adviceOf } from './advice.ts'
import { Announcer, announce } from './announcer.tsx'
import { chinese } from './chinese.ts'
import { LessonList } from './chooser.tsx'
import { ClassNotice, hereText, NewClass } from './class-desk.tsx'
import { Countdown, CountdownButtons, hasCountdown } from './countdown.tsx'
import { isSlip, nextMove, otherMoves, previousMove } from './course.ts'
import { Hands, votesByHand } from './hands.tsx'
import { Histogram } from './histogram.tsx'
import { Invitation, OtherWays } from './invitation.tsx'
import { pressOnce } from './keyboard.ts'
import { t } from './language.ts'
import { LanguageButton } from './language-button.tsx'
import { lessons } from './lessons.ts'
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
      <ClassNotice room={room} />
      {state && <Desk state={state} />}
      <Announcer />
    </>
  )
}

function Desk({ state }: { state: RoomState }) {
  const { value: now } = lesson
  // A lesson of one's own has none.
  const sheet = now && now.worksheet.length > 0 ? `#${now.number}` : ''
  return (
    <main class="desk stack">
      <div class="stack">
        <Lead state={state} />
        {now && state.phase !== 'observe' && <Voting state={state} />}
        <TeacherStage stage={stage} state={state} lesson={now} />
        {now && (
          <TeacherNotes
            lesson={now}
            phase={state.phase}
            round={state.round}
            seen={stage.shown.value.watch.calmState.value}
          />
        )}
      </div>
      <div class="stack">
        <details open={state.students.here === 0 && !votesByHand(state)}>
          <summary>{t(say`Let students in`)}</summary>
          <Invitation room={state} />
          <OtherWays room={state} />
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
            <Link href={`/worksheet${sheet}`}>{t(say`Worksheets to print`)}</Link>
            <Link href={`/k/${key}/answers${sheet}`}>{t(say`Answer keys`)}</Link>
            <Link href="/">{t(say`Page of the students`)}</Link>
          </ul>
        </nav>
        <section class="panel stack">
          <h2>{t(say`The class`)}</h2>
          <p>
            <a href={`/k/${key}/votes.csv`} download="pushlab-votes.csv">
              {t(say`All votes as a table (CSV)`)}
            </a>
          </p>
          <NewClass room={room} />
        </section>
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
        <p class="quiet">{t(hereText(state))}</p>
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
      <div class="row">
        {otherMoves(state).map((move) => (
          <button key={move.message.type} type="button" onClick={() => room.say(move.message)}>
            {t(move.name)}
          </button>
        ))}
        {now && hasCountdown(state.phase) && (
          <CountdownButtons room={room} phase={state.phase} endsAtUs={state.endsAtUs} />
        )}
        <Countdown room={room} endsAtUs={state.endsAtUs} />
      </div>
    </section>
  )
}

/** What the class has voted so far, which option is right, and what that advises. */
function Voting({ state }: { state: RoomState }) {
  const { value: now } = lesson
  const [before, latest] = [state.tallies.at(-2), state.tallies.at(-1)]
  const advice = latest && adviceOf(state)
  useEffect(() => {
    if (advice && state.advice !== 'too-few-votes') announce(t(advice))
  }, [state.advice, state.round])
  if (!now) return null
  const question = questionOf(now, state.phase)
  return (
    <section class="panel stack">
      <h2>
        {state.ballot
          ? t(
              state.round > 1
                ? say`Vote ${state.round}: ${latest?.votes ?? 0} of ${state.voters} have voted`
                : say`${latest?.votes ?? 0} of ${state.voters} have voted`,
            )
          : t(
              state.round > 1
                ? say`Vote ${state.round} is over. Votes: ${latest?.votes ?? 0}`
                : say`The vote is over. Votes: ${latest?.votes ?? 0}`,
            )}
      </h2>
      <p>{t(question.text)}</p>
      <Histogram
        options={question.options.map(({ text }) => t(text))}
        counts={latest?.counts ?? []}
        right={rightOf(question)}
        {...(before ? { before: before.counts } : {})}
      />
      {advice && <p class="notice">{t(advice)}</p>}
      <Crowd state={state} />
      {state.ballot && (
        <details open={votesByHand(state)}>
          <summary>{t(say`Show of hands`)}</summary>
          <Hands room={room} state={state} />
        </details>
      )}
      {!state.ballot && (state.phase === 'predict' || state.phase === 'discuss') && (
        <label class="row switch">
          <input
            type="checkbox"
            checked={state.bars === true}
            onChange={({ currentTarget }) => room.say({ type: 'bars', on: currentTarget.checked })}
          />
          <span>{t(say`Everybody sees these bars`)}</span>
        </label>
      )}
    </section>
  )
}

/** A program can vote often; and a class behind one router, or a tunnel, has one address. */
function Crowd({ state: { crowd } }: { state: RoomState }) {
  if (!crowd) return null
  const { votes, isLeftOut } = crowd
  return (
    <div class="notice stack">
      <p>
        {isLeftOut
          ? t(say`${votes} votes from one address are left out.`)
          : t(
              say`${votes} votes came from one address. That is right where your class shares one, behind a router or a tunnel; otherwise one person may have voted often.`,
            )}
      </p>
      <div class="row">
        <button type="button" onClick={() => room.say({ type: 'leave-out', on: !isLeftOut })}>
          {isLeftOut ? t(say`Count them again`) : t(say`Leave them out`)}
        </button>
      </div>
    </div>
  )
}

pressOnce()
showPage(say`Teacher`, chinese, Page)
