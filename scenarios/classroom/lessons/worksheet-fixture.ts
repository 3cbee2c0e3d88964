import { advance } from '../log/advance.ts'
import type { LaneSpec, StageEntry, Unit } from '../log/entries.ts'
import { lessonOf } from './index.ts'
import type { Lesson } from './lesson.ts'

export const silence = lessonOf(2) as Lesson

const POLL_MS = 250

/** A run of lesson 2: so many polls, and one event between the 28th and the 29th. In the order of time. */
export function silentRun(polls = 62): StageEntry[] {
  const { lanes, settings } = silence.setup
  let units = 0
  const unit = (
    lane: string,
    atUs: number,
    what: Unit['what'],
    bytes: number,
    events: number[] = [],
  ): StageEntry => ({
    ...{ kind: 'unit', atUs, fromUs: atUs, lane, connection: lanes.findIndex(({ id }) => id === lane) + 1 },
    ...{ unit: ++units, direction: what === 'request' || what === 'handshake-request' ? 'up' : 'down', what },
    ...{ bytes, sums: { header: bytes }, events, shown: 'R0VUIC8=', spans: [[0, 5, 'header', 'method']] },
  })
  const begin = ({ id }: LaneSpec, i: number): StageEntry[] => [
    { kind: 'connected', atUs: 1_000 + i, lane: id, connection: i + 1 },
    { kind: 'asked', atUs: 1_100 + i, lane: id },
    unit(id, 1_200 + i, id === 'websocket' ? 'handshake-request' : 'request', 500),
    { kind: 'opened', atUs: 1_300 + i, lane: id },
    ...(id.endsWith('poll') ? [{ kind: 'answered', atUs: 1_400 + i, lane: id, events: 0 } as const] : []),
  ]
  const entries: StageEntry[] = [
    { kind: 'began', atUs: 0, run: 3, lanes, settings },
    ...lanes.flatMap((lane, i) => begin(lane, i)),
  ]
  for (let poll = 1; poll <= polls; poll++) {
    const atUs = poll * POLL_MS * 1e3
    const events = poll === 29 ? [1] : []
    if (poll === 29) {
      const publishedUs = atUs - 100_000
      entries.push({ kind: 'published', atUs: publishedUs, seq: 1, dueUs: publishedUs, payloadBytes: 100 })
      for (const { id } of lanes.slice(1))
        entries.push({ kind: 'received', atUs: publishedUs + 2_000, lane: id, seq: 1 })
    }
    const lane = 'short-poll'
    entries.push({ kind: 'asked', atUs, lane })
    entries.push(unit(lane, atUs + 500, 'request', 480))
    entries.push(unit(lane, atUs + 900, 'response', 200, events))
    entries.push({ kind: 'answered', atUs: atUs + 1_500, lane, events: events.length })
    if (events.length > 0) entries.push({ kind: 'received', atUs: atUs + 1_600, lane, seq: 1 })
  }
  return entries
}

/** What a lesson's own run says at its end. */
export function answersOf(lesson: Lesson, log: readonly StageEntry[]): Record<string, number | undefined> {
  const state = advance(undefined, log)
  return Object.fromEntries(lesson.worksheet.map(({ id, answer }) => [id, state && answer(state)]))
}
