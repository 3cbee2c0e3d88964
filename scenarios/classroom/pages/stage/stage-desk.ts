import { effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals'
import { type Said, say } from '../../../../report/words/say.ts'
import type { StageAct, StageSettings } from '../../log/entries.ts'
import type { StageState } from '../../log/state.ts'
import {
  beginAnew,
  type Lens,
  type LensFactor,
  lookThrough,
  magnify,
  type Picture,
  pause,
  play,
  step,
} from './lens.ts'

/** What a stage's page gives its desk. */
export interface DeskOptions {
  state: ReadonlySignal<StageState | undefined>
  onChange(patch: Partial<StageSettings>): void
  onAct(act: StageAct): void
  /** Clears the stage and sets it up again as it is; left out where that cannot be done here. */
  onReset?(): void
  /** The stage's clock, in µs. */
  nowUs(): number
  /** So many times slower a stage that has just begun is shown first; undefined for live. */
  beginsSlowed?(): LensFactor | undefined
  /** Whether what is shown is a recording: nothing of it is live. */
  isRecording?: boolean
}

/** What can be done to the stage, by buttons and by keys: the same. */
export interface StageDesk extends DeskOptions {
  lens: Signal<Lens>
  isPaused(): boolean
  /** What is seen now; undefined before there is a stage. */
  look(): Picture | undefined
  /** Freezes the picture and lets the feed's schedule wait, or lets both go on. */
  toggle(): void
  step(): void
  send(): void
  toggleNetwork(): void
  magnify(factor: LensFactor): void
}

/** A desk of its own for each stage that is shown. */
export function createStageDesk(options: DeskOptions): StageDesk {
  const { state, onChange, onAct, nowUs } = options
  const lens = signal<Lens>({ factor: 1 })
  let run: number | undefined
  /** Which run the stage's pause was last followed in, and what it was. */
  let followed: { run: number; isPaused: boolean } | undefined
  const desk: StageDesk = {
    ...options,
    lens,
    // A recording goes on whatever the stage that it is of was told.
    isPaused: () =>
      lens.value.heldUs !== undefined ||
      (options.isRecording !== true && state.value?.settings.isPaused === true),
    look: () => {
      const now = state.peek()
      if (!now) return undefined
      // Another run has another clock: what was held or slowed is gone.
      if (run !== now.run)
        lens.value = beginAnew(lens.peek(), now, options.beginsSlowed?.(), performance.now())
      run = now.run
      const picture = lookThrough(lens.peek(), now, performance.now(), nowUs(), options.isRecording)
      if (picture.lens !== lens.peek()) lens.value = picture.lens
      return picture
    },
    toggle: () => {
      const isPaused = desk.isPaused()
      const picture = desk.look()
      const now = state.peek()
      if (isPaused && now) lens.value = play(lens.peek(), performance.now(), now)
      else if (picture) lens.value = pause(lens.peek(), picture)
      // What was told before may be on its way, so that the log is no witness of it.
      onChange({ isPaused: !isPaused })
    },
    step: () => {
      if (!desk.isPaused()) desk.toggle()
      const now = state.peek()
      const picture = desk.look()
      if (now && picture) lens.value = step(lens.peek(), picture, now)
    },
    // Whoever sends an event wants to see it: the picture goes on, the schedule may go on waiting.
    send: () => {
      const now = state.peek()
      if (now && lens.peek().heldUs !== undefined) lens.value = play(lens.peek(), performance.now(), now)
      onAct('send')
    },
    toggleNetwork: () => onAct(state.peek()?.network === 'cut' ? 'mend' : 'cut'),
    magnify: (factor) => {
      lens.value = magnify(lens.peek(), factor)
    },
  }
  if (!options.isRecording) effect(follow)
  return desk

  /** Whoever pauses the stage, or lets it go on, on whatever page: the picture here does the same. */
  function follow(): void {
    const now = state.value
    if (!now) return
    const { isPaused } = now.settings
    if (followed?.run === now.run && followed.isPaused === isPaused) return
    const wasPaused = followed?.run === now.run && followed.isPaused
    followed = { run: now.run, isPaused }
    untracked(() => {
      // It drops what was held in another run.
      const picture = desk.look()
      if (isPaused && picture && lens.peek().heldUs === undefined) lens.value = pause(lens.peek(), picture)
      else if (!isPaused && wasPaused) lens.value = play(lens.peek(), performance.now(), now)
    })
  }
}

/** A key of the stage and what it does; the page listens. */
export interface StageShortcut {
  /** As KeyboardEvent.key says it. */
  key: string
  does: Said
  run(desk: StageDesk): void
}

export const stageShortcuts: readonly StageShortcut[] = [
  { key: ' ', does: say`play or pause`, run: (desk) => desk.toggle() },
  { key: '.', does: say`the next recorded moment`, run: (desk) => desk.step() },
  { key: 'r', does: say`begin anew`, run: (desk) => desk.onReset?.() },
  { key: 'e', does: say`send one event`, run: (desk) => desk.send() },
  { key: 'c', does: say`cut or mend the network`, run: (desk) => desk.toggleNetwork() },
  { key: 'b', does: say`restart the server`, run: (desk) => desk.onAct('restart') },
]
