import { describe, expect, test } from 'vitest'
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
    ticked: () => lesson.steps.filter((step) => step.isDone(stage.state)).map((step) => step.id),
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
    // The first of these polls comes a longer interval after the one before: its events waited for that.
    stage.poll('short-poll', 5_000, 5_001)
    const polled = (atMs: number, delaysMs: readonly number[]) => {
      const seqs = delaysMs.map((delayMs) => stage.event(atMs - delayMs, { 'short-poll': delayMs, sse: 3 }))
      stage.poll('short-poll', atMs, atMs + 1, seqs)
    }
    polled(6_000, [900, 600, 100])
    for (const atMs of [6_500, 7_000, 7_500]) polled(atMs, [450, 300, 50])
    expect(ticked()).not.toContain('shorter')
    polled(8_000, [150])
    expect(ticked()).toEqual(['twenty', 'spread', 'beside', 'shorter'])
    expect(answers()).toEqual({ mean: 485, longest: 960, 'sse-median': 3, 'shorter-mean': 255 })
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
    expect(answers()).toMatchObject({ answers: 60, 'sse-requests': 1 })
    expect(answers()['empty-share']).toBeCloseTo((59 / 60) * 100)
    expect(explained()).toContain('59 of 60 answers were empty')
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
    const { stage, ticked, answers } = begin('does-long-polling-push')
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
    expect(answers()).toEqual({ wait: 1_900, 'requests-per-event': 1, connections: 1 })
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
    // What came at the lower rate is no part of it.
    expect(answers()).toEqual(seen)
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
  test('ticks while the seventh waits, and not where seven are open', () => {
    const { stage, ticked, answers } = begin('tab-seven')
    stage.open('sse', 6)
    for (let i = 0; i < 2; i++) {
      const seq = stage.publish(1_000 * i)
      for (let tab = 1; tab <= 6; tab++) stage.receive('sse', seq, 2, tab)
    }
    stage.set({ ratePerSecond: 2 })
    stage.lane('sse').probe = 'waits'
    expect(ticked()).toEqual([])
    const seq = stage.publish(3_000)
    for (let tab = 1; tab <= 6; tab++) stage.receive('sse', seq, 2, tab)
    expect(ticked()).toEqual(['six', 'probe', 'controls'])
    stage.open('websocket', 7)
    expect(ticked()).not.toContain('websocket')
    stage.lane('websocket').probe = 'answered'
    stage.receive('websocket', seq, 2)
    expect(ticked()).toEqual(['six', 'probe', 'controls', 'websocket'])
    expect(answers()).toEqual({ open: 6, connections: 6, websockets: 7 })

    stage.lane('sse').openedUs[6] = 5_000
    expect(ticked()).toEqual(['websocket'])
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

  test('does not count two events that shared an answer', () => {
    const { stage, ticked } = begin('size-of-hello')
    const first = hello(stage, 100, ALL.slice(1))
    const second = hello(stage, 200, ALL.slice(1))
    stage.poll('short-poll', 300, 305, [first, second])
    expect(ticked()).toEqual([])
  })
})

describe('lesson 7', () => {
  function run(sseMs: number, websocketMs: number, scatterMs: number, events = 30) {
    const lesson = begin('websocket-or-sse')
    for (let i = 0; i < events; i++) {
      const chance = (i % 10) * (scatterMs / 10)
      lesson.stage.event(200 * i, { sse: sseMs + chance, websocket: websocketMs + chance })
    }
    return lesson
  }

  test('ticks a tie only with 30 events and within the scatter', () => {
    expect(run(2, 2.2, 3, 29).ticked()).toEqual([])
    const { ticked, explained, answers } = run(2, 2.2, 3)
    expect(ticked()).toEqual(['thirty', 'tie'])
    expect(explained()).toContain('smaller than the scatter')
    expect(answers()['sse-median']).toBeCloseTo(3.35)
  })

  test('names who was ahead where the numbers show it, and only then', () => {
    const late = run(9, 2, 1)
    expect(late.ticked()).toEqual(['thirty'])
    expect(late.explained()).toContain('WebSocket was ahead by 7 ms')
    const early = run(2, 9, 1)
    expect(early.ticked()).toEqual(['thirty'])
    expect(early.explained()).toContain('Server-Sent Events were ahead by 7 ms')
    for (const { explained } of [run(2, 2.2, 3), run(2.2, 2, 3)]) expect(explained()).not.toContain('ahead')
  })

  test('keeps what came before the network changed, and ticks the delay when it is in all ten', () => {
    const { stage, ticked, answers } = run(2, 2, 1)
    const before = answers()
    stage.set({ addedDelayMs: 100 })
    for (const id of ['sse', 'websocket']) {
      const { connections } = stage.lane(id)
      connections.push(
        { connection: 1, openedUs: 0, closedUs: 6_500_000 },
        { connection: 2, openedUs: 6_900_000 },
      )
    }
    for (let i = 0; i < 9; i++) stage.event(7_000 + 200 * i, { sse: 102, websocket: 103 })
    expect(ticked()).toEqual(['thirty', 'tie'])
    stage.event(9_000, { sse: 102, websocket: 103 })
    expect(ticked()).toEqual(['thirty', 'tie', 'delay'])
    expect(answers()).toEqual({ ...before, delayed: 103 })
  })

  test('compares nothing where the computer is busy', () => {
    const { ticked, explained } = run(2, 2, 300)
    expect(ticked()).toEqual(['thirty'])
    expect(explained()).toContain('They compare nothing')
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
})

describe('lesson 9', () => {
  /** Ten events a second; streams get them together when `size` of them are there. */
  function buffered(stage: StageFixture, events: number, size: number, fromMs = 0) {
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
    whole.stage.set({ proxy: 'buffering' })
    buffered(whole.stage, 10, 1, 7_000)
    expect(whole.ticked()).not.toContain('honours')
    buffered(whole.stage, 10, 1, 8_000)
    expect(whole.ticked()).toEqual(['honours'])
    expect(whole.explained()).toContain('lumps of up to 35 events')
    expect(explained()).not.toContain('In this run')
    expect(answers().lump).toBeUndefined()
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

  test('does not guess at a beginning that is no longer kept', () => {
    const { stage, ticked, answers } = begun('request')
    event(stage, ['socket-io', 'socket-io-websocket', 'websocket'])
    stage.lane('socket-io').units.splice(0, 3)
    expect(ticked()).toEqual(['direct'])
    expect(answers().requests).toBeUndefined()
  })
})
