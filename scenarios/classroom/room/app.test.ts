import { request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { PushlabError } from '../../../server/error.ts'
import { statusesAfterH2c } from '../../../server/fixture/h2c.ts'
import { until } from '../../../server/fixture/until.ts'
import { defaultStageSettings } from '../log/entries.ts'
import { checkSetup } from '../stage/limits.ts'
import { stageRefusalText } from '../stage/refusal.ts'
import { bilingual } from './bilingual.ts'
import {
  FakeStage,
  goTo,
  staff,
  startRoom,
  student,
  type TestRoom,
  testCode,
  testKey,
  testLessons,
  testPages,
  Visitor,
} from './fixture.ts'
import { defaultRoomLimits, type RoomLimits } from './limits.ts'
import type { ToRoom } from './protocol.ts'
import { roomTexts } from './texts.ts'

const rooms: TestRoom[] = []
const open = async (options?: Parameters<typeof startRoom>[0]) => {
  const room = await startRoom(options)
  rooms.push(room)
  return room
}

afterEach(async () => {
  await Promise.all(rooms.splice(0).map((room) => room.close()))
})

interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
}

function ask(
  port: number,
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string; localAddress?: string } = {},
) {
  return new Promise<Answer>((resolve, reject) => {
    const { method = 'GET', headers = {}, body, localAddress } = options
    const asked = request({ host: '127.0.0.1', port, path, method, headers, localAddress }, (response) => {
      let text = ''
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

/** What is answered to these very bytes until the connection ends. */
function raw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(text))
  })
}

describe('pages', () => {
  test('each is served where it belongs, with its policy and the same safe headers, and no cookie', async () => {
    const { port } = await open()
    const places: [path: string, status: number, page: keyof typeof testPages | undefined][] = [
      ['/', 200, 'student'],
      ['/worksheet', 200, 'worksheet'],
      ['/teacher', 403, 'key'],
      ['/projector', 403, 'key'],
      ['/learn', 403, 'key'],
      ['/answers', 403, 'key'],
      [`/k/${testKey}/teacher`, 200, 'teacher'],
      [`/k/${testKey}/projector`, 200, 'projector'],
      [`/k/${testKey}/learn`, 200, 'learn'],
      [`/k/${testKey}/worksheet?lesson=2`, 200, 'worksheet'],
      [`/k/${testKey}/answers`, 200, 'answers'],
      [`/k/${testKey}/student`, 404, undefined],
      [`/k/${testKey}/constructor`, 404, undefined],
      ['/k/', 404, undefined],
      [`/k/${testKey}`, 404, undefined],
      ['/nothing', 404, undefined],
      ['/%', 400, undefined],
      ['/room', 426, undefined],
    ]
    for (const [path, status, page] of places) {
      const answer = await ask(port, path)
      expect([path, answer.status]).toEqual([path, status])
      if (page) expect(answer.text).toBe(testPages[page].html)
      expect(answer.headers).toMatchObject({
        'content-security-policy': page ? testPages[page].csp : expect.stringContaining("default-src 'none'"),
        'content-type': page ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'x-frame-options': 'DENY',
        'cache-control': 'no-store',
      })
      expect(answer.headers).not.toHaveProperty('set-cookie')
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin')
    }
  })

  test('nothing below /k/ is there without the key, wrong keys are limited, and the right one passes all the same', async () => {
    const { port } = await open()
    for (const wrong of ['a', `${testKey}A`, testKey.toLowerCase(), '%00', '..']) {
      const { status, text } = await ask(port, `/k/${wrong}/teacher`)
      expect([status, text]).toEqual([404, testPages.key.html])
    }
    const limited = await ask(port, '/k/another/teacher')
    expect(limited.status).toBe(429)
    expect(limited.headers['retry-after']).toBe('10')
    expect((await ask(port, `/k/${testKey}/teacher`)).status).toBe(200)
  })

  test('other methods are refused, whatever they carry, and markup in an address is not repeated', async () => {
    const { port } = await open()
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      for (const path of ['/', '/room', '/nothing', `/k/${testKey}/teacher`]) {
        const { status, headers } = await ask(port, path, { method, body: method === 'POST' ? '<b>' : '' })
        expect([method, path, status, headers.allow]).toEqual([method, path, 405, 'GET, HEAD'])
      }
    }
    for (const path of ['/%3Cimg%20src=x%3E', '/k/%3Cimg%3E/teacher', '/%E0%A4%A', '/?<img>']) {
      expect((await ask(port, path)).text).not.toContain('img')
    }
    expect((await ask(port, '/', { method: 'HEAD' })).status).toBe(200)
  })

  test('only the names of the room are answered, against DNS rebinding', async () => {
    const { port, host } = await open()
    for (const name of [
      'evil.example',
      `evil.example:${port}`,
      `127.0.0.1:${port}.evil.example`,
      '127.0.0.1:',
    ]) {
      const { status, text } = await ask(port, '/', { headers: { host: name } })
      expect([name, status]).toEqual([name, 421])
      expect(text).not.toContain('evil')
    }
    // Without the port, as browsers write it where it is 80; and with another, as it is behind a tunnel.
    for (const name of [
      host,
      `localhost:${port}`,
      `LOCALHOST:${port}`,
      '127.0.0.1',
      'localhost',
      'localhost:9000',
    ]) {
      expect((await ask(port, '/', { headers: { host: name } })).status).toBe(200)
    }
    expect(await raw(port, 'GET / HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1.1 421 /)
    expect(await raw(port, `GET http://${host}/ HTTP/1.0\r\nHost: evil.example\r\n\r\n`)).toMatch(/ 421 /)
    const rebound = new Visitor(host, { host: `evil.example:${port}`, origin: `http://evil.example:${port}` })
    expect(await rebound.closed()).toBe(1006)
  })

  test('only pages of the room open its WebSocket, and only at its own place', async () => {
    const { host, port } = await open()
    for (const origin of ['http://evil.example', `https://${host}`, `http://localhost:${port}`, 'null', '']) {
      expect(await new Visitor(host, { origin }).closed()).toBe(1006)
    }
    const upper = await new Visitor(host, {
      host: `localhost:${port}`,
      origin: `http://localhost:${port}`,
    }).opened()
    upper.say({ type: 'hello', role: 'student', code: testCode })
    await upper.heard('welcome')
    const upgrade = `Host: ${host}\r\nOrigin: http://${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`
    for (const path of ['/', '/nothing', `/k/${testKey}/teacher`]) {
      expect(await raw(port, `GET ${path} HTTP/1.1\r\n${upgrade}`)).toMatch(/^HTTP\/1.1 404 /)
    }
    expect(await raw(port, `GET /% HTTP/1.1\r\n${upgrade}`)).toMatch(/^HTTP\/1.1 400 /)
  })

  test('who offers h2c gets the page, and what is asked next', async () => {
    const { host, port } = await open()
    for (const [path, status] of [
      ['/', 200],
      ['/room', 426],
    ] as const) {
      expect(await statusesAfterH2c(`http://${host}`, path)).toEqual([status, status])
    }
    expect(await raw(port, 'CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n')).toMatch(/^HTTP\/1.1 501 /)
  })
})

describe('hello', () => {
  test('a student is let in by the code however it is typed, and comes back by the token', async () => {
    const { host } = await open()
    const first = await new Visitor(host).opened()
    first.say({ type: 'hello', role: 'student', code: 'abc 234' })
    const { token } = (await first.heard('welcome')) as { token: string }
    expect((await first.heard('student')).state.lesson).toBe(1)
    first.socket.close()
    await first.closed()
    const back = await student(host, token)
    expect(await back.heard('welcome')).toEqual({ type: 'welcome', role: 'student', token })
    const teacher = await staff(host)
    expect(teacher.latest('room')?.state.students).toEqual({ here: 1, joined: 1, most: 300 })
  })

  test('wrong codes are refused, the eleventh as one too many, while right ones pass', async () => {
    const { host } = await open()
    const codes: string[] = []
    for (let i = 0; i < 12; i++) {
      const visitor = await new Visitor(host).opened()
      visitor.say({ type: 'hello', role: 'student', code: 'WRONG2' })
      codes.push((await visitor.heard('refused')).code)
      expect(await visitor.closed()).toBe(1008)
    }
    expect(codes).toEqual([...new Array(10).fill('WRONG_CODE'), 'TOO_MANY_TRIES', 'TOO_MANY_TRIES'])
    await (await student(host)).heard('welcome')
  })

  test('a wrong key is refused and limited, and the right one passes', async () => {
    const { host } = await open()
    const codes: string[] = []
    for (let i = 0; i < 6; i++) {
      const visitor = await new Visitor(host).opened()
      visitor.say({ type: 'hello', role: 'staff', key: `wrong ${i}` })
      codes.push((await visitor.heard('refused')).code)
      expect(await visitor.closed()).toBe(1008)
    }
    expect(codes).toEqual([...new Array(5).fill('WRONG_KEY'), 'TOO_MANY_TRIES'])
    await (await staff(host)).heard('welcome')
  })

  test('who says nothing, or something else first, is sent away', async () => {
    const { host } = await open({ limits: { helloMs: 50 } })
    const silent = await new Visitor(host).opened()
    expect((await silent.heard('refused')).code).toBe('BAD_MESSAGE')
    expect(await silent.closed()).toBe(1008)
    for (const message of [{ type: 'revote' }, { type: 'clock', sentMs: 1 }] as ToRoom[]) {
      const visitor = await new Visitor(host).opened()
      visitor.say(message)
      expect(await visitor.closed()).toBe(1008)
      expect(visitor.messages.map(({ type }) => type)).toEqual(['refused'])
    }
  })

  test('the silent of an address give way to those who come', async () => {
    const waiting = { perAddress: 3, patienceMs: 0, most: 400 }
    const { host } = await open({ limits: { waiting } })
    const silent: Visitor[] = []
    for (let i = 0; i < 3; i++) silent.push(await new Visitor(host).opened())
    await (await student(host)).heard('welcome')
    expect(await (silent[0] as Visitor).closed()).toBe(1008)
    expect(silent.slice(1).map(({ closeCode }) => closeCode)).toEqual([undefined, undefined])
  })

  test('an address that makes up one student after the other is stopped, and who comes back is not', async () => {
    const seats = { ...defaultRoomLimits.seats, newcomers: { burst: 2, perSecond: 0.001 } }
    const { host } = await open({ limits: { seats } })
    const first = await student(host)
    const { token } = (await first.heard('welcome')) as { token: string }
    await (await student(host)).heard('welcome')
    const third = await student(host)
    expect(await third.heard('refused')).toMatchObject({
      code: 'TOO_MANY_TRIES',
      message: bilingual(roomTexts.tooManyNew),
    })
    expect(await third.closed()).toBe(1008)
    await (await student(host, token)).heard('welcome')
  })

  /** Connects, writes and waits; whether it was ended, by and by. */
  async function idle(port: number, localAddress: string, bytes = '') {
    const socket = connect({ port, host: '127.0.0.1', localAddress })
    let isClosed = false
    socket
      .on('error', () => {})
      .on('close', () => {
        isClosed = true
      })
    await new Promise((resolve) => socket.once('connect', resolve))
    socket.write(bytes)
    idlers.push(socket)
    return () => isClosed
  }
  const idlers: Socket[] = []
  afterEach(() => {
    for (const socket of idlers.splice(0)) socket.destroy()
  })

  test('the silent and the slow of other addresses keep nobody out: neither students, nor the teacher', async () => {
    const { port, host } = await open({ limits: { sockets: 20, socketsPerAddress: 10 } })
    const closed: (() => boolean)[] = []
    for (let i = 0; i < 10; i++) {
      closed.push(await idle(port, '127.0.0.2'), await idle(port, '127.0.0.3', 'GET / HTTP/1.1\r\nHo'))
    }
    const statusFor = (localAddress: string) =>
      ask(port, '/', { localAddress }).then(
        ({ status }) => status,
        ({ code }) => code,
      )
    expect([await statusFor('127.0.0.1'), await statusFor('127.0.0.4')]).toEqual([200, 200])
    expect(closed.map((isClosed) => isClosed()).indexOf(true)).toBe(0)
    const teacher = await staff(host)
    // Who has said hello stays, whoever comes after.
    const page = new Visitor(host, {}, '127.0.0.5')
    ;(await page.opened()).say({ type: 'hello', role: 'student', code: testCode })
    await page.heard('welcome')
    for (let i = 0; i < 20; i++) closed.push(await idle(port, '127.0.0.5'))
    await until(
      'those have gone that came before',
      () => closed.filter((isClosed) => isClosed()).length >= 20,
    )
    await page.settled()
    await teacher.settled()
  })

  test('who is too slow is ended soon, and not when Node.js looks after half a minute', async () => {
    const { app } = await open()
    const times = { headersTimeout: 10_000, timeout: 10_000, connectionsCheckingInterval: 1_000 }
    expect(app.server).toMatchObject(times)
  })

  test('staff pages and tabs of a student are bounded', async () => {
    const { host } = await open({ limits: { staffConnections: 1, connectionsPerStudent: 2 } })
    await staff(host)
    const second = await new Visitor(host).opened()
    second.say({ type: 'hello', role: 'staff', key: testKey })
    expect((await second.heard('refused')).code).toBe('ROOM_FULL')
    const tabs = [await student(host)]
    const { token } = (await (tabs[0] as Visitor).heard('welcome')) as { token: string }
    for (let i = 0; i < 2; i++) {
      const tab = await student(host, token)
      await tab.heard('welcome')
      tabs.push(tab)
    }
    expect(await (tabs[0] as Visitor).closed()).toBe(1008)
    expect((tabs[0] as Visitor).latest('refused')?.code).toBe('NOT_ALLOWED')
    expect(tabs.slice(1).map(({ closeCode }) => closeCode)).toEqual([undefined, undefined])
  })
})

describe('messages', () => {
  test('what needs staff is refused to students, and nothing changes', async () => {
    const { host, stage, app } = await open()
    const teacher = await staff(host)
    await goTo(teacher, 1, 'predict')
    const before = JSON.stringify([app.room.snapshot().lesson, app.room.snapshot().phase, stage.asked])
    const pupil = await student(host)
    await pupil.heard('welcome')
    const forbidden: ToRoom[] = [
      { type: 'go', lesson: 2, phase: 'observe' },
      { type: 'revote' },
      { type: 'begin', setup: { lanes: [], settings: defaultStageSettings } },
      { type: 'change', settings: { ratePerSecond: 50 } },
      { type: 'act', act: 'cut' },
      { type: 'play', takeOver: true },
      { type: 'seen', run: 1, entries: [] },
      { type: 'ticked', lesson: 1, run: 1, steps: ['a'] },
      { type: 'close', ballot: '1/transfer/1' },
    ]
    for (const message of forbidden) pupil.say(message)
    await pupil.settled()
    expect(pupil.all('refused').map(({ code }) => code)).toEqual(forbidden.map(() => 'NOT_ALLOWED'))
    expect(pupil.all('log')).toEqual([])
    expect(pupil.all('room')).toEqual([])
    expect(JSON.stringify([app.room.snapshot().lesson, app.room.snapshot().phase, stage.asked])).toBe(before)
    expect(teacher.latest('room')?.state.stage.player).toBe('none')
  })

  test('many votes are one message to staff, and each is answered at once', async () => {
    const { host } = await open({ limits: { broadcastMs: 60_000 } })
    const teacher = await staff(host)
    const pupils = await Promise.all(Array.from({ length: 20 }, () => student(host)))
    for (const pupil of pupils) pupil.say({ type: 'vote', ballot: '1/predict/1', option: 1 })
    for (const pupil of pupils) await pupil.heard('voted')
    await teacher.settled()
    // What it was told when it came, and the first change; the rest comes together when a minute is over.
    expect(teacher.all('room')).toHaveLength(2)
    expect(pupils.map((pupil) => pupil.all('student').length)).toEqual(pupils.map(() => 1))
  })

  test('the vote on the transfer ends by its name alone, and not before somebody could vote', async () => {
    const { host } = await open({ limits: { closeAfterMs: 600_000 } })
    const [teacher, pupil] = [await staff(host), await student(host)]
    await goTo(teacher, 1, 'transfer')
    const refusals = () => teacher.all('refused').map(({ code }) => code)
    // A double click: the second falls on the button that has taken the place of the first.
    teacher.say({ type: 'go', lesson: 1, phase: 'transfer' })
    teacher.say({ type: 'close', ballot: '1/transfer/1' })
    teacher.say({ type: 'close', ballot: '1/predict/1' })
    await teacher.settled()
    expect(refusals()).toEqual(['NOT_ALLOWED', 'VOTE_CLOSED'])
    pupil.say({ type: 'vote', ballot: '1/transfer/1', option: 2 })
    expect(await pupil.heard('voted')).toMatchObject({ option: 2 })
    expect(pupil.all('student').some(({ state }) => state.result)).toBe(false)
    teacher.say({ type: 'close', ballot: '1/transfer/1' })
    await until('it is over', () => pupil.latest('student')?.state.result?.right === 2)
    teacher.say({ type: 'close', ballot: '1/transfer/1' })
    await teacher.settled()
    expect(refusals()).toEqual(['NOT_ALLOWED', 'VOTE_CLOSED', 'VOTE_CLOSED'])
  })

  test('a vote that nobody wants to take part in can be ended, too, once it was open for a while', async () => {
    const { host } = await open({ limits: { closeAfterMs: 0 } })
    const teacher = await staff(host)
    await goTo(teacher, 1, 'transfer')
    teacher.say({ type: 'close', ballot: '1/transfer/1' })
    await until('it is over', () => teacher.latest('room')?.state.ballot === undefined)
  })

  test('a student in two tabs is one, whose vote both show, and those who voted and left could vote', async () => {
    const { host } = await open()
    const teacher = await staff(host)
    const first = await student(host)
    const { token } = (await first.heard('welcome')) as { token: string }
    const second = await student(host, token)
    expect(await second.heard('welcome')).toMatchObject({ token })
    first.say({ type: 'vote', ballot: '1/predict/1', option: 1 })
    second.say({ type: 'vote', ballot: '1/predict/1', option: 2 })
    for (const tab of [first, second]) {
      expect(await tab.heard('voted')).toMatchObject({ option: 1 })
      await until('it shows the vote', () => tab.latest('student')?.state.vote === 1)
    }
    const told = () => teacher.latest('room')?.state
    await until('it is one', () => told()?.students.here === 1 && told()?.tallies[0]?.votes === 1)
    await student(host)
    await until('two could vote', () => told()?.voters === 2)
    for (const tab of [first, second]) tab.socket.close()
    await until('one is here', () => told()?.students.here === 1)
    expect(told()).toMatchObject({ voters: 2, tallies: [{ votes: 1 }] })
    // In another ballot only those who are here could.
    await goTo(teacher, 2, 'predict')
    expect(told()?.voters).toBe(1)
  })

  test('staff cannot vote', async () => {
    const { host } = await open()
    const teacher = await staff(host)
    await goTo(teacher, 1, 'predict')
    teacher.say({ type: 'vote', ballot: '1/predict/1', option: 0 })
    expect(await teacher.heard('refused')).toMatchObject({ code: 'NOT_ALLOWED', ballot: '1/predict/1' })
    expect(teacher.latest('room')?.state.tallies[0]?.votes).toBe(0)
  })

  test('what is too long, binary, malformed or too much ends or is refused with a reason, and nobody else feels it', async () => {
    const { host } = await open({ limits: { studentMessages: { burst: 20, perSecond: 1 } } })
    const bystander = await student(host)
    await bystander.heard('welcome')
    const pupils = [
      await student(host),
      await student(host),
      await student(host),
      await student(host),
    ] as const
    const [long, binary, malformed, flood] = pupils
    for (const pupil of pupils) await pupil.heard('welcome')
    long.say(JSON.stringify({ type: 'vote', ballot: '1/predict/1', option: 1, x: '<script>'.repeat(150) }))
    expect(await long.closed()).toBe(1009)
    binary.say(Buffer.from('{"type":"revote"}'))
    expect(await binary.closed()).toBe(1003)
    for (const text of ['<script>alert(1)</script>', '{', '{"type":"<img>"}', 'null', '']) malformed.say(text)
    await malformed.settled()
    expect(malformed.all('refused').map(({ code }) => code)).toEqual(new Array(5).fill('BAD_MESSAGE'))
    for (let i = 0; i < 200; i++) flood.say({ type: 'clock', sentMs: i })
    expect(await flood.closed()).toBe(1008)
    expect(flood.latest('refused')?.code).toBe('TOO_MANY_TRIES')
    const huge = await new Visitor(host).opened()
    huge.say('x'.repeat(300_000))
    expect(await huge.closed()).toBe(1009)
    for (const visitor of [...pupils, huge]) expect(visitor.texts.join()).not.toMatch(/<script|<img|alert/)
    await bystander.settled()
    expect(bystander.closeCode).toBeUndefined()
    expect(bystander.all('refused')).toEqual([])
  })

  test('staff may send much of what their lanes have seen, but not without end', async () => {
    const { host, stage } = await open({ limits: { staffMessages: { burst: 5, perSecond: 1 } } })
    const teacher = await staff(host)
    teacher.say({ type: 'play', takeOver: false })
    for (let i = 0; i < 100; i++) {
      teacher.say({
        type: 'seen',
        run: 1,
        entries: [{ kind: 'received', atUs: i + 0.4, lane: 'sse', seq: i }],
      })
    }
    await teacher.settled()
    expect(stage.asked.filter((asked) => asked === 'seen 1')).toHaveLength(100)
    expect(stage.log.at(-1)).toMatchObject({ atUs: 99 })
    for (let i = 0; i < 2_000; i++) teacher.say({ type: 'seen', run: 1, entries: [] })
    expect(await teacher.closed()).toBe(1008)
  })

  test.each(['student', 'staff'] as const)(
    'a %s page for which too much waits is cut off at once, and nobody else feels it',
    async (role) => {
      // The system's own buffers take some MB before anything waits in this process.
      const long = { en: 'x'.repeat(300_000), zh: '' }
      const lessons = testLessons.map((lesson) => ({ ...lesson, title: long }))
      const few = role === 'student' ? { studentBufferBytes: 500_000 } : { staffBufferBytes: 500_000 }
      const { host, app, stage } = await open({ lessons, limits: { broadcastMs: 1, ...few } })
      const clients = () => app.websocketServer.clients.size
      const teacher = await staff(host)
      if (role === 'staff') stage.setup = { ...stage.setup, lanes: [{ id: long.en, technique: 'sse' }] }
      const silent = await (role === 'staff' ? staff(host) : student(host))
      await silent.heard('welcome')
      silent.socket.pause()
      let told = 0
      while (clients() === 2 && told < 200) await goTo(teacher, 1 + (told++ % 2), 'explain')
      // Not before what may wait does, and long before a ping would have missed it.
      expect(told).toBeGreaterThan(2)
      expect(clients()).toBe(1)
      await teacher.settled()
      expect(teacher.closeCode).toBeUndefined()
    },
  )

  test('who does not read is cut off', async () => {
    const { host, stage, app } = await open({ limits: { heartbeatMs: 1_000 } })
    const teacher = await staff(host)
    teacher.socket.pause()
    const pupil = await student(host)
    await pupil.heard('welcome')
    stage.add(
      Array.from({ length: 20_000 }, (_, i) => ({
        kind: 'published' as const,
        atUs: i,
        seq: i,
        dueUs: i,
        payloadBytes: 100,
      })),
    )
    const other = await staff(host)
    await until('the other staff page has all of the log', () => {
      const told = other.all('log').reduce((sum, { entries }) => sum + entries.length, 0)
      return told === 20_001
    })
    await until('it is cut off', () => app.websocketServer.clients.size === 2)
    teacher.socket.resume()
    expect(await teacher.closed()).toBe(1006)
    expect(pupil.closeCode).toBeUndefined()
  })
})

describe('the stage', () => {
  test('is set up by going to observe, once for a lesson, and by going to the sandbox', async () => {
    const { host, stage } = await open()
    const teacher = await staff(host)
    for (const phase of ['predict', 'discuss', 'observe', 'explain', 'observe', 'transfer'] as const)
      await goTo(teacher, 1, phase)
    await goTo(teacher, 2, 'observe')
    await goTo(teacher, 0, 'predict')
    await goTo(teacher, 1, 'observe')
    expect(stage.asked).toEqual(['begin lane-1', 'begin lane-2', 'begin sandbox', 'begin lane-1'])
    teacher.say({
      type: 'begin',
      setup: { lanes: [{ id: 'mine', technique: 'sse' }], settings: defaultStageSettings },
    })
    await goTo(teacher, 1, 'explain')
    await goTo(teacher, 1, 'observe')
    await teacher.settled()
    // What somebody else has set up in the meantime is not the lesson's.
    expect(stage.asked.slice(4)).toEqual(['begin mine', 'begin lane-1'])
    await until('staff know', () => teacher.latest('room')?.state.stage.setup.lanes[0]?.id === 'lane-1')
    await goTo(teacher, 0, 'predict')
    teacher.say({
      type: 'begin',
      setup: { lanes: [{ id: 'mine', technique: 'sse' }], settings: defaultStageSettings },
    })
    await goTo(teacher, 0, 'predict')
    await teacher.settled()
    expect(stage.asked.slice(6)).toEqual(['begin sandbox', 'begin mine'])
  })

  test('a failure is told to who asked, and to go there again is to try again', async () => {
    const { host, stage } = await open()
    const teacher = await staff(host)
    stage.failure = new PushlabError('CHILD_FAILED', 'The lanes could not be started. Try again.')
    await goTo(teacher, 1, 'observe')
    const { code, message } = await teacher.heard('refused')
    // What a process says of itself is neither for a class nor in its language.
    expect([code, message]).toEqual(['STAGE_FAILED', bilingual(roomTexts.lanesFailed)])
    await goTo(teacher, 1, 'observe')
    teacher.say({ type: 'go', lesson: 1, phase: 'observe' })
    await teacher.settled()
    expect(stage.asked).toEqual(['begin lane-1', 'begin lane-1'])
    stage.failure = new TypeError('secret of the code')
    teacher.say({ type: 'act', act: 'cut' })
    expect((await teacher.heard('refused', 2)).message.en).not.toContain('secret')
    teacher.say({ type: 'go', lesson: 9, phase: 'observe' })
    expect((await teacher.heard('refused', 3)).code).toBe('BAD_MESSAGE')
  })

  test('what it cannot be asked for is refused in both languages', async () => {
    const { host, stage } = await open()
    const teacher = await staff(host)
    const lane = { id: 'twice', technique: 'sse' }
    const setup = { lanes: [lane, lane], settings: defaultStageSettings }
    stage.begin = async () => void checkSetup(setup, ['sse'])
    teacher.say({ type: 'begin', setup })
    expect((await teacher.heard('refused')).message).toEqual({
      en: 'There are two lanes "twice". Give each an id of its own.',
      zh: '有两条泳道都叫 "twice"。请让每条泳道的名称各不相同。',
    })
    expect(stageRefusalText(new PushlabError('FORBIDDEN', 'The stage is closed.'))).toBe(
      roomTexts.stageClosed,
    )
    expect(stageRefusalText(new PushlabError('BAD_INPUT', '/home'))).toBe(roomTexts.stageFailed)
  })

  test('a probe, whoever asks for it, reaches the page that plays the lanes, and no other', async () => {
    const { host, stage } = await open()
    const [wall, teacher] = [await staff(host), await staff(host)]
    teacher.say({ type: 'act', act: 'probe' })
    wall.say({ type: 'play', takeOver: false })
    await wall.settled()
    teacher.say({ type: 'act', act: 'probe' })
    await wall.heard('probe')
    // As a plan does.
    await stage.act('probe')
    await wall.heard('probe', 2)
    await Promise.all([wall.settled(), teacher.settled()])
    expect([wall.all('probe').length, teacher.all('probe').length]).toEqual([2, 0])
  })

  test('a recording is on for all pages, until lesson or phase change, and there is none in the sandbox', async () => {
    const { host } = await open()
    const [wall, teacher] = [await staff(host), await staff(host)]
    const isOn = () => [wall, teacher].map((page) => page.latest('room')?.state.recording)
    const turn = async (on: boolean) => {
      teacher.say({ type: 'recording', on })
      await until(`it is ${on}`, () => isOn().every((it) => it === on))
    }
    await goTo(teacher, 1, 'observe')
    expect(isOn()).toEqual([false, false])
    await turn(true)
    await turn(false)
    await turn(true)
    // The same phase once more changes nothing.
    await goTo(teacher, 1, 'observe')
    await teacher.settled()
    expect(isOn()).toEqual([true, true])
    await goTo(teacher, 1, 'explain')
    await until('it is off', () => isOn().every((it) => it === false))
    await turn(true)
    teacher.say({ type: 'revote' })
    await until('it is off', () => isOn().every((it) => it === false))
    await turn(true)
    await goTo(teacher, 0, 'predict')
    await until('it is off', () => isOn().every((it) => it === false))
    teacher.say({ type: 'recording', on: true })
    expect((await teacher.heard('refused')).code).toBe('NOT_ALLOWED')
  })

  test('one page plays the lanes, only what it saw counts, and its going is written down', async () => {
    const { host, stage } = await open()
    const [one, two] = [await staff(host), await staff(host)]
    const seen = { type: 'seen', run: 1, entries: [{ kind: 'asked', atUs: 5, lane: 'sse' }] } satisfies ToRoom
    one.say(seen)
    one.say({ type: 'play', takeOver: false })
    one.say({ type: 'ticked', lesson: 1, run: 1, steps: ['one'] })
    await until('the other knows', () => two.latest('room')?.state.stage.player === 'another')
    expect(one.latest('room')?.state.stage.player).toBe('you')
    two.say({ type: 'play', takeOver: false })
    expect((await two.heard('refused')).code).toBe('NOT_ALLOWED')
    two.say(seen)
    two.say({ type: 'ticked', lesson: 1, run: 1, steps: ['two'] })
    await two.settled()
    expect(stage.asked).toEqual([])
    await until('steps are told', () => two.latest('room')?.state.steps.join() === 'one')
    // Of the lesson before, or the run before: they were on their way.
    one.say({ type: 'ticked', lesson: 2, run: 1, steps: ['late'] })
    one.say({ type: 'ticked', lesson: 1, run: 0, steps: ['late'] })
    await one.settled()
    await student(host)
    await until('what is now is told', () => two.latest('room')?.state.students.here === 1)
    expect(two.latest('room')?.state.steps).toEqual(['one'])
    one.say(seen)
    one.say({ ...seen, run: 0 })
    await one.settled()
    two.say({ type: 'play', takeOver: true })
    await until('it has taken over', () => one.latest('room')?.state.stage.player === 'another')
    two.say(seen)
    await two.settled()
    expect(stage.asked).toEqual(['seen 1', 'seen 1'])
    two.socket.terminate()
    await until('nobody plays', () => one.latest('room')?.state.stage.player === 'none')
    const players = stage.log.flatMap((entry) => (entry.kind === 'player' ? [entry.isHere] : []))
    expect(players).toEqual([true, false, true, false])
  })

  test('walls play the lanes first, and other pages once no wall has come back', async () => {
    const { host, stage } = await open({ limits: { wallReturnsMs: 150 } })
    const playerOf = (page: Awaited<ReturnType<typeof staff>>) => page.latest('room')?.state.stage.player
    const alone = await staff(host)
    alone.say({ type: 'play', takeOver: false })
    await until('it plays', () => playerOf(alone) === 'you')
    const teacher = await staff(host)
    expect(teacher.latest('room')?.state.stage).toMatchObject({ player: 'another', isAside: true })
    // Nobody has asked for that: a wall takes its place.
    const wall = await staff(host, true)
    expect(playerOf(wall)).toBe('none')
    wall.say({ type: 'play', takeOver: false })
    await until('the wall plays', () => playerOf(alone) === 'another')
    wall.say({ type: 'hidden', on: true })
    alone.say({ type: 'hidden', on: true })
    await alone.settled()
    await wall.settled()
    expect(stage.log.filter((entry) => entry.kind === 'player' && entry.isHidden)).toHaveLength(1)
    wall.socket.terminate()
    await until('the wall is gone', () => stage.log.at(-1)?.kind === 'player')
    alone.say({ type: 'play', takeOver: false })
    expect((await alone.heard('refused')).code).toBe('NOT_ALLOWED')
    await until('it has not come back', () => playerOf(alone) === 'none')
    alone.say({ type: 'play', takeOver: true })
    await until('it plays again', () => playerOf(alone) === 'you')
    // This time somebody has.
    expect(playerOf(await staff(host, true))).toBe('another')
  })

  test('a page that was away from the room alone goes on as the same', async () => {
    const { host, stage } = await open()
    const first = await staff(host)
    first.say({ type: 'play', takeOver: false })
    await first.settled()
    first.socket.terminate()
    await until('it has left', () => stage.log.at(-1)?.kind === 'player')
    const again = await staff(host)
    again.say({ type: 'play', takeOver: false, goesOn: true })
    await again.settled()
    const players = stage.log.flatMap((entry) => (entry.kind === 'player' ? [entry] : []))
    expect(players.map(({ isHere, isHidden }) => [isHere, isHidden])).toEqual([
      [true, undefined],
      [false, undefined],
      [true, false],
    ])
  })

  test('only the page that plays mends what it has told, of the run that is on', async () => {
    const { host, stage } = await open()
    const [one, two] = [await staff(host), await staff(host)]
    one.say({ type: 'play', takeOver: false })
    const clocked = { type: 'clocked', run: 1, shiftUs: -83_211, errorUs: 420 } satisfies ToRoom
    one.say(clocked)
    one.say({ ...clocked, run: 0 })
    await one.settled()
    two.say(clocked)
    await two.settled()
    expect(stage.asked).toEqual(['clocked -83211 420'])
  })

  test('its log comes from its beginning, then as it grows, and anew with each run', async () => {
    const { host, stage } = await open()
    const published = (seq: number) => ({
      kind: 'published' as const,
      atUs: seq,
      seq,
      dueUs: seq,
      payloadBytes: 100,
    })
    stage.add(Array.from({ length: 450 }, (_, i) => published(i + 1)))
    const teacher = await staff(host)
    const told = () =>
      teacher.all('log').flatMap(({ run, entries }) => entries.map((entry) => ({ run, entry })))
    await until('it has all', () => told().length === 451)
    stage.add([published(451)])
    await until('it has one more', () => told().length === 452)
    expect(told().map(({ entry }) => entry)).toEqual(stage.log)
    expect(told()[0]?.entry.kind).toBe('began')
    await goTo(teacher, 1, 'observe')
    stage.add([published(1)])
    await until('the next run is told', () => told().length === 454)
    expect(
      told()
        .slice(452)
        .map(({ run, entry }) => [run, entry.kind]),
    ).toEqual([
      [2, 'began'],
      [2, 'published'],
    ])
  })

  test("tells the host's time", async () => {
    const { host } = await open()
    const pupil = await student(host)
    pupil.say({ type: 'clock', sentMs: 12.5 })
    const { sentMs, atUs } = await pupil.heard('clock')
    expect(sentMs).toBe(12.5)
    expect(Math.abs(atUs - Number(process.hrtime.bigint() / 1_000n))).toBeLessThan(30e6)
  })
})

describe('a class of 300', () => {
  const votes = (room: TestRoom) =>
    room.app.room.snapshot().ballots.find(({ id }) => id === '1/predict/1')?.votes ?? []

  test('joins at once from one address, votes, loses the server and returns, and each vote is counted once', async () => {
    const room = await open({ limits: { broadcastMs: 250 } })
    const { host, port, app } = room
    const teacher = await staff(host)
    await goTo(teacher, 1, 'predict')
    const pupils = await Promise.all(Array.from({ length: 300 }, () => student(host)))
    const tokens = await Promise.all(
      pupils.map(async (pupil) => ((await pupil.heard('welcome')) as { token: string }).token),
    )
    expect(new Set(tokens).size).toBe(300)
    await until('all are seen', () => teacher.latest('room')?.state.students.here === 300)

    const late = await student(host)
    expect(await late.heard('refused')).toMatchObject({ code: 'ROOM_FULL' })
    expect(late.latest('refused')?.message.en).toContain('The room is full (300 students)')
    expect(await late.closed()).toBe(1008)

    // Two thirds vote, some of them twice and some of those for something else; the others are about to.
    const optionOf = (i: number) => i % 3
    const states = teacher.all('room').length
    const studentStates = pupils.reduce((sum, pupil) => sum + pupil.all('student').length, 0)
    const begunMs = performance.now()
    for (const [i, pupil] of pupils.entries()) {
      if (i % 3 === 2) continue
      pupil.say({ type: 'vote', ballot: '1/predict/1', option: optionOf(i) })
      if (i % 2 === 0) pupil.say({ type: 'vote', ballot: '1/predict/1', option: (optionOf(i) + i) % 3 })
    }
    await Promise.all(pupils.map((pupil, i) => i % 3 === 2 || pupil.heard('voted', i % 2 === 0 ? 2 : 1)))
    await until('the teacher sees 200', () => teacher.latest('room')?.state.tallies[0]?.votes === 200)
    const passedMs = performance.now() - begunMs
    // Four a second and one for the edge, however many vote; and a student is told again only what has changed for it.
    expect(teacher.all('room').length - states).toBeLessThanOrEqual(passedMs / 250 + 2)
    expect(
      pupils.reduce((sum, pupil) => sum + pupil.all('student').length, 0) - studentStates,
    ).toBeLessThanOrEqual(200)

    const snapshot = JSON.parse(JSON.stringify(app.room.snapshot()))
    await room.close()
    rooms.splice(0)
    await Promise.all(pupils.map((pupil) => pupil.closed()))

    const again = await open({ port })
    await again.app.room.restore(snapshot)
    const returned = await Promise.all(tokens.map((token) => student(again.host, token)))
    await Promise.all(
      returned.map(async (pupil, i) => {
        expect(await pupil.heard('welcome')).toMatchObject({ token: tokens[i] })
        // Everybody says the vote, those who had the answer, too.
        pupil.say({ type: 'vote', ballot: '1/predict/1', option: optionOf(i) })
        expect(await pupil.heard('voted')).toMatchObject({ option: optionOf(i) })
      }),
    )
    const counted = votes(again)
    expect(counted).toHaveLength(300)
    expect(new Set(counted.map(([token]) => token)).size).toBe(300)
    const teacherAgain = await staff(again.host)
    expect(teacherAgain.latest('room')?.state).toMatchObject({
      lesson: 1,
      phase: 'predict',
      students: { here: 300, joined: 300 },
      tallies: [{ counts: [100, 100, 100], votes: 300 }],
      advice: 're-teach',
    })
  })
})

describe('a snapshot', () => {
  test('holds no key, and a room goes on from it where it was', async () => {
    const room = await open()
    const teacher = await staff(room.host)
    await goTo(teacher, 1, 'predict')
    const pupil = await student(room.host)
    pupil.say({ type: 'vote', ballot: '1/predict/1', option: 1 })
    await pupil.heard('voted')
    await goTo(teacher, 1, 'observe')
    const text = JSON.stringify(room.app.room.snapshot())
    expect(text).not.toContain(testKey)
    const stage = new FakeStage()
    const other = await open({ stage, code: 'ZZZZZZ' })
    await other.app.room.restore(JSON.parse(text))
    expect(other.app.room.code).toBe(testCode)
    expect(stage.asked).toEqual(['begin lane-1'])
    expect(JSON.stringify(other.app.room.snapshot())).toBe(text)
  })

  test('garbage is refused with a reason, and changes nothing', async () => {
    const { app } = await open()
    const good = app.room.snapshot()
    const before = JSON.stringify(good)
    const garbage = [
      undefined,
      null,
      'x',
      [],
      {},
      { ...good, version: 2 },
      { ...good, code: '<b>' },
      { ...good, lesson: 12 },
      { ...good, phase: 'x' },
      { ...good, tokens: ['short'] },
      { ...good, ballots: [{ id: '1/predict/2', votes: [] }] },
      { ...good, extra: 1 },
    ]
    for (const snapshot of garbage) {
      await expect(app.room.restore(snapshot)).rejects.toMatchObject({
        code: 'BAD_INPUT',
        message: /cannot go on/,
      })
      expect(JSON.stringify(app.room.snapshot())).toBe(before)
    }
  })

  test('what changes it is told of', async () => {
    const { app, host } = await open()
    let changes = 0
    const stop = app.room.onChange(() => {
      changes += 1
    })
    const teacher = await staff(host)
    await goTo(teacher, 1, 'predict')
    await until('it is told', () => changes > 0)
    stop()
  })
})

test('the limits are such that a class fits', () => {
  const limits: RoomLimits = defaultRoomLimits
  expect(limits.waiting.most).toBeGreaterThanOrEqual(limits.seats.most)
  expect(limits.suspectCodes.burst).toBeGreaterThanOrEqual(limits.seats.most)
  expect(limits.seats.newcomers.burst).toBeGreaterThanOrEqual(limits.seats.most)
  expect(limits.socketsPerAddress).toBeGreaterThanOrEqual(3 * limits.seats.most)
  expect(limits.sockets).toBeGreaterThan(limits.socketsPerAddress)
  expect(limits.sockets).toBeGreaterThan(limits.seats.most + limits.waiting.most + limits.staffConnections)
})
