import { signal } from '@preact/signals'
import { expect, test } from 'vitest'
import { english } from '../../../../report/words/say.ts'
import { advance } from '../../log/advance.ts'
import type { StageEntry, StageSettings } from '../../log/entries.ts'
import { logFixture } from '../../log/fixture.ts'
import type { StageState } from '../../log/state.ts'
import { createStageDesk, type DeskOptions } from './stage-desk.ts'

/** A stage, and desks of several pages at it: what one of them changes, the log tells all. */
function stageOf(options: Partial<DeskOptions> = {}) {
  const state = signal<StageState | undefined>(advance(undefined, logFixture({ events: 10 })))
  const take = (entry: StageEntry) => {
    state.value = advance(state.value, [entry])
  }
  const change = (patch: Partial<StageSettings>) => {
    const { atUs, settings } = state.value as StageState
    take({ kind: 'changed', atUs, settings: { ...settings, ...patch } })
  }
  const nowUs = () => state.peek()?.atUs ?? 0
  const desk = () => createStageDesk({ state, onChange: change, onAct: () => {}, nowUs, ...options })
  return { state, take, change, desk }
}

test('the picture follows the stage’s pause, whoever changes it', () => {
  const { state, desk } = stageOf()
  const [wall, phone] = [desk(), desk()]
  wall.step()
  expect(state.value?.settings.isPaused).toBe(true)
  expect(wall.look()?.label.in(english)).toMatch(/^Paused at/)
  expect([wall.isPaused(), phone.isPaused()]).toEqual([true, true])
  phone.toggle()
  expect(state.value?.settings.isPaused).toBe(false)
  expect(wall.look()?.label.in(english)).toMatch(/^Live/)
  expect([wall.isPaused(), phone.isPaused()]).toEqual([false, false])
  phone.toggle()
  expect(wall.look()?.label.in(english)).toMatch(/^Paused at/)
  wall.toggle()
  expect([wall.isPaused(), phone.isPaused()]).toEqual([false, false])
})

test('a slowed picture goes on from where it was held', () => {
  const { desk, change } = stageOf()
  const wall = desk()
  wall.magnify(1_000)
  wall.look()
  change({ isPaused: true })
  expect(wall.look()?.label.in(english)).toMatch(/^Paused, ×1000: event/)
  change({ isPaused: false })
  expect(wall.look()?.label.in(english)).toMatch(/^Slowed ×1000: event/)
})

test('a live picture of a stage whose feed waits says so, and another run is not held', () => {
  const { state, desk, change, take } = stageOf()
  const wall = desk()
  change({ isPaused: true })
  wall.send()
  expect(wall.look()?.label.in(english)).toMatch(/^Live, .*; the feed waits$/)
  expect(wall.isPaused()).toBe(true)
  wall.step()
  const settings = { ...(state.value as StageState).settings, isPaused: false }
  take({ kind: 'began', atUs: 0, run: 2, lanes: [], settings })
  expect(wall.isPaused()).toBe(false)
})

test('a pause is told again while the answer to another is on its way', () => {
  const told: Partial<StageSettings>[] = []
  const { desk } = stageOf({ onChange: (patch) => void told.push(patch) })
  const wall = desk()
  wall.toggle()
  wall.toggle()
  expect(told).toEqual([{ isPaused: true }, { isPaused: false }])
})

test('a recording is held by nobody but who looks at it', () => {
  const { desk, change } = stageOf({ isRecording: true })
  const shown = desk()
  change({ isPaused: true })
  expect(shown.isPaused()).toBe(false)
  expect(shown.look()?.label.in(english)).toBe('Recording')
})
