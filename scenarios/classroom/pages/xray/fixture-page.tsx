import '../base.css'
import { signal } from '@preact/signals'
import { render } from 'preact'
import type { StageState } from '../../log/state.ts'
import { chinese } from '../chinese.ts'
import { language, setLanguage, speak } from '../language.ts'
import { XRayPanel } from './panel.tsx'

/** A page with nothing but the X-ray, which a test gives what a stage would. */
const shown = signal<{ state: StageState; selected: string | undefined } | undefined>(undefined)

function Fixture() {
  if (!shown.value) return null
  const { state, selected } = shown.value
  return (
    <main lang={language.value === 'zh' ? 'zh-Hans' : 'en'}>
      <h1>pushlab</h1>
      <XRayPanel
        state={state}
        lanes={state.lanes.map(({ spec }) => spec)}
        selected={selected}
        onSelect={(lane) => {
          shown.value = { state, selected: lane }
        }}
        ports={Object.fromEntries(state.lanes.map(({ spec }, i) => [spec.id, 8_101 + i]))}
      />
    </main>
  )
}

const fixture = {
  show(state: StageState, selected?: string) {
    shown.value = { state, selected: selected ?? shown.value?.selected ?? state.lanes[0]?.spec.id }
  },
  speak: setLanguage,
}
export type Fixture = typeof fixture
Object.assign(globalThis, { fixture })

speak(chinese, 'en')
render(<Fixture />, document.body)
