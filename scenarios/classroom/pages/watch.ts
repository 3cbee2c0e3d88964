import { batch, type ReadonlySignal, signal } from '@preact/signals'
import type { Said } from '../../../report/words/say.ts'
import type { Step } from '../lessons/lesson.ts'
import { type KeptEntry, kept, MOST_ENTRIES } from '../lessons/worksheet-file.ts'
import { advance } from '../log/advance.ts'
import type { StageEntry } from '../log/entries.ts'
import type { StageState } from '../log/state.ts'

/** Somebody who looks at the stage, or at a recording of it, and ticks off what was to be seen. */
export interface Watch {
  /** Another object after all entries that were taken. */
  state: ReadonlySignal<StageState | undefined>
  /** The same, five times a second at most: words and counters that change faster cannot be read. */
  calmState: ReadonlySignal<StageState | undefined>
  /** Ids of the steps that have been seen, in the order of the lesson. They stay so until other steps are followed. */
  ticked: ReadonlySignal<readonly string[]>
  /**
   * What had been seen when a step ticked, by its id: the stage goes on after that. Of what had been ticked before this page
   * was there it is known as soon as the log has been told that far.
   */
  said: ReadonlySignal<ReadonlyMap<string, Said>>
  /** The first entries since the stage's beginning, as a worksheet keeps them; none where the watch keeps no log. */
  log(): readonly KeptEntry[]
  take(entries: readonly StageEntry[]): void
  /**
   * Which steps to tick from now on.
   * @param run of the stage that they are about; while the log is of another one, nothing ticks.
   * @param seen what had been ticked in that run before this page was there.
   */
  follow(steps: readonly Step[], run: number, seen: readonly string[]): void
  /**
   * The room is away: until its log begins anew nothing ticks, for the stage that comes may be another one, with the number
   * of this run.
   */
  lose(): void
}

export interface WatchOptions {
  /** Whether somebody will want to save the log. All of it is a lot for a page that is open for hours. */
  keepsLog: boolean
  /** A step is shown for so long before it ticks, however soon it has happened; default 0. */
  shownMs?: number
  /** Whether bytes are looked at; for steps that ask for that. */
  isXRay?: () => boolean
}

const REFRESH_MS = 200

export function createWatch({ keepsLog, shownMs = 0, isXRay = () => true }: WatchOptions): Watch {
  const state = signal<StageState | undefined>(undefined)
  const calmState = signal<StageState | undefined>(undefined)
  const ticked = signal<readonly string[]>([])
  const said = signal<ReadonlyMap<string, Said>>(new Map())
  let followed: { steps: readonly Step[]; run: number } = { steps: [], run: 0 }
  let log: KeptEntry[] = []
  let isWaiting = false
  let isLost = false
  /** Since when the first step that has not ticked is there to be read; ms of the page's clock. */
  let shownSinceMs = performance.now()
  let soon: ReturnType<typeof setTimeout> | undefined

  /** One step after the other, each once it has happened and has been there to be read. */
  function tick(): void {
    const now = state.peek()
    if (isLost || now?.run !== followed.run) return
    const seen = ticked.peek()
    note(
      followed.steps.filter(({ id, isDone }) => seen.includes(id) && !said.peek().has(id) && isDone(now)),
      now,
    )
    for (;;) {
      const step = followed.steps.find(({ id }) => !ticked.peek().includes(id))
      if (!step?.isDone(now) || (step.needsXRay && !isXRay())) return
      const leftMs = shownSinceMs + shownMs - performance.now()
      if (leftMs > 0) {
        clearTimeout(soon)
        soon = setTimeout(tick, leftMs)
        return
      }
      batch(() => {
        note([step], now)
        const before = ticked.peek()
        ticked.value = followed.steps.flatMap(({ id }) => (id === step.id || before.includes(id) ? [id] : []))
      })
      shownSinceMs = performance.now()
    }
  }

  /** Keeps what there is to say of steps that are done. */
  function note(steps: readonly Step[], now: StageState): void {
    const texts = new Map(said.peek())
    for (const { id, seen, progress } of steps) {
      const text = seen?.(now) ?? progress?.(now)
      if (text) texts.set(id, text)
    }
    if (texts.size > said.peek().size) said.value = texts
  }

  return {
    state,
    calmState,
    ticked,
    said,
    log: () => log,
    take(entries) {
      const began = entries.findLastIndex(({ kind }) => kind === 'began')
      if (began >= 0) {
        log = []
        isLost = false
        // It is told anew, perhaps with mended times.
        said.value = new Map()
      }
      const own = keepsLog ? entries.slice(Math.max(0, began)) : []
      for (const entry of own.slice(0, MOST_ENTRIES - log.length)) log.push(kept(entry))
      state.value = advance(state.peek(), entries)
      tick()
      if (isWaiting) return
      isWaiting = true
      setTimeout(() => {
        isWaiting = false
        calmState.value = state.peek()
      }, REFRESH_MS)
    },
    follow(steps, run, seen) {
      const isSame = followed.run === run
      followed = { steps, run }
      shownSinceMs = performance.now()
      batch(() => {
        ticked.value = steps.filter(({ id }) => seen.includes(id)).map(({ id }) => id)
        said.value = new Map([...said.peek()].filter(([id]) => isSame && ticked.peek().includes(id)))
      })
      tick()
    },
    lose() {
      isLost = true
    },
  }
}
