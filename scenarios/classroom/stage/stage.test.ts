import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { afterAll, afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { until } from '../../../server/fixture/until.ts'
import { ascii } from '../../../server/wire/span.ts'
import { Child } from '../../bench/child.ts'
import { childrenRunning, commandOf, lanePage, listen, setupOf, TestStage, techniques } from './fixture.ts'

/** One stage for all tests but those that need one of their own: each begins anew. */
let shared: TestStage | undefined
let own: TestStage | undefined
const start = (options?: ConstructorParameters<typeof TestStage>[0]) => {
  if (options) {
    own = new TestStage(options)
    return own
  }
  shared ??= new TestStage()
  return shared
}
afterEach(async () => {
  await own?.close()
  own = undefined
  await shared?.rest()
})
afterAll(() => shared?.close())

const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, i) => first + i)
const seqsOf = ({ events }: { events: { seq: number }[] }) => events.map(({ seq }) => seq)

/** Whether a port of this machine can be connected to. */
async function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

describe('lanes', () => {
  test('play the same events by every technique, and each byte is in a unit, the tap and the counters', async () => {
    const on = start()
    const { stage } = on
    await stage.begin(setupOf(techniques, { holdMs: 500 }))
    expect(stage.lanes.map(({ id }) => id)).toEqual(techniques)
    expect(new Set(stage.lanes.map(({ port }) => port)).size).toBe(techniques.length)
    const subscribers = await Promise.all(techniques.map((technique) => on.join(technique)))
    await on.send(3)
    for (const { events } of subscribers) await until('three have come', () => events.length === 3)
    await stage.change({ payloadBytes: 3_000 })
    await on.send(2)
    for (const subscriber of subscribers) {
      await until('all have come', () => subscriber.events.length === 5)
      expect(seqsOf(subscriber)).toEqual(upTo(5))
      expect(subscriber.failures).toEqual([])
    }
    await on.clear()
    for (const technique of techniques) {
      await on.untilBytesAgree(technique)
      const units = on.entries('unit', technique)
      expect(
        units.flatMap(({ events }) => events),
        technique,
      ).toEqual(upTo(5))
      expect(units.filter(({ what }) => what === 'rest')).toEqual([])
      for (const { bytes, sums, shown, spans, fromUs, atUs } of units) {
        expect(Object.values(sums).reduce((sum, part) => sum + part, 0)).toBe(bytes)
        const length = Buffer.from(shown, 'base64').length
        expect([length, spans.at(-1)?.[1]]).toEqual([Math.min(bytes, 2_048), length])
        expect(fromUs).toBeLessThanOrEqual(atUs)
      }
      // Every event has a payload of its own length, each in the lane once.
      const payload = units.reduce(
        (sum, { direction, sums }) => sum + (direction === 'down' ? (sums.payload ?? 0) : 0),
        0,
      )
      expect(payload, technique).toBe(3 * 100 + 2 * 3_000)
    }
    const units = on.entries('unit')
    expect(units.map(({ unit }) => unit)).toEqual(upTo(units.length))
    expect(on.entries('published').map(({ payloadBytes }) => payloadBytes)).toEqual([
      100, 100, 100, 3_000, 3_000,
    ])
  })

  test('number events that are too short to say their number', async () => {
    const on = start()
    const { stage } = on
    await stage.begin(setupOf(techniques, { payloadBytes: 100, holdMs: 500 }))
    await on.send(3)
    await stage.change({ payloadBytes: 7 })
    for (const technique of techniques) on.onEnd(listen(technique, on.urlOf(technique)))
    const heads = { 'socket-io': 'frame', websocket: 'frame' } as Record<string, string>
    for (const technique of techniques) {
      const what = heads[technique] ?? (technique.endsWith('-poll') ? 'response' : 'chunk')
      await until(`${technique} is open`, () =>
        on.entries('unit', technique).some((unit) => unit.what === what),
      )
    }
    await until('Socket.IO has begun', () =>
      on.entries('unit', 'socket-io').some(({ what, direction }) => what === 'frame' && direction === 'down'),
    )
    const numbersOf = (technique: string) => on.entries('unit', technique).flatMap(({ events }) => events)
    for (const next of [4, 5]) {
      await on.send()
      for (const technique of techniques) {
        await until(`${technique} has event ${next}`, () => numbersOf(technique).at(-1) === next)
      }
    }
    for (const technique of techniques) {
      expect(numbersOf(technique), technique).toEqual([4, 5])
      const carrying = on.entries('unit', technique).filter(({ events }) => events.length > 0)
      for (const { shown, spans } of carrying) {
        const bytes = Buffer.from(shown, 'base64')
        const payloads = spans.filter(([, , byteClass]) => byteClass === 'payload')
        expect(payloads.map(([from, to]) => ascii(bytes, from, to))).toEqual(['"hello"'])
      }
    }
  })

  test('serve their page on a connection that is in no counter, and answer a probe on one that is', async () => {
    const on = start()
    await on.stage.begin(setupOf(['sse']))
    const page = await fetch(`${on.urlOf('sse')}/lane`)
    expect(await page.text()).toBe(lanePage.html)
    expect(page.headers.get('content-security-policy')).toBe(lanePage.csp)
    await until('the page is told', () => on.entries('page').length === 1)
    expect(on.entries('page')[0]?.bytes).toBeGreaterThan(lanePage.html.length + 100)
    const probe = await fetch(`${on.urlOf('sse')}/lane/probe`)
    expect(probe.status).toBe(204)
    await until('the probe is told', () => on.entries('unit').length === 2)
    expect(on.entries('unit').map(({ what, about }) => [what, about])).toEqual([
      ['request', '/lane/probe'],
      ['response', '204'],
    ])
    expect(on.entries('connected').map(({ connection }) => connection)).toEqual([1])
    await on.untilBytesAgree('sse')
  })

  test('serve their page on a connection of a proxy, too, that has carried something else', async () => {
    const on = start()
    await on.stage.begin(setupOf(['short-poll'], { proxy: 'buffering' }))
    for (const path of ['short-poll', 'lane', 'short-poll']) {
      await (await fetch(`${on.urlOf('short-poll')}/${path}`)).text()
    }
    await until('the page is told', () => on.entries('page').length === 1)
    await until('the polls are told', () => on.entries('unit').length === 4)
    expect(on.entries('unit').map(({ about }) => about)).toEqual(['/short-poll', '200', '/short-poll', '200'])
    await on.untilBytesAgree('short-poll')
  })

  test('hold long polls as long as they are told, those that are held, too, and nothing else changes', async () => {
    const on = start()
    const { stage } = on
    await stage.begin(setupOf(techniques, { holdMs: 60_000 }))
    const before = stage.lanes
    const subscribers = await Promise.all(techniques.map((technique) => on.join(technique)))
    await on.send()
    for (const { events } of subscribers) await until('it has come', () => events.length === 1)
    const held = ['long-poll', 'jsonp-poll']
    const polls = (lane: string) => on.entries('unit', lane).filter(({ direction }) => direction === 'up')
    // Without a cursor, and with the first: both are answered. The third is held.
    for (const lane of held) await until('the next is held', () => polls(lane).length === 3)
    await stage.change({ holdMs: 500 })
    for (const lane of held) await until('it is answered, and the next', () => polls(lane).length === 5)
    await stage.change({ holdMs: 60_000 })
    await on.send()
    for (const subscriber of subscribers) {
      await until('it has come', () => subscriber.events.length === 2)
      expect(subscriber.failures).toEqual([])
    }
    expect(stage.lanes).toEqual(before)
    expect(on.entries('closed')).toEqual([])
  })
})

describe('the feed', () => {
  test('keeps its schedule, changes it at once, and waits while it is paused', async () => {
    const on = start()
    const { stage } = on
    await stage.begin(setupOf(['sse'], { ratePerSecond: 50, payloadBytes: 16 }))
    await until('ten are published', () => on.entries('published').length >= 10)
    await stage.change({ isPaused: true })
    const published = on.entries('published')
    const dues = published.map(({ dueUs }) => dueUs)
    for (const [i, due] of dues.slice(1).entries())
      expect(Math.abs(due - (dues[i] as number) - 20_000)).toBeLessThan(2)
    for (const { atUs, dueUs, payloadBytes } of published) {
      expect(atUs).toBeGreaterThanOrEqual(dueUs - 1)
      expect(payloadBytes).toBe(16)
    }
    await on.send(1)
    const byHand = on.entries('published').at(-1)
    expect(byHand).toMatchObject({ seq: published.length + 1, dueUs: byHand?.atUs })
    await stage.change({ payloadBytes: 5 })
    await on.send(1)
    expect(
      on
        .entries('published')
        .slice(published.length)
        .map(({ payloadBytes }) => payloadBytes),
    ).toEqual([16, 5])
    await stage.change({ isPaused: false, ratePerSecond: 10 })
    await until('it goes on', () => on.entries('published').length >= published.length + 4)
    const [a, b] = on.entries('published').slice(-2)
    expect(Math.abs((b?.dueUs as number) - (a?.dueUs as number) - 100_000)).toBeLessThan(2)
  })
})

test('no event is in step with a lane that polls on a timer', async () => {
  const on = start()
  await on.stage.begin(setupOf(['short-poll', 'sse'], { ratePerSecond: 20, pollIntervalMs: 50 }))
  await until('some are published', () => on.entries('published').length >= 40)
  const phases = on.entries('published').map(({ dueUs }) => dueUs % 50_000)
  const [first = 0] = phases
  const spread = new Set(phases.map((us) => Math.floor((((us - first) % 50_000) + 50_000) / 5_000) % 10))
  expect([...spread].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
})

describe('a change', () => {
  test('holds for an event that is sent right behind it', async () => {
    const on = start()
    await on.stage.begin(setupOf(['websocket']))
    void on.stage.change({ payloadBytes: 1_000 })
    await on.send()
    expect(on.entries('published').map(({ payloadBytes }) => payloadBytes)).toEqual([1_000])
  })

  test('that fails is taken back, and the log says so', async () => {
    const on = start({})
    const { stage } = on
    await stage.begin(setupOf(['websocket'], { addedDelayMs: 20 }))
    // One of an earlier test may still be ending.
    await until('there is one network', () => childrenRunning('network-process').length === 1)
    const [pid] = childrenRunning('network-process')
    process.kill(pid as number, 'SIGSTOP')
    const ask = vi.spyOn(Child.prototype, 'ask')
    const changing = stage.change({ addedDelayMs: 40, holdMs: 700, payloadBytes: 1_000 })
    // Killed before it is asked, it would be started anew, and nothing would fail.
    await until('it is asked', () => ask.mock.calls.some(([{ type }]) => type === 'change'))
    ask.mockRestore()
    process.kill(pid as number, 'SIGKILL')
    await expect(changing).rejects.toMatchObject({ code: 'CHILD_FAILED' })
    const before = { addedDelayMs: 20, holdMs: setupOf([]).settings.holdMs, payloadBytes: 100 }
    expect(stage.settings).toMatchObject(before)
    const told = on.entries('changed').flatMap(({ settings }) => (settings ? [settings] : []))
    expect(told).toMatchObject([{ addedDelayMs: 40, holdMs: 700, payloadBytes: 1_000 }, before])
    await on.send()
    expect(on.entries('published').at(-1)?.payloadBytes).toBe(100)
    // What follows is done as ever.
    await stage.change({ addedDelayMs: 30 })
    expect(stage.settings.addedDelayMs).toBe(30)
  })
})

describe('a cut', () => {
  test('resets real sockets and refuses new ones, and after it lanes recover without a loss', async () => {
    const on = start()
    const { stage } = on
    await stage.begin(setupOf(techniques))
    const before = stage.lanes
    const subscribers = await Promise.all(techniques.map((technique) => on.join(technique)))
    const raw = connect(before[0]?.port as number, '127.0.0.1')
    await once(raw, 'connect')
    await on.send()
    for (const { events } of subscribers) await until('it has come', () => events.length === 1)
    const reset = once(raw, 'error')
    await stage.act('cut')
    expect((await reset)[0]).toMatchObject({ code: 'ECONNRESET' })
    expect(stage.network).toBe('cut')
    for (const { port } of before) expect(await isOpen(port)).toBe(false)
    for (const { failures } of subscribers) await until('it is noticed', () => failures.length > 0)
    await on.send(2)
    await stage.act('mend')
    expect(stage.lanes).toEqual(before)
    await on.send()
    for (const subscriber of subscribers) {
      await until('all have come', () => subscriber.events.length === 4)
      expect(seqsOf(subscriber)).toEqual(upTo(4))
    }
    expect(on.entries('changed').map(({ network }) => network)).toEqual(['cut', 'up'])
    await on.clear()
    for (const technique of techniques) await on.untilBytesAgree(technique)
  })

  test('ends what a reader that does not read has kept waiting, and no byte is told that has not left', async () => {
    const on = start()
    const { stage } = on
    await stage.begin(setupOf(['fetch-stream'], { payloadBytes: 16_384 }))
    const raw = connect(stage.lanes[0]?.port as number, '127.0.0.1')
    raw.on('error', () => {}).pause()
    raw.write('GET /fetch-stream HTTP/1.1\r\nHost: a\r\n\r\n')
    await until('it is open', () => on.entries('unit').some(({ what }) => what === 'chunk'))
    await on.send(600)
    await stage.act('cut')
    await until('it is closed', () => on.entries('closed').length === 1)
    await on.untilBytesAgree('fetch-stream')
    const events = on.entries('unit').flatMap((unit) => unit.events)
    expect(events).toEqual(upTo(events.length))
    expect(events.length).toBeLessThan(600)
  })

  test('reaches sockets before a proxy, too, which come back on the same ports', async () => {
    const on = start()
    const { stage } = on
    await stage.begin(setupOf(['sse'], { addedDelayMs: 5, proxy: 'buffering' }))
    const before = stage.lanes
    const raw = connect(before[0]?.port as number, '127.0.0.1')
    await once(raw, 'connect')
    const reset = once(raw, 'error')
    const subscriber = await on.join('sse')
    await stage.act('cut')
    expect((await reset)[0]).toMatchObject({ code: 'ECONNRESET' })
    expect(await isOpen(before[0]?.port as number)).toBe(false)
    await stage.act('mend')
    expect(stage.lanes).toEqual(before)
    await on.send()
    await until('it has come', () => subscriber.events.length === 1)
  })
})

describe('a restart', () => {
  test('loses nothing for who comes back with a cursor, and what was published meanwhile for who does not', async () => {
    const on = start()
    const { stage } = on
    await stage.begin(setupOf([...techniques, { id: 'forgetful', technique: 'websocket' }]))
    const before = stage.lanes
    const messages = [...on.messages]
    const subscribers = await Promise.all(techniques.map((technique) => on.join(technique)))
    const forgotten: number[] = []
    let welcomes = 0
    const follow = () => {
      const socket = new WebSocket(`${on.urlOf('forgetful').replace('http', 'ws')}/websocket`)
      socket.on('message', (data) => {
        const { seq } = JSON.parse(String(data))
        if (seq === undefined) welcomes++
        else forgotten.push(seq)
      })
      socket.on('error', () => {})
      socket.on('close', () => setTimeout(() => isOver || follow(), 20))
      end = () => socket.terminate()
    }
    let isOver = false
    let end = () => {}
    on.onEnd(() => {
      isOver = true
      end()
    })
    follow()
    await until('it is open', () => welcomes === 1)
    await on.send(2)
    await until('two have come', () => forgotten.length === 2)
    await stage.act('restart')
    expect(stage.server).toBe('down')
    await on.send(3)
    await until('the server is back', () => stage.server === 'up')
    expect(stage.lanes).toEqual(before)
    await until('all are back', () => welcomes === 2)
    await on.send()
    for (const subscriber of subscribers) {
      await until('all have come', () => subscriber.events.length === 6)
      expect(seqsOf(subscriber)).toEqual(upTo(6))
      expect(subscriber.gaps).toEqual([])
    }
    await until('the last has come', () => forgotten.at(-1) === 6)
    expect(forgotten).toEqual([1, 2, 6])
    expect(on.entries('changed').map(({ server }) => server)).toEqual(['down', 'up'])
    await on.clear()
    for (const technique of techniques) await on.untilBytesAgree(technique)
    const connections = on.entries('connected').map(({ connection }) => connection)
    expect(connections).toEqual(upTo(connections.length))
    expect(on.messages).toEqual(messages)
  })

  test('follows by itself where the process is killed, and says so', async () => {
    const on = start()
    await on.stage.begin(setupOf(['sse']))
    const subscriber = await on.join('sse')
    await until('it is told', () => on.entries('connected').length === 1)
    for (const pid of childrenRunning('lanes-process')) process.kill(pid, 'SIGKILL')
    await until('it is noticed', () => on.stage.server === 'down')
    expect(on.entries('closed')).toHaveLength(1)
    expect(on.messages.at(-1)).toContain('SIGKILL')
    await on.send()
    await until('it is back', () => on.stage.server === 'up')
    await until('nothing is lost', () => subscriber.events.length === 1)
    await on.clear()
    await on.untilBytesAgree('sse')
  })

  test('during a cut leaves the network cut', async () => {
    const on = start()
    const { stage } = on
    await stage.begin(setupOf(['sse']))
    const [lane] = stage.lanes
    await stage.act('cut')
    await stage.act('restart')
    await until('it is back', () => stage.server === 'up')
    expect(await isOpen(lane?.port as number)).toBe(false)
    await stage.act('mend')
    expect(await isOpen(lane?.port as number)).toBe(true)
  })
})

describe('the network before the lanes', () => {
  test('adds its delay to every round trip', async () => {
    const on = start()
    await on.stage.begin(setupOf(['short-poll']))
    const direct = on.stage.lanes
    await on.stage.change({ addedDelayMs: 100 })
    expect(on.stage.lanes).not.toEqual(direct)
    const url = `${on.urlOf('short-poll')}/short-poll`
    const startedAt = performance.now()
    await (await fetch(url)).text()
    // Connecting takes a round trip, too.
    expect(performance.now() - startedAt).toBeGreaterThan(390)
    await on.stage.change({ addedDelayMs: 0 })
    expect(on.stage.lanes).toEqual(direct)
    await on.clear()
    await on.untilBytesAgree('short-poll')
  })

  test('keeps events back where it collects, unless it heeds what the answer asks', async () => {
    const on = start()
    const { stage } = on
    await stage.begin(setupOf(['sse', 'long-poll'], { proxy: 'buffering', payloadBytes: 1_000 }))
    const heeded = await on.join('sse')
    await on.send()
    await until('it has come', () => heeded.events.length === 1)
    await on.rest()
    const { lanes } = stage
    await stage.change({ proxy: 'stubborn-buffering' })
    expect(stage.lanes).toEqual(lanes)
    // The stream's head waits for the first 4,096 bytes.
    const stubborn = on.join('sse', { cursor: { seq: 0 } })
    const poll = await on.join('long-poll', { cursor: { seq: 0 } })
    await on.send()
    await until('the poll has its two', () => poll.events.length === 2)
    const sent = () => on.entries('unit', 'sse').filter(({ events }) => events.length > 0).length
    await until('both have left the server', () => sent() === 1 + 2)
    const first = await Promise.race([stubborn, Promise.resolve('nothing')])
    expect(first).toBe('nothing')
    await on.send(3)
    const late = await stubborn
    await until('the lump has come', () => late.events.length >= 3)
  })
})

describe('a stage', () => {
  test('begins anew with nothing of before', async () => {
    const on = start()
    const { stage } = on
    await stage.begin(setupOf(['sse', 'websocket'], { addedDelayMs: 1 }))
    const old = stage.lanes
    await on.join('websocket')
    await on.send(2)
    await until('it is in the log', () => on.entries('unit', 'websocket').length > 2)
    const { changes } = on
    const run = stage.run + 1
    await stage.begin(setupOf(['long-poll']))
    expect(on.changes).toBeGreaterThan(changes)
    expect(stage.run).toBe(run)
    expect(stage.log).toEqual([
      { kind: 'began', atUs: 0, run, lanes: stage.setup.lanes, settings: stage.settings },
    ])
    for (const { port } of old) expect(await isOpen(port)).toBe(false)
    const poll = await on.join('long-poll')
    await on.send()
    await until('it has come', () => poll.events.length === 1)
    expect(seqsOf(poll)).toEqual([1])
    const began = on.told.findIndex((entry) => entry.kind === 'began' && entry.run === run)
    await until('the unit is told', () =>
      on.told.some((entry) => entry.kind === 'unit' && entry.lane === 'long-poll'),
    )
    expect(on.told.slice(began).filter((entry) => 'lane' in entry && entry.lane !== 'long-poll')).toEqual([])
    await until('all is told', () => on.told.length - began === stage.log.length)
    expect(on.told.slice(began)).toEqual(stage.log)
  })

  test('refuses what it cannot do, and stays as it is', async () => {
    const on = start({ techniques: ['sse'] })
    const { stage } = on
    await expect(stage.begin(setupOf(['websocket']))).rejects.toThrow('must be one of sse')
    await expect(stage.change({ payloadBytes: 1 })).rejects.toMatchObject({ code: 'BAD_INPUT' })
    await expect(stage.act('burn' as 'cut')).rejects.toMatchObject({ code: 'BAD_INPUT' })
    expect([stage.run, stage.lanes, stage.log.length]).toEqual([0, [], 1])
  })

  test('takes over what pages have seen where it makes sense', async () => {
    const on = start()
    const { stage } = on
    await stage.begin(setupOf([{ id: 'sse', technique: 'sse', tabs: 2 }]))
    const odd = (entry: object) => entry as never
    stage.seen([
      { kind: 'opened', atUs: 10.4, lane: 'sse', tab: 2 },
      { kind: 'received', atUs: 1e15, lane: 'sse', seq: 3 },
      { kind: 'failed', atUs: -5, lane: 'sse', message: 'x'.repeat(1_000) },
      { kind: 'asked', atUs: 1, lane: 'websocket' },
      { kind: 'asked', atUs: 1, lane: 'sse', tab: 3 },
      odd({ kind: 'asked', atUs: 'now', lane: 'sse' }),
      odd({ kind: 'received', atUs: 1, lane: 'sse', seq: '<b>' }),
      odd({ kind: 'unit', atUs: 1, lane: 'sse' }),
    ])
    stage.player?.(true)
    expect(stage.log.slice(1)).toEqual([
      { kind: 'opened', atUs: 10, lane: 'sse', tab: 2 },
      { kind: 'received', atUs: expect.any(Number), lane: 'sse', seq: 3 },
      { kind: 'failed', atUs: 0, lane: 'sse', message: 'x'.repeat(200) },
      { kind: 'player', atUs: expect.any(Number), isHere: true },
    ])
    expect(on.entries('received')[0]?.atUs).toBeLessThan(60e6)
  })

  test('plays its plan once every lane has opened, or after a while', async () => {
    const on = start({ planPatienceMs: 20_000 })
    const { stage } = on
    const plan = [
      { atMs: 30, act: 'cut' },
      { atMs: 0, act: 'send' },
    ] as const
    await stage.begin(setupOf(['sse', 'websocket'], {}, [...plan]))
    stage.seen([
      { kind: 'opened', atUs: 1, lane: 'sse' },
      { kind: 'opened', atUs: 1, lane: 'sse' },
    ])
    expect(on.entries('published')).toEqual([])
    stage.seen([{ kind: 'opened', atUs: 1, lane: 'websocket', tab: 1 }])
    await until('it is played', () => stage.network === 'cut')
    expect(on.entries('published')).toHaveLength(1)
    await on.close()
    const impatient = start({ planPatienceMs: 50 })
    await impatient.stage.begin(setupOf(['sse'], {}, [{ atMs: 0, act: 'send' }]))
    await until('it is played', () => impatient.entries('published').length === 1)
  })

  test('closes with its processes and ports, whatever is under way', async () => {
    await shared?.close()
    shared = undefined
    const on = start({})
    const { stage } = on
    await stage.begin(setupOf(['sse', 'websocket'], { addedDelayMs: 5, ratePerSecond: 50 }))
    await on.join('sse')
    const { lanes } = stage
    const pids = [...childrenRunning('lanes-process'), ...childrenRunning('network-process')]
    expect(pids).toHaveLength(2)
    const beginning = stage.begin(setupOf(['sse'])).catch((error: { code: string }) => error.code)
    await stage.close()
    expect(['FORBIDDEN', 'CHILD_FAILED', undefined]).toContain(await beginning)
    expect(childrenRunning('-process')).toEqual([])
    for (const { port } of lanes) expect(await isOpen(port)).toBe(false)
    const published = on.entries('published').length
    await stage.act('send')
    expect(on.entries('published')).toHaveLength(published)
    await expect(stage.begin(setupOf(['sse']))).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  test('leaves nothing behind when its process is killed', async () => {
    const script = `
      import { openStage } from ${JSON.stringify(new URL('./stage.ts', import.meta.url).href)}
      const stage = openStage({ lanePage: { html: '', csp: '' } })
      await stage.begin(${JSON.stringify(setupOf(['sse'], { addedDelayMs: 5 }))})
      console.log(stage.lanes[0].port)
      setInterval(() => {}, 1_000)`
    const folder = mkdtempSync(`${tmpdir()}/stage-`)
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const file = `${folder}/parent.mjs`
    writeFileSync(file, script)
    const parent = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [port] = await once(parent.stdout, 'data')
    const pids = childrenRunning('-process', parent.pid)
    expect(pids).toHaveLength(2)
    parent.kill('SIGKILL')
    await until('its children are gone', () => pids.every((pid) => commandOf(pid) === ''))
    await until('its ports are free', async () => !(await isOpen(Number(port))))
  })
})
