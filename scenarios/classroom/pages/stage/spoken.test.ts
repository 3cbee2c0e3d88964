import { expect, test } from 'vitest'
import { advance } from '../../log/advance.ts'
import { defaultStageSettings, type StageEntry } from '../../log/entries.ts'
import type { StageState } from '../../log/state.ts'
import { changesSince, type Standing, standingOf } from './spoken.ts'

const lanes = [
  { id: 'sse', technique: 'sse' },
  { id: 'short-poll', technique: 'short-poll' },
]
const beginning: StageEntry[] = [
  { kind: 'began', atUs: 0, run: 1, lanes, settings: defaultStageSettings },
  { kind: 'opened', atUs: 1, lane: 'sse' },
  { kind: 'opened', atUs: 1, lane: 'short-poll' },
]
const event = (seq: number, ...received: string[]): StageEntry[] => [
  { kind: 'published', atUs: seq * 10, dueUs: seq * 10, seq, payloadBytes: 16 },
  ...received.map((lane): StageEntry => ({ kind: 'received', atUs: seq * 10 + 1, lane, seq })),
]

/** What is said after each part of a log. */
function said(...parts: StageEntry[][]): string[][] {
  let state: StageState | undefined = advance(undefined, beginning)
  let before: Standing = standingOf(state as StageState)
  return parts.map((entries) => {
    state = advance(state, entries) as StageState
    const now = standingOf(state, before)
    const changes = changesSince(before, now, state).map(String)
    before = now
    return changes
  })
}

test('of a stage that goes on as it did nothing is said', () => {
  const asked: StageEntry = { kind: 'asked', atUs: 5, lane: 'short-poll' }
  const answered: StageEntry = { kind: 'answered', atUs: 6, lane: 'short-poll', events: 0 }
  expect(said(event(1, 'sse', 'short-poll'), [asked], [answered], event(2, 'sse'), [])).toEqual([
    ...[[], [], [], [], []],
  ])
})

test('a cut is one sentence, and each lane that comes back is another', () => {
  expect(
    said(
      [{ kind: 'changed', atUs: 10, network: 'cut' }],
      [{ kind: 'failed', atUs: 11, lane: 'sse', message: 'reset' }],
      [{ kind: 'changed', atUs: 20, network: 'up' }],
      [{ kind: 'opened', atUs: 21, lane: 'sse' }],
      event(3, 'short-poll'),
    ),
  ).toEqual([
    ['The network is cut.'],
    [],
    ['The network is mended.'],
    ['In Server-Sent Events: open again.'],
    ['In Short polling: open again.'],
  ])
})

test('a lane that fails alone, the server, and lost events are told', () => {
  expect(
    said(
      [{ kind: 'failed', atUs: 5, lane: 'sse', message: 'reset' }],
      [{ kind: 'failed', atUs: 6, lane: 'short-poll', message: 'reset' }],
      [{ kind: 'opened', atUs: 7, lane: 'sse' }, ...event(1), ...event(2, 'sse')],
      [{ kind: 'changed', atUs: 30, server: 'down' }],
      [{ kind: 'changed', atUs: 40, server: 'up' }],
    ),
  ).toEqual([
    ['In Server-Sent Events: connection lost.'],
    ['In Short polling: connection lost.'],
    ['In Server-Sent Events: open again, 1 lost.'],
    ['The server is down.'],
    ['The server is up again.'],
  ])
})
