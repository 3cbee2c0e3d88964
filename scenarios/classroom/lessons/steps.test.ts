import { describe, expect, test } from 'vitest'
import { inWords, type Said } from '../../../report/words/say.ts'
import { RECONNECTION_MS } from '../log/entries.ts'
import type { Receipt } from '../log/state.ts'
import { chinese } from '../words/catalogue.ts'
import { StageFixture } from './fixture.ts'
import { lessons } from './index.ts'
import type { Lesson } from './lesson.ts'

function lessonNamed(id: string): Lesson {
  return lessons.find((lesson) => lesson.id === id) as Lesson
}

/** Begins a lesson's stage; `ticked` are its steps that the state satisfies, `answers` its worksheet. */
function begin(id: string) {
  const lesson = lessonNamed(id)
  const stage = new StageFixture(lesson.setup)
  return {
    stage,
    lesson,
    ticked: () => {
      const done = lesson.steps.filter((step) => step.isDone(stage.state))
      // A step is done by what it says that was seen, and by nothing else.
      for (const step of lesson.steps)
        expect(step.seen?.(stage.state) !== undefined, step.id).toBe(done.includes(step))
      return done.map((step) => step.id)
    },
    answers: () =>
      Object.fromEntries(lesson.worksheet.map(({ id: question, answer }) => [question, answer(stage.state)])),
    explained: () => lesson.explain(stage.state).map(String).join('\n'),
  }
}

test.each(lessons)('on an empty stage no step of lesson $number ticks and no answer is known', (lesson) => {
  const { state } = new StageFixture(lesson.setup)
  expect(lesson.steps.filter((step) => step.isDone(state))).toEqual([])
  for (const { answer } of lesson.worksheet) expect(answer(state)).toBeUndefined()
  for (const step of lesson.steps)
    expect(String(step.progress?.(state) ?? '')).not.toMatch(/NaN|Infinity|undefined/)
  expect(lesson.explain(state).join('\n')).not.toMatch(/NaN|Infinity|undefined/)
})

describe('lesson 1', () => {
  test('ticks at 20 events, at early and late ones, beside SSE, and at ten by the shorter interval', () => {
    const { stage, ticked, answers, explained } = begin('poll-delay')
    for (let i = 0; i < 19; i++) stage.event(270 * i, { 'short-poll': 10 + 50 * i, sse: 3 })
    expect(ticked()).toEqual(['spread'])
    stage.event(270 * 19, { 'short-poll': 960, sse: 3 })
    expect(ticked()).toEqual(['twenty', 'spread', 'beside'])
    expect(answers()).toEqual({ mean: 485, longest: 960, 'sse-median': 3, 'shorter-mean': undefined })

    stage.set({ pollIntervalMs: 500 })
    // In the first second a poll of the old interval may have been on its way.
    const event = (atMs: number, delayMs: number) => stage.event(atMs, { 'short-poll': delayMs, sse: 3 })
    for (const atMs of [6_200, 6_500, 6_800]) event(atMs, 900)
    for (let i = 0; i < 9; i++) event(7_500 + 250 * i, 210 + 10 * i)
    expect(ticked()).not.toContain('shorter')
    event(10_000, 300)
    const all = { mean: 485, longest: 960, 'sse-median': 3, 'shorter-mean': 255 }
    expect(ticked()).toEqual(['twenty', 'spread', 'beside', 'shorter'])
    expect(answers()).toEqual(all)
    // Whatever comes later, the answers stay.
    stage.set({ pollIntervalMs: 2_000 })
    for (let i = 0; i < 30; i++) event(12_000 + 300 * i, 1_900)
    expect(answers()).toEqual(all)
    expect(explained()).toContain('waited 485 ms on average')
  })

  test('does not tick for events in step with the polls, nor for an SSE that is later', () => {
    const { stage, ticked } = begin('poll-delay')
    for (let i = 0; i < 20; i++) stage.event(1_000 * i, { 'short-poll': 500, sse: 800 })
    expect(ticked()).toEqual(['twenty'])
  })
})

describe('lesson 2', () => {
  test('ticks at silence, at the one event, at 60 polls, and at lanes that said little', () => {
    const { stage, ticked, answers, explained } = begin('cost-of-silence')
    for (const id of ['long-poll', 'sse', 'websocket']) stage.unit(id, 'request', 0, 480)
    for (let i = 0; i < 19; i++) stage.poll('short-poll', 250 * i, 250 * i)
    expect(ticked()).toEqual([])
    for (let i = 19; i < 28; i++) stage.poll('short-poll', 250 * i, 250 * i)
    expect(ticked()).toEqual(['silence'])
    const seq = stage.publish(7_000)
    for (const id of ['long-poll', 'sse', 'websocket']) stage.receive(id, seq, 2)
    expect(ticked()).toEqual(['silence'])
    stage.poll('short-poll', 7_100, 7_100, [seq])
    stage.receive('short-poll', seq, 100)
    expect(ticked()).toEqual(['silence', 'event'])
    for (let i = 29; i < 59; i++) stage.poll('short-poll', 250 * i, 250 * i)
    expect(ticked()).toEqual(['silence', 'event'])
    stage.poll('short-poll', 15_000, 15_000)
    expect(ticked()).toEqual(['silence', 'event', 'sixty', 'quiet'])
    expect(answers()).toMatchObject({ answers: 59, 'sse-requests': 1 })
    expect(answers()['empty-share']).toBeCloseTo((59 / 60) * 100)
    expect(explained()).toContain('59 of 60 answers were empty')
    const before = answers()
    for (let i = 61; i < 200; i++) stage.poll('short-poll', 250 * i, 250 * i)
    stage.unit('sse', 'request', 60_000, 480)
    expect(answers()).toEqual(before)
  })

  test('does not call silent what asks as often as short polling', () => {
    const { stage, ticked } = begin('cost-of-silence')
    const seq = stage.publish(100)
    for (const id of ['short-poll', 'long-poll', 'sse', 'websocket']) stage.receive(id, seq, 2)
    for (let i = 0; i < 60; i++) {
      stage.poll('short-poll', 250 * i, 250 * i, i === 1 ? [seq] : [])
      stage.poll('long-poll', 250 * i, 250 * i)
    }
    expect(ticked()).toEqual(['silence', 'event', 'sixty'])
  })
})

describe('lesson 3', () => {
  test('ticks at requests that came before their event, and at those that followed', () => {
    const { stage, ticked, answers, explained } = begin('does-long-polling-push')
    stage.open('long-poll')
    stage.unit('sse', 'request', 0, 480)
    for (let i = 0; i < 5; i++) {
      const seq = stage.event(2_000 * i + 1_900, { 'long-poll': 3, sse: 2 })
      stage.poll('long-poll', 2_000 * i, 2_000 * i + 1_901, [seq])
      if (i === 0) expect(ticked()).toEqual(['waiting'])
      if (i === 2) expect(ticked()).toEqual(['waiting', 'order'])
      if (i === 3) expect(ticked()).toEqual(['waiting', 'order', 'again'])
    }
    expect(ticked()).toEqual(['waiting', 'order', 'again', 'beside'])
    expect(answers()).toEqual({ wait: 1_900, 'requests-per-event': 5, connections: 1 })
    const before = answers()
    stage.openTab('long-poll', 1, 20_000)
    for (let i = 5; i < 400; i++) {
      const seq = stage.event(2_000 * i + 1_900, { 'long-poll': 3, sse: 2 })
      stage.poll('long-poll', 2_000 * i, 2_000 * i + 1_901, [seq])
    }
    expect(answers()).toEqual(before)
    expect(explained()).toContain('In this run 400 requests')
  })

  test('does not count an event that was there before its request', () => {
    const { stage, ticked } = begin('does-long-polling-push')
    for (let i = 0; i < 4; i++) {
      const seq = stage.event(2_000 * i, { 'long-poll': 3, sse: 2 })
      stage.poll('long-poll', 2_000 * i + 1, 2_000 * i + 2, [seq])
    }
    expect(ticked()).toEqual([])
  })
})

describe('lesson 4', () => {
  /** 20 events/s: a request of long polling for each, one of short polling for ten. */
  function busy(stage: StageFixture, events: number) {
    const waiting: number[] = []
    for (let i = 0; i < events; i++) {
      const seq = stage.event(50 * i, { 'short-poll': 250, 'long-poll': 2, sse: 2 })
      stage.poll('long-poll', 50 * i - 40, 50 * i, [seq])
      waiting.push(seq)
      if (i % 10 === 9) stage.poll('short-poll', 50 * i, 50 * i + 1, waiting.splice(0))
    }
  }

  test('ticks at 100 events, at more requests, at more bytes, and at fewer requests of a slow feed', () => {
    const early = begin('long-polling-at-twenty')
    busy(early.stage, 99)
    expect(early.ticked()).toEqual([])
    const { stage, ticked, answers, explained } = begin('long-polling-at-twenty')
    busy(stage, 100)
    expect(ticked()).toEqual(['hundred', 'requests', 'bytes'])
    const seen = { 'long-requests': 1, 'short-requests': 0.1, 'long-bytes': 770, 'short-bytes': 167 }
    expect(answers()).toEqual(seen)
    expect(explained()).toContain('needed more bytes')

    stage.set({ ratePerSecond: 0.5 })
    for (let i = 0; i < 24; i++) {
      stage.poll('short-poll', 5_500 + 500 * i, 5_501 + 500 * i)
      if (i % 4 === 0) stage.poll('long-poll', 5_500 + 500 * i, 7_500 + 500 * i)
    }
    expect(ticked()).toEqual(['hundred', 'requests', 'bytes', 'slow'])
    // What came at the lower rate is no part of it, however long ago the 100 events were.
    expect(answers()).toEqual(seen)
    for (let i = 24; i < 2_400; i++) stage.poll('short-poll', 5_500 + 500 * i, 5_501 + 500 * i)
    expect(stage.lane('short-poll').units).toHaveLength(200)
    expect(answers()).toEqual(seen)
    expect(explained()).toContain('needed more bytes')
  })

  test('says no more than the numbers do where both send as much', () => {
    const { stage, ticked, explained } = begin('long-polling-at-twenty')
    for (let i = 0; i < 100; i++) {
      const seq = stage.event(100 * i, { 'short-poll': 50, 'long-poll': 2 })
      for (const id of ['short-poll', 'long-poll']) stage.poll(id, 100 * i, 100 * i + 1, [seq])
    }
    expect(ticked()).toEqual(['hundred'])
    expect(explained()).not.toContain('needed more bytes')
    expect(explained()).toContain('needed no more bytes')
  })
})

describe('lesson 5', () => {
  const six = [1, 2, 3, 4, 5, 6]
  function event(stage: StageFixture, atMs: number, tabs: readonly number[], id = 'sse') {
    const seq = stage.publish(atMs)
    for (const tab of tabs) stage.receive(id, seq, 2, tab)
    return seq
  }

  test('ticks while the seventh waits, and not where seven are open', () => {
    const { stage, ticked, answers } = begin('tab-seven')
    stage.open('sse', 6)
    for (let i = 1; i <= 2; i++) event(stage, 1_000 * i, six)
    stage.set({ ratePerSecond: 2 })
    stage.lane('sse').probe = 'waits'
    expect(ticked()).toEqual([])
    expect(answers()).toEqual({})
    event(stage, 3_000, six)
    expect(ticked()).toEqual(['six', 'probe', 'controls'])
    stage.open('websocket', 7)
    expect(ticked()).not.toContain('websocket')
    stage.lane('websocket').probe = 'answered'
    for (let i = 4; i <= 6; i++) event(stage, 1_000 * i, [...six, 7], 'websocket')
    expect(ticked()).toEqual(['six', 'probe', 'controls', 'websocket'])
    expect(answers()).toEqual({ open: 6, connections: 6, websockets: 7 })

    stage.openTab('sse', 7, 7_000)
    for (let i = 7; i <= 9; i++) event(stage, 1_000 * i, [...six, 7])
    expect(ticked()).toEqual(['websocket'])
    expect(answers()).toMatchObject({ open: 7, connections: 7 })
  })

  test('goes on where one of the six breaks and the seventh takes its place', () => {
    const { stage, ticked, answers, explained, lesson } = begin('tab-seven')
    stage.open('sse', 6)
    for (let i = 1; i <= 5; i++) event(stage, 1_000 * i, six)
    const lane = stage.lane('sse')
    lane.isOpen[1] = false
    Object.assign(lane.connections[1] as object, { closedUs: 5_500_000 })
    stage.openTab('sse', 7, 5_600)
    expect(ticked()).toEqual([])
    for (let i = 6; i <= 8; i++) event(stage, 1_000 * i, [1, 3, 4, 5, 6, 7])
    stage.set({ ratePerSecond: 2 })
    lane.probe = 'waits'
    expect(ticked()).toEqual(['six', 'probe', 'controls'])
    expect(answers()).toMatchObject({ open: 6, connections: 6 })
    expect(String(lesson.steps[0]?.progress?.(stage.state))).toContain('6 of 7 are open')
    expect(explained()).toContain('6 of 7 EventSources are open, over 6 TCP connections')
  })
})

describe('lesson 6', () => {
  function hello(stage: StageFixture, atMs: number, lanes: readonly string[]) {
    const seq = stage.publish(atMs)
    const own = stage.state.settings.payloadBytes
    const frames: Record<string, [number, 'chunk' | 'frame']> = {
      'iframe-stream': [own + 37, 'chunk'],
      sse: [own + 20, 'chunk'],
      websocket: [own + 2, 'frame'],
    }
    for (const id of lanes) {
      stage.receive(id, seq, 5)
      const [bytes, what] = frames[id] ?? [0, 'chunk']
      if (bytes > 0) stage.unit(id, what, atMs, bytes, [seq])
      else stage.poll(id, atMs, atMs + 5, [seq])
    }
    return seq
  }
  const ALL = ['short-poll', 'long-poll', 'iframe-stream', 'sse', 'websocket']

  test('ticks when all five have brought the same event, and at a large one', () => {
    const { stage, ticked, answers, explained } = begin('size-of-hello')
    hello(stage, 100, ALL.slice(1))
    expect(ticked()).toEqual([])
    hello(stage, 200, ALL)
    expect(ticked()).toEqual(['send', 'poll', 'streams'])
    expect(answers()).toMatchObject({ 'short-poll': 677, iframe: 44, sse: 27, websocket: 9 })
    expect(answers().share).toBeCloseTo((7 / 27) * 100)
    expect(explained()).toContain('WebSocket 9 B, of which 7 B are payload')
    stage.set({ payloadBytes: 1_000 })
    expect(ticked()).not.toContain('large')
    hello(stage, 300, ALL)
    expect(ticked()).toEqual(['send', 'poll', 'streams', 'large'])
    expect(answers()).toMatchObject({ websocket: 9 })
  })

  test('knows what a hello took however many polls have followed', () => {
    const { stage, answers, explained } = begin('size-of-hello')
    hello(stage, 100, ALL)
    const before = answers()
    for (let i = 1; i < 600; i++) stage.poll('short-poll', 2_000 * i, 2_000 * i + 1)
    expect(answers()).toEqual(before)
    expect(explained()).toContain('In this run the latest “hello” took')
  })

  test('does not count two events that shared an answer', () => {
    const { stage, ticked } = begin('size-of-hello')
    const first = hello(stage, 100, ALL.slice(1))
    const second = hello(stage, 200, ALL.slice(1))
    stage.poll('short-poll', 300, 305, [first, second])
    expect(ticked()).toEqual([])
  })
})

describe('lesson 7', () => {
  const BOTH = ['sse', 'websocket']
  /** Who is written second is later by the difference. */
  function inTurn(firstMs: number, secondMs: number, scatterMs: number, events = 30) {
    const lesson = begin('websocket-or-sse')
    for (const id of BOTH) lesson.stage.open(id)
    for (let i = 0; i < events; i++) {
      const chance = (i % 10) * (scatterMs / 10)
      const [sse, websocket] = i % 2 === 0 ? [firstMs, secondMs] : [secondMs, firstMs]
      const seq = lesson.stage.event(200 * i, { sse: sse + chance, websocket: websocket + chance })
      for (const [id, orderMs] of [['sse', i % 2] as const, ['websocket', 1 - (i % 2)] as const]) {
        const receipt = lesson.stage.lane(id).received.at(-1) as Receipt
        receipt.sentUs = (200 * i + orderMs / 10) * 1e3
        expect(receipt.seq).toBe(seq)
      }
    }
    return lesson
  }
  function run(sseMs: number, websocketMs: number, scatterMs: number, events = 30) {
    const lesson = begin('websocket-or-sse')
    for (const id of BOTH) lesson.stage.open(id)
    for (let i = 0; i < events; i++) {
      const chance = (i % 10) * (scatterMs / 10)
      lesson.stage.event(200 * i, { sse: sseMs + chance, websocket: websocketMs + chance })
    }
    return lesson
  }
  function reopen(stage: StageFixture, atMs: number) {
    for (const id of BOTH) {
      stage.close(id, atMs)
      stage.open(id, 1, atMs + 100)
    }
  }

  test('ticks a tie only with 30 events, of which neither is ahead in nearly all', () => {
    expect(inTurn(2, 2.8, 3, 29).ticked()).toEqual([])
    const { ticked, explained, answers } = inTurn(2, 2.8, 3)
    expect(ticked()).toEqual(['thirty', 'tie'])
    expect(explained()).toContain('Server-Sent Events came after WebSocket in 15 of 30 events. So neither is')
    expect(explained()).toContain('written first came first in 30 of 30.')
    expect(answers()['sse-median']).toBeCloseTo(3.75)
    // Far within the scatter, and in every event nevertheless.
    expect(run(2.8, 2, 30).ticked()).toEqual(['thirty'])
  })

  test('counts on after the page was loaded anew, and not what came with that or with a delay', () => {
    const { stage, ticked, lesson } = run(2, 2.2, 3, 10)
    const progress = () => String(lesson.steps[0]?.progress?.(stage.state))
    // Published before the new connection, and fetched by it.
    const late = stage.publish(2_050)
    reopen(stage, 2_100)
    for (const id of BOTH) stage.receive(id, late, 200)
    expect(progress()).toContain('10 of 30')
    const later = (i: number) => (i % 2) / 5
    for (let i = 0; i < 10; i++)
      stage.event(2_500 + 200 * i, { sse: 2 + later(i), websocket: 2.2 - later(i) })
    expect(progress()).toContain('20 of 30')
    stage.set({ addedDelayMs: 100 })
    reopen(stage, 5_000)
    for (let i = 0; i < 5; i++) stage.event(5_200 + 200 * i, { sse: 102, websocket: 102 })
    stage.set({ addedDelayMs: 0 })
    reopen(stage, 7_000)
    for (let i = 0; i < 9; i++) stage.event(7_200 + 200 * i, { sse: 2 + later(i), websocket: 2.2 - later(i) })
    expect(ticked()).toEqual([])
    stage.event(9_200, { sse: 3, websocket: 3.2 })
    expect(ticked()).toEqual(['thirty', 'tie'])
    expect(String(lesson.steps[0]?.notSeen)).toMatch(/0 ms.*Reset/)
  })

  test('names who was ahead where the numbers show it, and only then', () => {
    const late = run(9, 2, 1)
    expect(late.ticked()).toEqual(['thirty'])
    expect(late.explained()).toContain('in 30 of 30 events. So WebSocket was ahead here, by 7 ms')
    const early = run(2, 9, 1)
    expect(early.ticked()).toEqual(['thirty'])
    expect(early.explained()).toContain('So Server-Sent Events were ahead here, by 7 ms')
    for (const { explained } of [inTurn(2, 2.2, 3), run(2, 2, 3)])
      expect(explained()).not.toContain('ahead here')
  })

  test('keeps what came before the network changed, and ticks the delay when it is in all ten', () => {
    const { stage, ticked, answers } = run(2, 2, 1)
    const before = answers()
    stage.set({ addedDelayMs: 50 })
    reopen(stage, 6_500)
    for (let i = 0; i < 9; i++) stage.event(7_000 + 200 * i, { sse: 102, websocket: 103 })
    expect(ticked()).toEqual(['thirty', 'tie'])
    stage.event(9_000, { sse: 102, websocket: 103 })
    expect(ticked()).toEqual(['thirty', 'tie', 'delay'])
    expect(answers()).toEqual({ ...before, delayed: 103 })
    for (let i = 0; i < 20; i++) stage.event(10_000 + 200 * i, { sse: 140, websocket: 141 })
    expect(answers()).toEqual({ ...before, delayed: 103 })
  })

  test('compares event by event where the computer is busy, and no medians', () => {
    const { ticked, explained, answers } = inTurn(2, 2.8, 300)
    expect(ticked()).toEqual(['thirty', 'tie'])
    expect(explained()).toContain('in 15 of 30 events. So neither is ahead.')
    expect(explained()).toContain('Their medians compare nothing')
    expect(answers()['sse-median']).toBeUndefined()
  })

  test('takes 30 later ones after a busy beginning', () => {
    const { stage, ticked, explained, answers } = run(2, 2, 300, 10)
    const quiet = (i: number) =>
      stage.event(200 * i, { sse: 2 + (i % 10) / 10, websocket: 2 + (i % 10) / 10 })
    for (let i = 10; i < 39; i++) quiet(i)
    expect(explained()).toContain('Their medians compare nothing')
    quiet(39)
    expect(ticked()).toEqual(['thirty', 'tie'])
    expect(explained()).not.toContain('compare nothing')
    const before = answers()
    for (let i = 40; i < 100; i++) stage.event(200 * i, { sse: 20, websocket: 20 })
    expect(answers()).toEqual(before)
  })
})

describe('lesson 8', () => {
  function restarted() {
    const lesson = begin('server-restart')
    const { stage } = lesson
    const all = { sse: 2, websocket: 2, 'websocket-forgetful': 2, 'short-poll': 500 }
    for (let i = 1; i <= 3; i++) stage.event(1_000 * i, all)
    return { ...lesson, all }
  }

  test('ticks at the restart, at the return, at what was kept, and at what was lost', () => {
    const { stage, all, ticked, answers, explained } = restarted()
    expect(ticked()).toEqual(['steady'])
    // On its way when the server goes.
    const late = stage.publish(3_499)
    for (const id of ['sse', 'websocket', 'short-poll']) stage.receive(id, late, 4_000)
    stage.change('down', 3_500)
    const missed = [4_000, 5_000, 6_000].map((atMs) => stage.publish(atMs))
    expect(ticked()).toEqual(['steady'])
    stage.change('up', 6_500)
    expect(ticked()).toEqual(['steady', 'restart'])
    // The forgetful one is back later than the server.
    missed.push(stage.publish(7_000))
    for (const id of ['sse', 'websocket', 'short-poll'])
      for (const seq of missed) stage.receive(id, seq, 9_000 - 1_000 * seq)
    stage.lane('websocket-forgetful').lost.push(late, ...missed)
    expect(ticked()).toEqual(['steady', 'restart'])
    stage.event(9_000, all)
    expect(ticked()).toEqual(['steady', 'restart', 'back', 'kept', 'lost'])
    expect(answers()).toEqual({ missed: 3, 'lost-forgetful': 5, 'lost-websocket': 0, longest: 4_000 })
    expect(explained()).toContain('Lost without one: 4, 5, 6, 7 and 8')
  })

  test('does not call kept what lost something, nor lost by the restart what was lost before', () => {
    const { stage, all, ticked } = restarted()
    stage.change('down', 3_500)
    stage.publish(4_000)
    stage.change('up', 6_500)
    stage.event(9_000, all)
    stage.lane('sse').lost.push(4)
    stage.lane('websocket-forgetful').lost.push(2)
    expect(ticked()).toEqual(['steady', 'restart', 'back'])
  })

  test('goes by the latest restart that is over, whatever was lost at other times', () => {
    const { stage, all, ticked, answers, lesson } = restarted()
    const restart = (downMs: number) => {
      stage.change('down', downMs)
      const seq = stage.publish(downMs + 1_000)
      stage.change('up', downMs + 3_000)
      for (const id of ['sse', 'websocket', 'short-poll']) stage.receive(id, seq, 3_000)
      stage.lane('websocket-forgetful').lost.push(seq)
      stage.event(downMs + 5_000, all)
    }
    restart(3_500)
    const done = ['steady', 'restart', 'back', 'kept', 'lost']
    expect(ticked()).toEqual(done)
    // The wall is loaded anew: pages without their numbers.
    const between = stage.publish(9_000)
    for (const { lost } of stage.state.lanes) lost.push(between)
    stage.event(10_000, all)
    expect(ticked()).toEqual(done)
    restart(12_000)
    expect(ticked()).toEqual(done)
    expect(answers()).toMatchObject({ missed: 1, 'lost-forgetful': 1, 'lost-websocket': 0 })
    // One that is under way does not count yet.
    stage.change('down', 18_000)
    expect(ticked()).toEqual(done)
    for (const id of ['back', 'kept', 'lost'])
      expect(String(lesson.steps.find((step) => step.id === id)?.notSeen)).toMatch(/press Reset/i)
  })

  test('says the reconnection time that the lanes tell', () => {
    const { theory } = lessonNamed('server-restart').worksheet.find(({ id }) => id === 'longest') ?? {}
    expect(String(theory)).toContain(`reconnection time of ${RECONNECTION_MS / 1e3} s`)
    expect(inWords(theory as Said, chinese)).toContain(`${RECONNECTION_MS / 1e3} s 的重连时间`)
  })
})

describe('lesson 9', () => {
  /** Ten events a second; streams get them together when `size` of them are there. */
  function buffered(stage: StageFixture, events: number, size: number, fromMs = 0) {
    if (fromMs === 0) for (const { spec } of stage.state.lanes) stage.open(spec.id)
    for (let i = 0; i < events; i++) {
      const atMs = fromMs + 100 * i
      const seq = stage.event(atMs, { 'long-poll': 3, websocket: 2 })
      const waitsMs = 100 * (size - 1 - (i % size))
      for (const id of ['sse', 'iframe-stream']) stage.receive(id, seq, waitsMs + 4)
    }
  }

  test('ticks at lumps, at lanes that are steady beside them, and at a stream that is steady again', () => {
    const { stage, ticked, answers, explained } = begin('one-lump')
    buffered(stage, 9, 9)
    expect(ticked()).toEqual([])
    const whole = begin('one-lump')
    buffered(whole.stage, 70, 35)
    expect(whole.ticked()).toEqual(['lump', 'iframe', 'pass'])
    expect(whole.answers()).toEqual({ lump: 35, longest: 3_404, 'websocket-median': 2 })
    // On its way when the proxy changes, and fetched by the next connection: one batch, and a long delay.
    const held = Array.from({ length: 40 }, (_, i) => whole.stage.publish(7_000 + 10 * i))
    whole.stage.set({ proxy: 'buffering' })
    for (const { spec } of whole.stage.state.lanes) {
      whole.stage.close(spec.id, 7_410)
      whole.stage.open(spec.id, 1, 12_000)
    }
    for (const [i, seq] of held.entries()) whole.stage.receive('sse', seq, 5_010 - 10 * i)
    const said = { lump: 35, longest: 3_404, 'websocket-median': 2 }
    expect(whole.answers()).toEqual(said)
    buffered(whole.stage, 10, 1, 13_000)
    expect(whole.ticked()).not.toContain('honours')
    buffered(whole.stage, 10, 1, 14_000)
    expect(whole.ticked()).toEqual(['lump', 'iframe', 'honours'])
    expect(whole.answers()).toEqual(said)
    expect(whole.explained()).toContain('lumps of up to 35 events, the oldest 3.4 s late')
    expect(explained()).not.toContain('In this run')
    expect(answers().lump).toBeUndefined()
  })

  test('counts the lanes that are steady once the proxy is set back, by what happens from then on', () => {
    const { stage, ticked, lesson } = begin('one-lump')
    buffered(stage, 12, 12)
    expect(ticked()).toEqual(['lump', 'iframe'])
    stage.set({ proxy: 'buffering' })
    buffered(stage, 20, 1, 2_000)
    expect(ticked()).toEqual(['lump', 'iframe', 'honours'])
    stage.set({ proxy: 'stubborn-buffering' })
    expect(ticked()).toEqual(['lump', 'iframe'])
    buffered(stage, 19, 19, 5_000)
    expect(ticked()).toEqual(['lump', 'iframe'])
    buffered(stage, 1, 1, 7_000)
    expect(ticked()).toEqual(['lump', 'iframe', 'pass'])
    const { notSeen } = lesson.steps.find(({ id }) => id === 'pass') ?? {}
    expect(String(notSeen)).toMatch(/set it back, or press Reset/)
  })

  test('does not take for a lump what a lane fetches after a break', () => {
    const { stage, ticked, answers } = begin('one-lump')
    for (const { spec } of stage.state.lanes) stage.open(spec.id)
    const missed = Array.from({ length: 30 }, (_, i) => stage.publish(100 * i))
    stage.close('sse', 50)
    stage.open('sse', 1, 3_000)
    for (const seq of missed) stage.receive('sse', seq, 3_100 - 100 * (seq - 1))
    stage.event(7_000, { sse: 4 })
    expect(ticked()).toEqual([])
    expect(answers().lump).toBeUndefined()
  })

  test('counts a lump when it is whole', () => {
    const { stage, answers } = begin('one-lump')
    buffered(stage, 35, 35)
    expect(answers().lump).toBeUndefined()
    stage.event(7_500, { sse: 4 })
    expect(answers().lump).toBe(35)
  })

  test('does not take a steady stream for a lump', () => {
    const { stage, ticked } = begin('one-lump')
    buffered(stage, 60, 1)
    expect(ticked()).toEqual([])
  })
})

describe('lesson 10', () => {
  function begun(first: 'request' | 'handshake-request') {
    const lesson = begin('socket-io-start')
    const { stage } = lesson
    if (first === 'request') for (let i = 0; i < 4; i++) stage.poll('socket-io', 10 * i, 10 * i + 2)
    for (const id of ['socket-io', 'socket-io-websocket', 'websocket']) {
      stage.unit(id, 'handshake-request', 50, 520)
      stage.unit(id, 'handshake-response', 51, 130)
    }
    return lesson
  }
  function event(stage: StageFixture, ids: readonly string[]) {
    const seq = stage.publish(1_000)
    for (const id of ids) {
      stage.receive(id, seq, 2)
      stage.unit(id, 'frame', 1_001, id === 'websocket' ? 102 : 114, [seq])
    }
  }

  test('ticks at polls, at the upgrade, at the direct one, and at the comparison', () => {
    const { stage, ticked, answers, explained } = begun('request')
    expect(ticked()).toEqual(['polls'])
    event(stage, ['socket-io'])
    expect(ticked()).toEqual(['polls', 'upgrade'])
    event(stage, ['socket-io-websocket', 'websocket'])
    expect(ticked()).toEqual(['polls', 'upgrade', 'direct', 'compare'])
    expect(answers()).toEqual({ requests: 5, bytes: 4 * 670 + 650, 'plain-bytes': 650, frame: 114 })
    expect(explained()).toContain('5 requests')
  })

  test('does not tick where it begins by WebSocket', () => {
    const { stage, ticked } = begun('handshake-request')
    event(stage, ['socket-io', 'socket-io-websocket', 'websocket'])
    expect(ticked()).toEqual(['direct'])
  })

  test('knows how it began however many events have followed', () => {
    const { stage, ticked, answers, explained } = begun('request')
    event(stage, ['socket-io', 'socket-io-websocket', 'websocket'])
    const before = answers()
    for (let i = 0; i < 1_500; i++) event(stage, ['socket-io', 'socket-io-websocket', 'websocket'])
    expect(ticked()).toEqual(['polls', 'upgrade', 'direct', 'compare'])
    expect(answers()).toEqual(before)
    expect(explained()).toContain('In this run it took 5 requests')
  })
})
