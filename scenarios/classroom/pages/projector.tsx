import './projector.css'
import { computed, signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { say } from '../../../report/words/say.ts'
import type { Lesson } from '../lessons/lesson.ts'
import type { RoomState } from '../room/protocol.ts'
import { Announcer, announce } from './announcer.tsx'
import { chinese } from './chinese.ts'
import { LessonList, typedLesson } from './chooser.tsx'
import { ClassNotice, hereText, NewClass } from './class-desk.tsx'
import { toggleCountdown } from './countdown.tsx'
import { isSlip, type Move, movesFrom, nextMove, otherMoves, previousMove } from './course.ts'
import { Dialog } from './dialog.tsx'
import { votesByHand } from './hands.tsx'
import { Help } from './help.tsx'
import { listenForKeys, pressOnce, type Shortcut } from './keyboard.ts'
import { t } from './language.ts'
import { LanguageButton, switchLanguage } from './language-button.tsx'
import { lessons } from './lessons.ts'
import { showPage } from './page.tsx'
import { PhaseStrip, phaseNames } from './phase-strip.tsx'
import { joinRoom } from './room-client.ts'
import { Scene } from './scene.tsx'
import { takeKey } from './staff.ts'
import { StaffDoor } from './staff-door.tsx'
import { stageShortcuts } from './stage/stage-desk.ts'
import { Lanes } from './stage-panel.tsx'
import { switchTheme, ThemeButton } from './tools.tsx'
import { showStage } from './use-stage.ts'

/** The page on the wall. The teacher leads from here by single keys, or from the teacher's page. */
const key = takeKey()
const room = joinRoom({ role: 'staff', key: key ?? '', isWall: true })
const lesson = computed(() => lessons.find(({ number }) => number === room.room.value?.lesson))
const isXRay = signal(false)
const stage = showStage(room, { lesson, canPlay: true, isXRay })

/** What lies over the page. */
const over = signal<'help' | 'lessons' | undefined>(undefined)
/** The lesson that digits have named in the list. */
const typed = signal<number | undefined>(undefined)

function close(): void {
  over.value = undefined
}

function ask(message: Move['message']): void {
  close()
  room.say(message)
}

function openLessons(number?: number): void {
  typed.value = number ?? room.room.value?.lesson ?? 1
  over.value = 'lessons'
}

function openHelp(): void {
  over.value = 'help'
}

function toggleXRay(): void {
  isXRay.value = !isXRay.value
}

/** What comes next; behind the last phase another lesson is offered. */
function next(click?: Pick<UIEvent, 'detail'>): void {
  const { value: state } = room.room
  if (!state) return
  const move = nextMove(state)
  if (move && click && isSlip(move, click)) return
  if (move) ask(move.message)
  else openLessons(Math.min(state.lesson + 1, lessons.length))
}

function previous(): void {
  const { value: state } = room.room
  const move = state && previousMove(state)
  if (move) ask(move.message)
}

function voteAgain(): void {
  const { value: state } = room.room
  const move = state && movesFrom(state).find(({ message }) => message.type === 'revote')
  if (move) ask(move.message)
}

/** While a vote is open the room shows none, whatever it is asked for. */
function toggleBars(): void {
  const { value: state } = room.room
  if (state && !state.ballot) room.say({ type: 'bars', on: !state.bars })
}

function toggleFullScreen(): void {
  if (document.fullscreenElement) void document.exitFullscreen()
  else void document.documentElement.requestFullscreen().catch(() => {})
}

function toggleRecording(): void {
  if (stage.recorded.value) stage.backToLive()
  else stage.playRecording()
}

const digits = Array.from(
  { length: 10 },
  (_, digit): Shortcut => ({
    key: String(digit),
    run: () => openLessons(over.value === 'lessons' ? typedLesson(typed.value, digit) : digit),
  }),
)

const ownKeys: readonly Shortcut[] = [
  { key: 'n', does: say`next phase`, run: () => next() },
  { key: 'p', does: say`previous phase`, run: previous },
  { key: 'a', does: say`vote again`, run: voteAgain },
  { key: 's', does: say`show or hide how the class has voted`, run: toggleBars },
  { key: 't', does: say`start or stop the clock of a vote or discussion`, run: () => toggleCountdown(room) },
  {
    key: 'l',
    does: say`lessons; a number, then Enter, goes to that lesson, 0 to the sandbox`,
    run: openLessons,
  },
  { key: 'x', does: say`X-ray: the bytes of the last message`, run: toggleXRay },
  { key: 'v', does: say`play the lesson’s recording, or go back to the live stage`, run: toggleRecording },
  { key: 'g', does: say`English or Chinese`, run: switchLanguage },
  { key: 'd', does: say`light or dark colours`, run: switchTheme },
  { key: 'f', does: say`full screen`, run: toggleFullScreen },
  { key: '?', does: say`this list`, run: openHelp },
  ...digits,
]

/** Of the stage that is shown, while it is. */
const stageKeys = stageShortcuts.map(
  ({ key, run }): Shortcut => ({ key, run: () => run(stage.shown.value.desk) }),
)

function stageIsShown(): boolean {
  const { value: state } = room.room
  return state !== undefined && (state.lesson === 0 || state.phase === 'observe')
}

pressOnce()
listenForKeys(() => {
  if (over.value === 'help') return []
  if (over.value === 'lessons') return digits
  return stageIsShown() ? [...ownKeys, ...stageKeys] : ownKeys
})

function Page() {
  const { value: state } = room.room
  useAnnouncements(state, lesson.value)
  return (
    <>
      <StaffDoor room={room} />
      {state && (
        <>
          <ClassNotice room={room} />
          <header class="top row spread">
            <h1>{title(state, lesson.value)}</h1>
            {lesson.value && <PhaseStrip phase={state.phase} />}
          </header>
          <main class={lesson.value ? state.phase : 'sandbox'}>
            <Scene room={room} state={state} lesson={lesson.value} stage={stage} isXRay={isXRay} />
          </main>
          <Tools state={state} />
        </>
      )}
      {over.value === 'lessons' && (
        <Dialog title={t(say`Lessons`)} onClose={close}>
          <LessonList
            lesson={state?.lesson ?? 0}
            {...(typed.value === undefined ? {} : { focused: typed.value })}
            onChoose={(number) => ask({ type: 'go', lesson: number, phase: 'predict' })}
          />
          <NewClass room={room} onBegin={close} />
        </Dialog>
      )}
      {over.value === 'help' && (
        <Dialog title={t(say`Keys`)} onClose={close}>
          <Help keys={ownKeys} />
        </Dialog>
      )}
      <Lanes stage={stage} />
      <Announcer />
    </>
  )
}

/** What the keys do, for those who press buttons. */
function Tools({ state }: { state: RoomState }) {
  return (
    <footer class="tools row spread">
      <div class="row">
        <button type="button" aria-disabled={previousMove(state) ? undefined : 'true'} onClick={previous}>
          ‹ {t(say`Back`)}
        </button>
        <button type="button" class="main" onClick={next}>
          {t(nextMove(state)?.name ?? say`Next lesson`)} ›
        </button>
        {otherMoves(state).map((move) => (
          <button key={move.message.type} type="button" onClick={() => ask(move.message)}>
            {t(move.name)}
          </button>
        ))}
        <button type="button" onClick={() => openLessons()}>
          {t(say`Lessons`)}
        </button>
        {stageIsShown() && stage.hasRecording.value && (
          <button type="button" aria-pressed={stage.recorded.value !== undefined} onClick={toggleRecording}>
            {t(say`Recording`)}
          </button>
        )}
      </div>
      {!votesByHand(state) && <p class="quiet here">{t(hereText(state))}</p>}
      <div class="row">
        <LanguageButton />
        <ThemeButton />
        <button type="button" onClick={toggleFullScreen}>
          {t(say`Full screen`)}
        </button>
        <button type="button" onClick={openHelp}>
          {t(say`Keys`)} <kbd>?</kbd>
        </button>
      </div>
    </footer>
  )
}

function title(state: RoomState, now: Lesson | undefined): string {
  if (now) return `${now.number}. ${t(now.title)}`
  return state.lesson === 0 ? t(say`Sandbox`) : String(state.lesson)
}

/** Tells who cannot see the wall what has changed on it. */
function useAnnouncements(state: RoomState | undefined, now: Lesson | undefined): void {
  useEffect(() => {
    if (state && now) announce(t(say`${now.number}. ${now.title}. Now: ${phaseNames[state.phase]}`))
  }, [state?.lesson, state?.phase])
  const ticked = stage.shown.value.watch.ticked.value
  useEffect(() => {
    const last = now?.steps.findLast(({ id }) => ticked.includes(id))
    if (last) announce(t(say`Seen: ${last.text}`))
  }, [ticked])
}

showPage(say`Wall`, chinese, Page)
