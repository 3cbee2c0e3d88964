import { describe, expect, test } from 'vitest'
import { defaultStageSettings } from '../log/entries.ts'
import { LONGEST_ID, MOST_LANES, MOST_TABS, settingLimits } from '../stage/limits.ts'
import type { ToRoom } from './protocol.ts'
import { readToRoom } from './protocol-schema.ts'

const good: ToRoom[] = [
  { type: 'hello', role: 'student', code: 'ABC234' },
  { type: 'hello', role: 'student', code: 'abc 234', token: 'AAAAAAAAAAAAAAAAAAAAAA' },
  { type: 'hello', role: 'staff', key: 'k' },
  { type: 'hello', role: 'staff', key: 'k', isWall: true },
  { type: 'clock', sentMs: 1_700_000_000_000.5 },
  { type: 'vote', ballot: '10/predict/1', option: 0 },
  { type: 'go', lesson: 0, phase: 'predict' },
  { type: 'revote' },
  { type: 'hands', ballot: '1/predict/1', counts: [0, 999] },
  { type: 'bars', on: true },
  { type: 'leave-out', on: false },
  { type: 'timer', seconds: 0 },
  { type: 'new-class' },
  { type: 'undo' },
  {
    type: 'begin',
    setup: {
      lanes: [{ id: 'sse', technique: 'sse', forgetful: true, tabs: 7, socketIo: 'upgrade' }],
      settings: { ...defaultStageSettings, ratePerSecond: 0 },
      plan: [{ atMs: 5_000, act: 'restart' }],
    },
  },
  { type: 'change', settings: { ratePerSecond: 0.1 } },
  { type: 'act', act: 'probe' },
  { type: 'play', takeOver: false },
  { type: 'play', takeOver: false, goesOn: true },
  { type: 'hidden', on: true },
  { type: 'clocked', run: 1, shiftUs: -83_211, errorUs: 420 },
  {
    type: 'seen',
    run: 1,
    entries: [
      { kind: 'asked', atUs: 1, lane: 'sse' },
      { kind: 'opened', atUs: 1, lane: 'sse', tab: 2 },
      { kind: 'answered', atUs: 1, lane: 'sse', events: 0 },
      { kind: 'received', atUs: 1, lane: 'sse', seq: 1 },
      { kind: 'gap', atUs: 1, lane: 'sse', after: 1, next: 5 },
      { kind: 'failed', atUs: 1, lane: 'sse', message: 'TypeError: Failed to fetch' },
      { kind: 'probed', atUs: 1, lane: 'sse', state: 'waits' },
    ],
  },
  { type: 'ticked', lesson: 2, run: 3, steps: ['all-empty'] },
  { type: 'close', ballot: '2/transfer/1' },
]

const bad: unknown[] = [
  null,
  1,
  [],
  'vote',
  {},
  { type: 'constructor' },
  { type: '__proto__' },
  { type: 'hello', role: 'teacher', code: 'ABC234' },
  { type: 'hello', role: 'student', code: 'A'.repeat(41) },
  { type: 'hello', role: 'student', code: 'ABC234', name: '<b>' },
  { type: 'clock', sentMs: '1' },
  { type: 'clocked', run: 1, shiftUs: 1e300, errorUs: 420 },
  { type: 'vote', ballot: '<img src=x>', option: 0 },
  { type: 'vote', ballot: '1/predict/1', option: -1 },
  { type: 'vote', ballot: '1/predict/1', option: 1.5 },
  { type: 'vote', ballot: '1/predict/1', option: 1, comment: '' },
  { type: 'go', lesson: 1, phase: 'cheat' },
  { type: 'change', settings: { ratePerSecond: 51 } },
  { type: 'change', settings: { ratePerSecond: 0.05 } },
  { type: 'change', settings: { payloadBytes: 4 } },
  { type: 'change', settings: { speed: 1 } },
  { type: 'act', act: 'explode' },
  { type: 'begin', setup: { lanes: [{ id: '<b>', technique: 'sse' }], settings: defaultStageSettings } },
  { type: 'seen', run: 1, entries: [{ kind: 'published', atUs: 1, seq: 1, dueUs: 1, payloadBytes: 1 }] },
  { type: 'ticked', lesson: 2, run: 3, steps: ['<script>'] },
  { type: 'ticked', steps: ['all-empty'] },
  { type: 'close', ballot: 'transfer' },
  { type: 'close' },
  { type: 'hands', ballot: '1/predict/1', counts: [-1] },
  { type: 'hands', ballot: '1/predict/1', counts: [1_000] },
  { type: 'hands', ballot: '1/predict/1', counts: [] },
  { type: 'timer', seconds: 3_601 },
  { type: 'timer', seconds: -1 },
]

describe('messages to the room', () => {
  test('are taken as the protocol has them', () => {
    for (const message of good) expect(readToRoom(JSON.stringify(message))).toEqual(message)
  })

  test.each(bad.map((message) => [JSON.stringify(message)]))('%s is none', (text) => {
    expect(readToRoom(text)).toBeUndefined()
  })

  test('what is not JSON is none', () => {
    for (const text of ['', '{', '{"type":"revote"', 'revote', '\0']) expect(readToRoom(text)).toBeUndefined()
  })

  test('the limits are those of the stage, at both of their ends', () => {
    const isRead = (message: unknown) => readToRoom(JSON.stringify(message)) !== undefined
    for (const [name, { least, most, isWhole }] of Object.entries(settingLimits)) {
      const step = isWhole ? 1 : 0.01
      for (const value of [least, most]) {
        expect(isRead({ type: 'change', settings: { [name]: value } }), `${name} ${value}`).toBe(true)
      }
      for (const value of [least - step, most + step, ...(isWhole ? [least + 0.5] : [])]) {
        expect(isRead({ type: 'change', settings: { [name]: value } }), `${name} ${value}`).toBe(false)
      }
    }
    const setup = (lanes: object[]) => ({ type: 'begin', setup: { lanes, settings: defaultStageSettings } })
    const lane = (i: number) => ({ id: `lane-${i}`, technique: 'sse' })
    const lanes = (count: number) => Array.from({ length: count }, (_, i) => lane(i))
    expect([isRead(setup(lanes(MOST_LANES))), isRead(setup(lanes(MOST_LANES + 1)))]).toEqual([true, false])
    const tabs = (count: number) => isRead(setup([{ ...lane(1), tabs: count }]))
    expect([tabs(MOST_TABS), tabs(MOST_TABS + 1)]).toEqual([true, false])
    const id = (length: number) => isRead(setup([{ ...lane(1), id: 'a'.repeat(length) }]))
    expect([id(LONGEST_ID), id(LONGEST_ID + 1)]).toEqual([true, false])
  })
})
