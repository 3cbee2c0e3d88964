import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { english, inWords } from '../../../report/words/say.ts'
import { advance } from '../log/advance.ts'
import type { StageEntry } from '../log/entries.ts'
import type { StageState } from '../log/state.ts'
import { logFixture } from '../pages/fixture.ts'
import { chinese } from '../words/catalogue.ts'
import { type Condition, isMet, progressOf } from './conditions.ts'
import { lessonFrom, type OwnLesson } from './own-lesson.ts'
import { readOwnLesson } from './own-lesson-schema.ts'
import { roomLessons } from './room-lessons.ts'

const EXAMPLE = fileURLToPath(new URL('../../examples/lesson.json', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'pushlab-lesson-'))
afterAll(() => rmSync(folder, { recursive: true }))

// biome-ignore lint/suspicious/noExplicitAny: a test breaks it in every place
type Loose = any

/** The example with something else in it, written and read. */
function read(change: (lesson: Loose) => void): () => OwnLesson {
  const lesson = JSON.parse(readFileSync(EXAMPLE, 'utf8'))
  change(lesson)
  const file = join(folder, 'mine.json')
  writeFileSync(file, JSON.stringify(lesson))
  return () => readOwnLesson(file)
}

const own = readOwnLesson(EXAMPLE)
const lesson = lessonFrom(own, 11)

function stateOf(entries: StageEntry[]): StageState {
  return advance(undefined, entries) as StageState
}
const state = stateOf(logFixture(own.stage, 12))

describe('a lesson of one’s own', () => {
  test('has a stage with all settings, and the controls that its buttons need', () => {
    expect(own.stage.lanes).toEqual([
      { id: 'long-poll', technique: 'long-poll' },
      { id: 'sse', technique: 'sse' },
    ])
    expect(own.stage.settings).toMatchObject({ ratePerSecond: 2, payloadBytes: 100, proxy: 'none' })
    expect([lesson.controls, lesson.acts]).toEqual([['payloadBytes'], []])
    const more = lessonFrom(
      read((it) => {
        it.controls = []
        it.steps[0].button = 'send'
        it.steps[1].button = { change: { pollIntervalMs: 500 }, act: 'restart' }
      })(),
      11,
    )
    expect([more.controls, more.acts]).toEqual([['pollIntervalMs'], ['send', 'restart']])
  })

  test('comes first in the room, with a number of its own', () => {
    expect(roomLessons(own).map(({ number }) => number)).toEqual([11, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(roomLessons(own)[0]?.predict.right).toBe(1)
    expect(roomLessons()[0]?.number).toBe(1)
  })

  test('says English in both languages, or what it has for each', () => {
    expect(inWords(lesson.title, chinese)).toBe(own.title)
    const both = lessonFrom(
      read((it) => {
        it.title = { en: 'Mine', zh: '我的课' }
      })(),
      11,
    )
    expect([inWords(both.title, english), inWords(both.title, chinese)]).toEqual(['Mine', '我的课'])
  })

  test('says numbers of the run where it has them, and waits where it has not', () => {
    expect(lesson.explain(undefined)).toHaveLength(2)
    expect(lesson.explain(state).map(String)[1]).toMatch(
      /^So far 12 events by long polling took 0 B, and 12 /,
    )
  })

  test('ticks no step on an empty stage', () => {
    const empty = stateOf(logFixture(own.stage, 0))
    expect(lesson.steps.map(({ isDone }) => isDone(empty))).toEqual([false, false])
    expect(lesson.steps.map(({ isDone }) => isDone(state))).toEqual([true, false])
    expect(String(lesson.steps[0]?.progress?.(empty))).toBe('long-poll: 0 of 10 events; sse: 0 of 10 events')
    expect(String(lesson.steps[0]?.progress?.(state))).toBe(
      'long-poll: 10 of 10 events; sse: 10 of 10 events',
    )
  })
})

describe('a ready condition', () => {
  const changed: StageEntry[] = [
    ...logFixture(own.stage, 4),
    { kind: 'changed', atUs: 1e6, settings: { ...own.stage.settings, payloadBytes: 1_000 } },
    { kind: 'published', atUs: 2e6, seq: 5, dueUs: 2e6, payloadBytes: 1_000 },
    { kind: 'received', atUs: 2.4e6, lane: 'sse', seq: 5 },
    { kind: 'changed', atUs: 3e6, network: 'cut' },
    { kind: 'failed', atUs: 3.1e6, lane: 'sse', message: 'cut' },
  ]
  const longer = { payloadBytes: 1_000 }
  test.each<[Condition, boolean]>([
    [{ lane: 'sse', received: 5 }, true],
    [{ lane: 'sse', received: 6 }, false],
    [{ lane: 'long-poll', received: 5 }, false],
    [{ lane: 'sse', received: 1, settings: longer }, true],
    [{ lane: 'sse', received: 2, settings: longer }, false],
    [{ lane: 'sse', slowerThanMs: 300 }, true],
    [{ lane: 'sse', slowerThanMs: 500 }, false],
    [{ lane: 'sse', fasterThanMs: 10, received: 4 }, true],
    [{ lane: 'sse', fasterThanMs: 10, received: 5 }, false],
    [{ settings: longer }, true],
    [{ settings: { payloadBytes: 500 } }, false],
    [{ happened: 'cut' }, true],
    [{ happened: 'down' }, false],
    [{ happened: 'cut', settings: { payloadBytes: 500 } }, false],
    [{ lane: 'sse', failures: 1 }, true],
    [{ lane: 'sse', failures: 1, lost: 1 }, false],
    [{ lane: 'sse', requests: 1 }, false],
    [{ lane: 'sse', emptyAnswers: 1 }, false],
    [{ lane: 'sse', duplicated: 1 }, false],
    [{ lane: 'sse', bytes: 1 }, false],
  ])('%j: %s', (condition, expected) => {
    expect(isMet(stateOf(changed), condition)).toBe(expected)
    // In both languages it says how far it is.
    expect(inWords(progressOf(stateOf(changed), [condition]), chinese)).not.toMatch(/ of /)
  })
})

describe('a file that is no lesson', () => {
  test.each<[string, (it: Loose) => void, RegExp]>([
    ['a field too many', (it) => (it.author = 'me'), /it has a field "author"/],
    [
      'a field too many, inside',
      (it) => (it.steps[1].seen[0].recieved = 3),
      /steps\[1\]\.seen\[0\] has a field "recieved"/,
    ],
    ['a field too few', (it) => delete it.goal, /it has no "goal"/],
    ['a reason too few', (it) => delete it.predict.options[0].why, /predict\.options\[0\] has no "why"/],
    ['one option', (it) => it.predict.options.splice(1), /predict\.options must not have fewer than 2 items/],
    ['no right option', (it) => delete it.predict.options[1].right, /0 options of predict are "right": true/],
    ['two right ones', (it) => (it.transfer.options[1].right = true), /2 options of transfer are/],
    [
      'a question like a page',
      (it) => (it.predict.question = 'a'.repeat(161)),
      /predict\.question must not have more than 160/,
    ],
    [
      'a step without a sight',
      (it) => (it.steps[0].seen = [{}]),
      /steps\[0\]\.seen\[0\] says nothing that could be seen/,
    ],
    [
      'a count of no lane',
      (it) => (it.steps[0].seen = [{ received: 3 }]),
      /give it "lane", one of long-poll, sse/,
    ],
    [
      'another lane',
      (it) => (it.steps[0].seen[0].lane = 'websocket'),
      /a lane "websocket"\. The stage has: long-poll, sse/,
    ],
    [
      'a lane and nothing of it',
      (it) => (it.steps[0].seen = [{ lane: 'sse' }]),
      /names the lane sse, and nothing of it/,
    ],
    [
      'an unknown technique',
      (it) => (it.stage.lanes = ['carrier-pigeon']),
      /technique of the lane carrier-pigeon must be one of short-poll/,
    ],
    ['the same lane twice', (it) => (it.stage.lanes = ['sse', 'sse']), /There are two lanes "sse"/],
    [
      'a setting out of range',
      (it) => (it.stage.settings.ratePerSecond = 51),
      /ratePerSecond must be a number from 0\.1 to 50, or 0, not 51/,
    ],
    [
      'a setting that is none',
      (it) => (it.steps[1].button.change = { speed: 1 }),
      /There is no setting "speed"/,
    ],
    ['an act that is none', (it) => (it.steps[1].button = 'explode'), /steps\[1\]\.button must be/],
    ['a happening that is none', (it) => (it.steps[1].seen = [{ happened: 'rain' }]), /happened must be/],
    [
      'an unknown control',
      (it) => (it.controls = ['speed']),
      /no control "speed"\. There are: ratePerSecond/,
    ],
    [
      'a number of no lane',
      (it) => (it.explain = ['{websocket.bytes}']),
      /explain\[0\] has \{websocket\.bytes\}, and the stage no lane/,
    ],
    [
      'an unknown number',
      (it) => (it.explain = ['{sse.speed}']),
      /has \{sse\.speed\}\. Of a lane there are: received, requests/,
    ],
  ])('says what is wrong with %s', (_, change, message) => {
    expect(read(change)).toThrow(message)
    expect(read(change)).toThrow(/mine\.json is no lesson: .*README\.md\.$/)
  })

  test('is named where it cannot be read, or is no JSON', () => {
    const file = join(folder, 'broken.json')
    writeFileSync(file, '{ "title": ')
    expect(() => readOwnLesson(file)).toThrow(/^Cannot read the lesson .*broken\.json: /)
    expect(() => readOwnLesson(join(folder, 'nowhere.json'))).toThrow(/ENOENT/)
    writeFileSync(file, '[]')
    expect(() => readOwnLesson(file)).toThrow(/is no lesson: it must be object/)
  })
})
