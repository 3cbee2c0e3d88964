import { afterEach, describe, expect, test, vi } from 'vitest'
import WS from 'ws'
import { until } from '../../../server/fixture/until.ts'
import { FakeStage, goTo, staff, startRoom, type TestRoom, testCode, testKey } from '../room/fixture.ts'
import { defaultRoomLimits } from '../room/limits.ts'
import {
  type Credentials,
  joinRoom,
  type LogMessage,
  type RoomClient,
  type RoomClientEnvironment,
  waitBeforeMs,
} from './room-client.ts'

const ends: (() => unknown)[] = []
afterEach(async () => {
  vi.useRealTimers()
  for (const end of ends.splice(0).reverse()) await end()
})

function newStorage(): RoomClientEnvironment['storage'] {
  const kept = new Map<string, string>()
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) }
}

const nowMs = () => performance.timeOrigin + performance.now()

/** A page whose browser is ws. */
function pageOf(host: string, credentials: Credentials, storage = newStorage()): RoomClient {
  const client = joinRoom(credentials, {
    url: `ws://${host}/room`,
    open: (url) => new WS(url, { origin: `http://${host}` }) as unknown as WebSocket,
    storage,
    nowMs,
    random: () => 0,
    onWake: () => () => {},
  })
  ends.push(() => client.close())
  return client
}

async function open(options?: Parameters<typeof startRoom>[0]): Promise<TestRoom> {
  const room = await startRoom(options)
  ends.push(() => room.close())
  return room
}

const here = (page: RoomClient) => until('the page is here', () => page.connection.value === 'here')
const asStudent: Credentials = { role: 'student', code: testCode }

test('a page waits from half a second to five before it tries again, and never as long as another', () => {
  for (let failures = 0; failures < 30; failures++) {
    expect(waitBeforeMs(failures, 0)).toBe(500)
    expect(waitBeforeMs(failures, 1)).toBeLessThanOrEqual(5_000)
  }
  expect([0, 1, 2, 3, 4].map((failures) => waitBeforeMs(failures, 1))).toEqual([
    1_000, 2_000, 4_000, 5_000, 5_000,
  ])
})

describe("a student's page", () => {
  test('joins, is told where the class is, votes once, and knows that it is counted', async () => {
    const { host } = await open()
    const teacher = await staff(host)
    await goTo(teacher, 1, 'predict')
    const page = pageOf(host, asStudent)
    expect(page.connection.value).toBe('connecting')
    await until('the ballot is there', () => page.student.value?.ballot?.id === '1/predict/1')
    expect(page.vote('1/predict/1', 2)).toBe(true)
    expect(page.votes.value.get('1/predict/1')?.state).toBe('queued')
    expect(page.vote('1/predict/1', 1)).toBe(false)
    await until('it is counted', () => page.votes.value.get('1/predict/1')?.state === 'counted')
    await until('the teacher sees it', () => teacher.latest('room')?.state.tallies[0]?.counts[2] === 1)
    await goTo(teacher, 1, 'discuss')
    page.vote('1/predict/2', 0)
    await until('it is refused', () => page.refusal.value?.code === 'VOTE_CLOSED')
    expect(page.votes.value.get('1/predict/2')?.state).toBe('refused')
    expect(page.connection.value).toBe('here')
  })

  test('keeps its votes while the room is gone, comes back as the same student, and is counted once', async () => {
    const room = await open()
    const teacher = await staff(room.host)
    await goTo(teacher, 1, 'predict')
    const pages = Array.from({ length: 30 }, () => pageOf(room.host, asStudent))
    for (const page of pages) await here(page)
    for (const page of pages.slice(0, 10)) page.vote('1/predict/1', 1)
    await until('ten are counted', () => teacher.latest('room')?.state.tallies[0]?.votes === 10)
    const snapshot = JSON.parse(JSON.stringify(room.app.room.snapshot()))
    await room.close()
    for (const page of pages) await until('the page knows', () => page.connection.value === 'lost')
    for (const page of pages.slice(10)) expect(page.vote('1/predict/1', 2)).toBe(true)
    expect(pages[0]?.say({ type: 'revote' })).toBe(false)

    const again = await open({ port: room.port, stage: new FakeStage() })
    await again.app.room.restore(snapshot)
    for (const page of pages) await here(page)
    await until('all are counted', () =>
      pages.every((page) => page.votes.value.get('1/predict/1')?.state === 'counted'),
    )
    const { tokens, ballots } = again.app.room.snapshot()
    expect(tokens.toSorted()).toEqual(snapshot.tokens.toSorted())
    expect(ballots[0]?.votes.length).toBe(30)
    expect((await staff(again.host)).latest('room')?.state.tallies[0]?.counts).toEqual([0, 10, 20])
  })

  test('gives up after ten minutes, and tries again when somebody looks at it; a page of staff goes on', () => {
    vi.useFakeTimers()
    const tries = (credentials: Credentials) => {
      let opened = 0
      let wake = () => {}
      const client = joinRoom(credentials, {
        url: '',
        open: () => {
          opened += 1
          const socket = new EventTarget()
          setTimeout(() => socket.dispatchEvent(Object.assign(new Event('close'), { code: 1006 })), 10)
          return socket as WebSocket
        },
        storage: newStorage(),
        nowMs: () => Date.now(),
        random: () => 1,
        onWake: (listener) => {
          wake = listener
          return () => {}
        },
      })
      ends.push(() => client.close())
      const within = (ms: number) => {
        const before = opened
        vi.advanceTimersByTime(ms)
        return opened - before
      }
      return { within, wake: () => wake() }
    }
    const student = tries(asStudent)
    expect(student.within(600_000)).toBeGreaterThan(100)
    student.within(10_000)
    expect(student.within(600_000)).toBe(0)
    student.wake()
    expect(student.within(60_000)).toBeGreaterThan(8)
    const wall = tries({ role: 'staff', key: testKey })
    wall.within(610_000)
    expect(wall.within(600_000)).toBeGreaterThan(100)
  })

  test('is told goodbye, and does not try to come back', async () => {
    const room = await open()
    const page = pageOf(room.host, asStudent)
    await here(page)
    room.app.room.sayGoodbye()
    await until('it knows', () => page.connection.value === 'over')
    await room.close()
    const again = await open({ port: room.port, stage: new FakeStage() })
    page.retry()
    await new Promise((resolve) => setTimeout(resolve, 800))
    expect(page.connection.value).toBe('over')
    expect(again.app.room.snapshot().tokens).toEqual([])
  })

  test('is the same student after a reload, and another in a room with another code', async () => {
    const { host, app } = await open()
    const storage = newStorage()
    for (const code of [testCode, ` ${testCode.toLowerCase()}`, testCode]) {
      const page = pageOf(host, { role: 'student', code }, storage)
      await here(page)
      page.close()
    }
    expect(app.room.snapshot().tokens).toHaveLength(1)
    const other = await open({ code: 'ZZZ222' })
    await here(pageOf(other.host, { role: 'student', code: 'ZZZ222' }, storage))
    expect(other.app.room.snapshot().tokens).not.toEqual(app.room.snapshot().tokens)
  })

  test('is the same student in another tab, and both show the vote', async () => {
    const { host, app } = await open()
    const teacher = await staff(host)
    const storage = newStorage()
    const first = pageOf(host, asStudent, storage)
    await here(first)
    const second = pageOf(host, asStudent, storage)
    await here(second)
    first.vote('1/predict/1', 1)
    await until('both show it', () => [first, second].every((page) => page.student.value?.vote === 1))
    expect(second.vote('1/predict/1', 2)).toBe(true)
    await until('what counts is told', () => second.votes.value.get('1/predict/1')?.state === 'counted')
    expect(second.votes.value.get('1/predict/1')?.option).toBe(1)
    expect(app.room.snapshot().tokens).toHaveLength(1)
    const told = () => teacher.latest('room')?.state
    await until('one has voted', () => told()?.tallies[0]?.votes === 1)
    expect(told()?.students).toMatchObject({ here: 1, joined: 1 })
  })

  test('goes on in a browser that keeps nothing', async () => {
    const { host } = await open()
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new Error('QuotaExceededError')
      },
    }
    const page = pageOf(host, asStudent, full)
    await here(page)
    expect(page.student.value?.lesson).toBe(1)
  })

  test('with a wrong code is refused, and does not try again by itself', async () => {
    const { host, app } = await open()
    const page = pageOf(host, { role: 'student', code: 'WRONG2' })
    await until('it is refused', () => page.connection.value === 'refused')
    expect(page.refusal.value).toMatchObject({
      code: 'WRONG_CODE',
      message: { zh: expect.stringContaining('加入码') },
    })
    await until('it is gone', () => app.websocketServer.clients.size === 0)
    page.retry()
    expect(page.connection.value).toBe('connecting')
    await until('it is refused again', () => page.connection.value === 'refused')
  })

  test('that finds the room full says so, and gets in when there is a seat', async () => {
    const { host } = await open({
      limits: { seats: { ...defaultRoomLimits.seats, most: 1, giveAwayAfterMs: 0 } },
    })
    const first = pageOf(host, asStudent)
    await here(first)
    const second = pageOf(host, asStudent)
    await until('it is refused', () => second.refusal.value?.code === 'ROOM_FULL')
    expect(second.connection.value).toBe('refused')
    first.close()
    await until('it gets in', () => {
      second.retry()
      return second.connection.value === 'here'
    })
    expect(second.refusal.value).toBeUndefined()
  })
})

describe('a staff page', () => {
  test('is told the room, its time and the log, and says what staff may say', async () => {
    const { host, stage } = await open()
    const page = pageOf(host, { role: 'staff', key: testKey })
    const log: LogMessage[] = []
    const stop = page.onLog((message) => log.push(message))
    await here(page)
    await until('all is told', () => page.room.value !== undefined && log.length > 0)
    expect(log[0]?.entries[0]?.kind).toBe('began')
    await until('the clock is known', () => page.clock.value !== undefined)
    const { offsetMs, uncertaintyMs } = page.clock.value ?? expect.fail()
    const [beforeMs, hostMs, afterMs] = [nowMs(), Number(process.hrtime.bigint()) / 1e6, nowMs()]
    expect(hostMs).toBeGreaterThanOrEqual(beforeMs + offsetMs - uncertaintyMs)
    expect(hostMs).toBeLessThanOrEqual(afterMs + offsetMs + uncertaintyMs)
    expect(page.say({ type: 'play', takeOver: false })).toBe(true)
    await until('it plays', () => page.room.value?.stage.player === 'you')
    let probes = 0
    const stopProbing = page.onProbe(() => probes++)
    page.say({ type: 'act', act: 'probe' })
    await until('it is to probe', () => probes === 1)
    stopProbing()
    page.say({ type: 'act', act: 'probe' })
    stop()
    const told = log.length
    stage.add([{ kind: 'published', atUs: 1, seq: 1, dueUs: 1, payloadBytes: 100 }])
    page.say({ type: 'go', lesson: 1, phase: 'predict' })
    await until('it is there', () => page.room.value?.lesson === 1)
    expect(log.length).toBe(told)
    expect(probes).toBe(1)
  })
})

describe('a room that falls silent', () => {
  /** A socket by hand. */
  class HandSocket extends EventTarget {
    readonly sent: { type: string }[] = []
    send(text: string): void {
      this.sent.push(JSON.parse(text))
    }
    close(): void {}
    say(message: unknown): void {
      this.dispatchEvent(Object.assign(new Event('message'), { data: JSON.stringify(message) }))
    }
  }

  function pageByHand() {
    vi.useFakeTimers()
    const sockets: HandSocket[] = []
    let wake = () => {}
    const page = joinRoom(asStudent, {
      url: 'ws://room/room',
      open: () => {
        const socket = new HandSocket()
        sockets.push(socket)
        return socket as unknown as WebSocket
      },
      storage: newStorage(),
      nowMs: () => Date.now(),
      random: () => 1,
      onWake: (listener) => {
        wake = listener
        return () => {}
      },
    })
    ends.push(() => page.close())
    const latest = () => sockets.at(-1) as HandSocket
    const letIn = () => {
      latest().dispatchEvent(new Event('open'))
      latest().say({ type: 'welcome', role: 'student', token: 'AAAAAAAAAAAAAAAAAAAAAA' })
    }
    return { page, sockets, latest, letIn, wake: () => wake() }
  }

  test('is asked five times quickly, then every 5 s, and given up when it does not answer for 10 s', () => {
    const { page, sockets, latest, letIn } = pageByHand()
    letIn()
    expect(page.connection.value).toBe('here')
    const questions = () => latest().sent.filter(({ type }) => type === 'clock').length
    vi.advanceTimersByTime(1_000)
    expect(questions()).toBe(5)
    latest().say({ type: 'clock', sentMs: Date.now(), atUs: 1_000 })
    vi.advanceTimersByTime(4_999)
    expect(questions()).toBe(5)
    vi.advanceTimersByTime(1)
    expect(questions()).toBe(6)
    vi.advanceTimersByTime(20_000)
    expect(page.connection.value).toBe('lost')
    expect(sockets.length).toBeGreaterThan(1)
  })

  test('that never says welcome is tried again', () => {
    const { page, sockets } = pageByHand()
    vi.advanceTimersByTime(10_000)
    expect(page.connection.value).toBe('connecting')
    vi.advanceTimersByTime(1_000)
    expect(sockets).toHaveLength(2)
  })

  test('is tried at once when the device is online again, and says the votes again', () => {
    const { page, sockets, latest, letIn, wake } = pageByHand()
    letIn()
    page.vote('1/predict/1', 1)
    latest().dispatchEvent(Object.assign(new Event('close'), { code: 1006 }))
    expect(page.connection.value).toBe('lost')
    page.vote('2/predict/1', 0)
    wake()
    wake()
    expect(sockets).toHaveLength(2)
    letIn()
    expect(latest().sent.slice(0, 3)).toEqual([
      { type: 'hello', role: 'student', code: testCode, token: 'AAAAAAAAAAAAAAAAAAAAAA' },
      { type: 'vote', ballot: '1/predict/1', option: 1 },
      { type: 'vote', ballot: '2/predict/1', option: 0 },
    ])
    // What an earlier socket still says is nothing to this one.
    sockets[0]?.dispatchEvent(Object.assign(new Event('close'), { code: 1006 }))
    expect(page.connection.value).toBe('here')
  })

  test('that has closed the page out is not bothered again', () => {
    const { page, sockets, latest, letIn } = pageByHand()
    letIn()
    latest().say({
      type: 'refused',
      code: 'NOT_ALLOWED',
      message: { en: 'Too many tabs.', zh: '标签页太多。' },
    })
    latest().dispatchEvent(Object.assign(new Event('close'), { code: 1008 }))
    expect(page.connection.value).toBe('refused')
    vi.advanceTimersByTime(60_000)
    expect(sockets).toHaveLength(1)
  })
})
