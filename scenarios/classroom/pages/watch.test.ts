import { expect, test, vi } from 'vitest'
import { english, say } from '../../../report/words/say.ts'
import type { Step } from '../lessons/lesson.ts'
import { defaultStageSettings, type StageEntry } from '../log/entries.ts'
import type { StageState } from '../log/state.ts'
import { createWatch } from './watch.ts'

const began = (run: number): StageEntry => ({
  ...{
    kind: 'began',
    atUs: 0,
    run,
    lanes: [{ id: 'sse', technique: 'sse' }],
    settings: defaultStageSettings,
  },
})
const unit: StageEntry = {
  ...{ kind: 'unit', atUs: 5, fromUs: 5, lane: 'sse', connection: 1, unit: 1, direction: 'down' },
  ...{ what: 'chunk', bytes: 5, sums: { payload: 5 }, events: [1], shown: 'aGVsbG8=' },
  spans: [[0, 5, 'payload', 'data']],
}
const step: Step = {
  ...{ id: 'bytes', text: say`bytes`, why: say`why`, notSeen: say`not seen` },
  isDone: ({ lanes }) => (lanes[0]?.bytes ?? 0) > 0,
}

test('a page that saves nothing keeps no log, and one that does keeps it without bytes', () => {
  const { shown: _shown, spans: _spans, ...bare } = unit as Extract<StageEntry, { kind: 'unit' }>
  for (const keepsLog of [true, false]) {
    const watch = createWatch({ keepsLog })
    watch.take([began(1), unit])
    watch.take([began(2)])
    watch.take([unit])
    expect(watch.log()).toEqual(keepsLog ? [began(2), bare] : [])
    expect(watch.state.value?.lanes[0]?.bytes).toBe(5)
  }
})

test('the log ends where a worksheet would cut it off', () => {
  const watch = createWatch({ keepsLog: true })
  watch.take([began(1)])
  const asked: StageEntry = { kind: 'asked', atUs: 5, lane: 'sse' }
  for (let i = 0; i < 210; i++) watch.take(Array.from({ length: 1_000 }, () => asked))
  expect(watch.log()).toHaveLength(200_000)
})

test('while the room is away nothing ticks, for a stage of the same number may be another', () => {
  const watch = createWatch({ keepsLog: false })
  watch.follow([step], 1, [])
  watch.take([began(1), unit])
  expect(watch.ticked.value).toEqual(['bytes'])
  watch.lose()
  watch.follow([step], 1, [])
  expect(watch.ticked.value).toEqual([])
  watch.take([began(1)])
  expect(watch.ticked.value).toEqual([])
  watch.take([unit])
  expect(watch.ticked.value).toEqual(['bytes'])
})

test('a step keeps what it said when it ticked, whatever the stage does after that', () => {
  const watch = createWatch({ keepsLog: false })
  const told = { ...step, progress: ({ lanes }: StageState) => say`${lanes[0]?.bytes ?? 0} bytes` }
  const later = { ...told, id: 'more', isDone: ({ lanes }: StageState) => (lanes[0]?.bytes ?? 0) > 5 }
  watch.follow([told, later], 1, [])
  watch.take([began(1)])
  expect(watch.said.value.size).toBe(0)
  watch.take([unit])
  watch.take([{ ...unit, unit: 2, atUs: 6 } as StageEntry])
  expect(watch.state.value?.lanes[0]?.bytes).toBe(10)
  const texts = ['bytes', 'more'].map((id) => watch.said.value.get(id)?.in(english))
  expect(texts).toEqual(['5 bytes', '10 bytes'])
  watch.follow([told], 2, ['bytes'])
  expect(watch.ticked.value).toEqual(['bytes'])
  expect(watch.said.value.size).toBe(0)
})

test('steps tick one after the other, each once it has been there to be read, and bytes have been looked at', () => {
  vi.useFakeTimers()
  try {
    let isXRay = false
    const watch = createWatch({ keepsLog: false, shownMs: 3_000, isXRay: () => isXRay })
    watch.follow([step, { ...step, id: 'look', needsXRay: true }, { ...step, id: 'end' }], 1, [])
    watch.take([began(1), unit])
    vi.advanceTimersByTime(2_900)
    expect(watch.ticked.value).toEqual([])
    vi.advanceTimersByTime(200)
    expect(watch.ticked.value).toEqual(['bytes'])
    vi.advanceTimersByTime(9_000)
    expect(watch.ticked.value).toEqual(['bytes'])
    isXRay = true
    watch.take([{ ...unit, unit: 2 } as StageEntry])
    expect(watch.ticked.value).toEqual(['bytes', 'look'])
    vi.advanceTimersByTime(2_900)
    expect(watch.ticked.value).toEqual(['bytes', 'look'])
    vi.advanceTimersByTime(200)
    expect(watch.ticked.value).toEqual(['bytes', 'look', 'end'])
  } finally {
    vi.useRealTimers()
  }
})

test('a page that is loaded anew knows what was seen from the log, which is told anew', () => {
  const bytesOf = ({ lanes }: StageState) => lanes[0]?.bytes ?? 0
  const seen = (state: StageState) => (bytesOf(state) > 0 ? say`${bytesOf(state)} bytes` : undefined)
  const watch = createWatch({ keepsLog: false })
  watch.follow([{ ...step, seen, progress: () => say`Not yet.` }], 1, ['bytes'])
  const text = () => watch.said.value.get('bytes')?.in(english)
  watch.take([began(1)])
  expect([text(), watch.ticked.value]).toEqual([undefined, ['bytes']])
  watch.take([unit])
  watch.take([{ ...unit, unit: 2, atUs: 6 } as StageEntry])
  expect(text()).toBe('5 bytes')
  // And once more, where times were mended.
  watch.take([began(1), { ...unit, bytes: 7 } as StageEntry])
  expect([text(), watch.ticked.value]).toEqual(['7 bytes', ['bytes']])
})
