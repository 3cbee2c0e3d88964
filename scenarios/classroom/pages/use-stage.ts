import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals'
import type { Lesson, Step } from '../lessons/lesson.ts'
import type { StageAct } from '../log/entries.ts'
import { type Recording, unpackLog } from '../log/recording-format.ts'
import type { RoomState } from '../room/protocol.ts'
import { type Background, isVisible, noteBackground } from './background.ts'
import { playRecording, recordingOf } from './recording.ts'
import type { RoomClient } from './room-client.ts'
import { type ClockEstimate, isBetter, stageTimeUs } from './room-client-clock.ts'
import { Player, stageIsHere } from './stage/player.ts'
import { createStageDesk, type StageDesk } from './stage/stage-desk.ts'
import { lastingTrouble, type Trouble } from './trouble.ts'
import { createWatch, type Watch } from './watch.ts'

/** Whoever reads a step has it before them for so long at least. */
const SHOWN_MS = 3_000

/** The stage as a page shows it: live, or a recording in its place. */
export interface ShownStage {
  /** What the page shows now, and what its controls and keys act on. */
  shown: ReadonlySignal<Shown>
  /** The recording that plays, or has played, in place of the live stage. */
  recorded: ReadonlySignal<Recorded | undefined>
  /** Whether the page's lesson has one. */
  hasRecording: ReadonlySignal<boolean>
  /** Why the live stage cannot be looked at, once that has lasted for 10 s. */
  trouble: ReadonlySignal<Trouble | undefined>
  /** Plays the lanes, where this page does; undefined on a page that never does. */
  player: Player | undefined
  /** When this page played the lanes where nobody could see it: what it measured then is worth nothing. */
  background: ReadonlySignal<readonly Background[]>
  /** The same on the clock of the live stage, in µs. */
  backgroundUs(): { fromUs: number; toUs: number }[]
  act(act: StageAct): void
  playRecording(): void
  backToLive(): void
}

export interface Shown {
  watch: Watch
  desk: StageDesk
}

export interface Recorded extends Shown {
  recording: Recording
  isOver: boolean
  /** Whole seconds that have played; of `totalS`. */
  elapsedS: ReadonlySignal<number>
  totalS: number
}

export interface ShowOptions {
  /** That the page is in; undefined in the sandbox. */
  lesson: ReadonlySignal<Lesson | undefined>
  /** Whether the page offers to play the lanes, and does where nobody else does. */
  canPlay: boolean
  /** Whether the recording is this page's own affair, and not that of a room whose wall and teacher have to agree. */
  isAlone?: boolean
  /** Whether bytes are looked at, on a page where they can be. */
  isXRay?: ReadonlySignal<boolean>
}

/** Looks at the room's stage for as long as the page is there. */
export function showStage(
  room: RoomClient,
  { lesson, canPlay, isAlone = false, isXRay }: ShowOptions,
): ShownStage {
  // Only who takes lessons alone saves a worksheet.
  const watching = { keepsLog: isAlone, shownMs: SHOWN_MS, isXRay: () => isXRay?.peek() ?? true }
  const watch = createWatch(watching)
  const recorded = signal<Recorded | undefined>(undefined)
  const recording = computed(() => lesson.value && recordingOf(lesson.value.id))
  let stop = () => {}
  let starts = 0
  room.onLog(({ entries }) => watch.take(entries))
  effect(() => {
    if (room.connection.value !== 'here') watch.lose()
  })

  const stageTime = (atMs: number) => {
    const [clock, state] = [room.clock.peek(), room.room.peek()]
    // Before the room has told its time, the log's is the best guess.
    return clock && state ? stageTimeUs(atMs, clock, state.stage.epochUs) : (watch.state.peek()?.atUs ?? 0)
  }
  const player = canPlay && stageIsHere() ? playLanes(room) : undefined
  const act = (act: StageAct) => {
    room.say({ type: 'act', act })
  }
  const live: Shown = {
    watch,
    desk: createStageDesk({
      state: watch.state,
      onChange: (settings) => room.say({ type: 'change', settings }),
      onAct: act,
      onReset: () => {
        const setup = room.room.peek()?.stage.setup
        if (setup) room.say({ type: 'begin', setup })
      },
      nowUs: () => stageTime(performance.timeOrigin + performance.now()),
      beginsSlowed: () => lesson.peek()?.beginsSlowed,
    }),
  }
  tickSteps(room, watch, lesson)

  // A room that is away can agree to nothing: then the page plays by itself.
  const isRooms = () => !isAlone && room.connection.peek() === 'here'
  /** What the room has, where that counts. */
  const wanted = computed(() =>
    !isAlone && room.connection.value === 'here' ? room.room.value?.recording : undefined,
  )
  let shownLesson: Lesson | undefined
  let wasAway = false
  effect(() => {
    const [now, isOn] = [lesson.value, wanted.value]
    untracked(() => {
      if (now !== shownLesson) stopRecording()
      const plays = recorded.peek() !== undefined
      if (isOn === true && !plays) startRecording()
      // What was begun while the room was away is told to it.
      else if (isOn === false && plays && wasAway) room.say({ type: 'recording', on: true })
      else if (isOn === false && plays) stopRecording()
      shownLesson = now
      wasAway = isOn === undefined
    })
  })

  function stopRecording(): void {
    starts++
    stop()
    recorded.value = undefined
  }

  async function startRecording(): Promise<void> {
    const found = recording.peek()
    if (!found) return
    const start = ++starts
    const entries = await unpackLog(found.log)
    if (start !== starts) return
    stop()
    const again = createWatch(watching)
    const began = entries[0]
    again.follow(lesson.peek()?.steps ?? [], began?.kind === 'began' ? began.run : 0, [])
    const tape = playRecording(
      entries,
      (next) => again.take(next),
      () => {
        if (recorded.value) recorded.value = { ...recorded.value, isOver: true }
      },
    )
    stop = tape.stop
    const nothing = () => {}
    const desk = createStageDesk({
      state: again.state,
      onChange: nothing,
      onAct: nothing,
      nowUs: tape.nowUs,
      beginsSlowed: () => lesson.peek()?.beginsSlowed,
      isRecording: true,
    })
    const { elapsedS, totalS } = tape
    recorded.value = { recording: found, watch: again, desk, isOver: false, elapsedS, totalS }
  }

  const plays = computed(() => player !== undefined && room.room.value?.stage.player === 'you')
  const background = noteBackground(plays)

  return {
    shown: computed(() => recorded.value ?? live),
    recorded,
    hasRecording: computed(() => recording.value !== undefined),
    trouble: lastingTrouble(room, watch),
    player,
    background,
    backgroundUs: () =>
      background.value.map(({ fromMs, toMs }) => ({ fromUs: stageTime(fromMs), toUs: stageTime(toMs) })),
    act,
    backToLive() {
      if (isRooms()) room.say({ type: 'recording', on: false })
      stopRecording()
    },
    playRecording() {
      if (!recording.peek()) return
      if (isRooms()) room.say({ type: 'recording', on: true })
      startRecording()
    },
  }
}

/** What the button beside a step does. */
export function doStep({ act, shown }: ShownStage, step: NonNullable<Step['act']>): void {
  if (typeof step === 'string') {
    act(step)
    return
  }
  shown.value.desk.onChange(step.change)
  if (step.act) act(step.act)
}

/** Offers to play the lanes where nobody does, and plays them while the room wants this page to. */
function playLanes(room: RoomClient): Player {
  // Until a room that was away has told how it stands, it does not take this page for the player, and would drop all of it.
  let old: RoomState | undefined
  effect(() => {
    if (room.connection.value !== 'here') old = room.room.peek()
  })
  /** The clock by which everything is told that this page sees of a run. */
  let clock: ClockEstimate = { offsetMs: 0, uncertaintyMs: Infinity }
  let clockOf = ''
  const player = new Player({
    stageTime: (atMs) => stageTimeUs(atMs, clock, room.room.peek()?.stage.epochUs ?? 0),
    onSeen: (run, entries) => {
      const now = room.room.peek()
      return now !== old && now?.stage.player === 'you' && room.say({ type: 'seen', run, entries })
    },
  })
  room.onProbe(() => player.probe())
  /** Says how well the clock is known, and what that mends of what has been told. */
  const tellClock = ({ run, epochUs }: RoomState['stage'], now: ClockEstimate): void => {
    const isNew = clockOf !== `${run} ${epochUs}`
    if (!isNew && !isBetter(now, clock)) return
    const shiftUs = isNew ? 0 : Math.round((now.offsetMs - clock.offsetMs) * 1e3)
    if (!room.say({ type: 'clocked', run, shiftUs, errorUs: Math.ceil(now.uncertaintyMs * 1e3) })) return
    clock = now
    clockOf = `${run} ${epochUs}`
  }
  const isHidden = computed(() => room.room.value?.stage.player === 'you' && !isVisible.value)
  let wasHidden = false
  effect(() => {
    if (isHidden.value !== wasHidden && room.say({ type: 'hidden', on: isHidden.value }))
      wasHidden = isHidden.value
  })
  effect(() => {
    const stage = room.room.value?.stage
    const isHere = room.connection.value === 'here'
    const now = room.clock.value
    const isSeen = isVisible.value
    untracked(() => {
      // Browsers slow what nobody can see: a page in the background waits until somebody looks at it.
      if (stage?.player === 'none' && isHere && isSeen)
        room.say({ type: 'play', takeOver: false, ...(player.plays(stage) && { goesOn: true }) })
      // While the room is away the lanes go on: what they do then is part of what there is to see.
      if (stage?.player !== 'you') clockOf = ''
      else if (now) {
        tellClock(stage, now)
        player.play(stage)
      }
      if (stage?.player === 'another') player.stop()
    })
  })
  return player
}

/** Follows the steps of the lesson while the stage is its own, and tells the room which have ticked. */
function tickSteps(room: RoomClient, watch: Watch, lesson: ReadonlySignal<Lesson | undefined>): void {
  // A demo that was started anew counts its runs from 1 again.
  const stageId = computed(() => `${room.room.value?.stage.run} ${room.room.value?.stage.epochUs}`)
  // Until a lesson's own stage is set up, that of the one before still plays, and can tick nothing.
  const isItsStage = computed(() => {
    const setup = room.room.value?.stage.setup
    return setup !== undefined && JSON.stringify(setup) === JSON.stringify(lesson.value?.setup)
  })
  effect(() => {
    const steps = isItsStage.value ? (lesson.value?.steps ?? []) : []
    void stageId.value
    const state = room.room.peek()
    untracked(() => watch.follow(steps, state?.stage.run ?? 0, state?.steps ?? []))
  })
  const isPlayer = computed(() => room.room.value?.stage.player === 'you')
  effect(() => {
    const steps = [...watch.ticked.value]
    const state = room.room.peek()
    if (!isPlayer.value || steps.length === 0 || !state) return
    // A room that has gone on meanwhile drops them.
    untracked(() => room.say({ type: 'ticked', lesson: state.lesson, run: state.stage.run, steps }))
  })
}
