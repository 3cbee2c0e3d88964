import { signal } from '@preact/signals'
import { render } from 'preact'
import type { StageAct, StageEntry, StageSettings } from '../../log/entries.ts'
import '../base.css'
import { advance } from '../../log/advance.ts'
import type { StageState } from '../../log/state.ts'
import { chinese } from '../chinese.ts'
import { setLanguage, speak } from '../language.ts'
import { allControls } from './stage-controls.tsx'
import { createStageDesk } from './stage-desk.ts'
import { StageView } from './stage-view.tsx'

/** The stage alone on a page, for tests and to look at: its log and its clock are the test's. */
const state = signal<StageState | undefined>(undefined)
const selected = signal<string | undefined>(undefined)
const told: (StageAct | 'reset' | Partial<StageSettings>)[] = []
let clockUs: (() => number) | undefined

const desk = createStageDesk({
  state,
  onChange: (patch) => {
    told.push(patch)
    take([
      {
        kind: 'changed',
        atUs: state.value?.atUs ?? 0,
        settings: { ...(state.value as StageState).settings, ...patch },
      },
    ])
  },
  onAct: (act) => void told.push(act),
  onReset: () => void told.push('reset'),
  nowUs: () => clockUs?.() ?? state.peek()?.atUs ?? 0,
})

function take(entries: StageEntry[]): void {
  state.value = advance(state.value, entries)
}

/** What a test does with the page. */
export interface StageFixture {
  take(entries: StageEntry[]): void
  setLanguage: typeof setLanguage
  /** The stage's clock stands at an instant, or goes on from there. */
  setClock(us: number, isRunning?: boolean): void
  state(): StageState | undefined
  told: typeof told
  desk: typeof desk
}

const fixture: StageFixture = {
  take,
  setLanguage,
  setClock: (us, isRunning = false) => {
    const fromMs = performance.now()
    clockUs = () => (isRunning ? us + (performance.now() - fromMs) * 1_000 : us)
    // The picture is drawn again.
    state.value = state.value && { ...state.value }
  },
  state: () => state.value,
  told,
  desk,
}
Object.assign(window, { stage: fixture })

function Fixture() {
  return (
    <main>
      <h1 class="unseen">Stage</h1>
      <h2 class="unseen">Lanes</h2>
      <StageView
        state={state}
        desk={desk}
        controls={allControls}
        selected={selected.value}
        onSelect={(lane) => {
          selected.value = lane
        }}
      />
    </main>
  )
}

speak(chinese, 'en')
render(<Fixture />, document.body)
