import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import decodeQR from 'qr/decode.js'
import { afterAll, beforeAll, describe, test } from 'vitest'
import WebSocket from 'ws'
import { startBrowser } from '../../../clients/fixture/browser.ts'
import { until } from '../../../server/fixture/until.ts'
import { lessons } from '../lessons/index.ts'
import type { Lesson } from '../lessons/lesson.ts'
import { lessonFrom } from '../lessons/own-lesson.ts'
import { readOwnLesson } from '../lessons/own-lesson-schema.ts'
import { gradeWorksheet } from '../lessons/worksheet-file.ts'
import { freePort } from '../listen.ts'
import type { FromRoom, RoomState } from '../room/protocol.ts'
import { Classroom, stepsTick } from './classroom.ts'

const LONG = { timeout: 60_000 }
const STUDENTS = 30

let browser: Browser | undefined
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
})

/** The command itself, in a process that can be killed as a crash would. */
class Command implements AsyncDisposable {
  #process: ChildProcess | undefined
  text = ''

  async start(port: number): Promise<void> {
    const child = fork(new URL('../../pushlab.js', import.meta.url), ['demo', '--port', String(port)], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    this.#process = child
    this.text = ''
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.text += text
    })
    await until('it invites', () => this.text.includes('Ctrl-C ends the class.'), LONG.timeout)
  }

  get url(): string {
    return /http:\S+(?=\/k\/)/.exec(this.text)?.[0] ?? ''
  }

  get key(): string {
    return /\/k\/([\w-]+)\//.exec(this.text)?.[1] ?? ''
  }

  get code(): string {
    return /code ([A-Z2-9]{6})/.exec(this.text)?.[1] ?? ''
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    const exited = once(this.#process as ChildProcess, 'exit')
    this.#process?.kill(signal)
    const [code] = await exited
    this.#process = undefined
    return code
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process) await this.end('SIGTERM')
  }
}

/** What the room tells staff, and a way to tell it something. */
async function staffOf(
  command: Command,
): Promise<{ state(): RoomState | undefined; say(message: object): void; close(): void }> {
  const socket = new WebSocket(`${command.url.replace('http', 'ws')}/room`, { origin: command.url })
  let state: RoomState | undefined
  socket.on('message', (data) => {
    const message: FromRoom = JSON.parse(String(data))
    if (message.type === 'room') state = message.state
  })
  await once(socket, 'open')
  const say = (message: object) => socket.send(JSON.stringify(message))
  say({ type: 'hello', role: 'staff', key: command.key })
  return { state: () => state, say, close: () => socket.terminate() }
}

async function vote(student: Page, option: number): Promise<void> {
  await student.locator('label.option').nth(option).click()
  await student.locator('form button[type=submit]').click()
}

describe.concurrent('a class', () => {
  test('thirty phones join, vote, lose the server, return, and each vote is counted once', async ({
    expect,
    skip,
  }) => {
    if (!browser) return skip('There is no browser.')
    await using command = new Command()
    // A class goes on at its own port; with any free one there is nothing to go on with.
    const port = await freePort(0, ['127.0.0.1'])
    await command.start(port)
    const contexts = await Promise.all(
      Array.from({ length: STUDENTS }, () =>
        (browser as Browser).newContext({ viewport: { width: 320, height: 640 }, locale: 'en-GB' }),
      ),
    )
    const students = await Promise.all(contexts.map((context) => context.newPage()))
    await Promise.all(students.map((student) => student.goto(`${command.url}/#${command.code}`)))
    const staff = await staffOf(command)
    staff.say({ type: 'go', lesson: 1, phase: 'predict' })
    await Promise.all(students.map((student) => student.locator('label.option').first().waitFor(LONG)))
    expect(staff.state()?.students.here).toBe(STUDENTS)

    const half = students.slice(0, STUDENTS / 2)
    await Promise.all(half.map((student, i) => vote(student, i % 3)))
    await expect.poll(() => staff.state()?.tallies[0]?.votes, LONG).toBe(half.length)

    staff.close()
    await command.end('SIGKILL')
    await Promise.all(students.map((student) => student.locator('text=connection').first().waitFor(LONG)))
    // The others vote into the void.
    await Promise.all(students.slice(STUDENTS / 2).map((student, i) => vote(student, i % 3)))
    await command.start(port)
    expect(command.text).toContain('goes on')

    const again = await staffOf(command)
    await expect.poll(() => again.state()?.tallies[0]?.votes, LONG).toBe(STUDENTS)
    expect(again.state()?.tallies[0]?.counts.slice(0, 3)).toEqual([10, 10, 10])
    await expect.poll(() => again.state()?.students, LONG).toMatchObject({ here: STUDENTS, joined: STUDENTS })
    // A reload is another way to lose the server.
    await students[0]?.reload()
    await students[0]?.locator('text=locked').first().waitFor(LONG)
    expect(again.state()?.tallies[0]?.votes).toBe(STUDENTS)
    again.close()
    await Promise.all(contexts.map((context) => context.close()))
    expect(await command.end('SIGTERM')).toBe(0)
  }, 240_000)

  test('a screenshot of the wall holds a QR code that leads to the page that students join by', async ({
    expect,
    skip,
  }) => {
    if (!browser) return skip('There is no browser.')
    await using classroom = await Classroom.open(browser)
    const wall = await classroom.staff('projector')
    await wall.getByRole('button', { name: 'Lessons' }).click()
    await wall.locator('[data-lesson="1"]').click()
    await wall.getByText('Let students in').click()
    await wall.locator('svg.qr').waitFor()
    const shot = (await wall.screenshot()).toString('base64')
    // A browser reads a picture as a phone would.
    const blank = await (await browser.newContext()).newPage()
    const { width, height, text } = await blank.evaluate(async (source) => {
      const picture = new Image()
      picture.src = `data:image/png;base64,${source}`
      await picture.decode()
      const canvas = new OffscreenCanvas(picture.width, picture.height)
      const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D
      context.drawImage(picture, 0, 0)
      const { data } = context.getImageData(0, 0, picture.width, picture.height)
      let text = ''
      for (let i = 0; i < data.length; i += 8_192) text += String.fromCharCode(...data.subarray(i, i + 8_192))
      return { width: picture.width, height: picture.height, text }
    }, shot)
    await blank.context().close()
    const data = Uint8Array.from(text, (letter) => letter.charCodeAt(0))
    const address = decodeQR({ width, height, data })
    expect(address).toBe(`${classroom.demo.joinUrl}#${classroom.demo.code}`)

    const student = await classroom.window(address, {
      viewport: { width: 320, height: 640 },
      locale: 'en-GB',
    })
    await student.locator('label.option').first().waitFor()
    expect(classroom.demo.room.snapshot().tokens).toHaveLength(1)
    expect(classroom.complaints).toEqual([])
  }, 120_000)

  test('a lesson of one’s own, in a file that the product does not know, is led on the wall, and its steps tick', async ({
    expect,
    skip,
  }) => {
    if (!browser) return skip('There is no browser.')
    const file = fileURLToPath(new URL('../../examples/lesson.json', import.meta.url))
    const own = readOwnLesson(file)
    await using classroom = await Classroom.open(browser, own)
    const [wall, student] = [await classroom.staff('projector'), await classroom.student()]
    const lesson = lessonFrom(own, lessons.length + 1)
    // The class begins with it.
    await wall.locator('h1', { hasText: `11. ${lesson.title}` }).waitFor()
    await student.locator('label.option').nth(1).click()
    await student.locator('form button[type=submit]').click()
    await student.waitForSelector('text=locked')
    const next = wall.locator('.tools .main')
    await next.click()
    await wall.getByText(String(lesson.discuss)).waitFor()
    await next.click()
    await stepsTick(wall, lesson, (button) => wall.locator(button).first().click())
    await next.click()
    await wall.locator('.explanation', { hasText: /events by long polling took [\d,.]+\sk?B/ }).waitFor()
    await student.getByText('B is right, and you voted for it.').waitFor()
    await next.click()
    await student.getByText(String(lesson.transfer.text)).waitFor()
    await wall.getByRole('button', { name: '中文' }).click()
    // English alone stands in for Chinese, too.
    await wall.locator('.question', { hasText: String(lesson.transfer.text) }).waitFor()
    expect(classroom.complaints).toEqual([])
  }, 180_000)

  test('what needs the key is not to be had without it', async ({ expect, skip }) => {
    if (!browser) return skip('There is no browser.')
    await using classroom = await Classroom.open(browser)
    const { url, key } = classroom.demo
    const withKey = await fetch(`${url}/k/${key}/answers`)
    expect(withKey.status).toBe(200)
    const secret = /[A-Z][^<>"\\]{60,}/.exec(await withKey.text())?.[0] ?? 'nothing'
    for (const path of [
      'answers',
      'teacher',
      'projector',
      'learn',
      ...['answers', 'teacher', 'projector', 'learn'].map((page) => `k/AAAAAAAAAAAAAAAAAAAAAA/${page}`),
    ]) {
      const answer = await fetch(`${url}/${path}`)
      expect.soft(answer.status, path).toBeGreaterThanOrEqual(400)
      expect.soft(await answer.text(), path).not.toContain(secret)
    }
    for (const hello of [
      { type: 'hello', role: 'staff', key: 'AAAAAAAAAAAAAAAAAAAAAA' },
      { type: 'hello', role: 'student', code: 'AAAAAA' },
      { type: 'go', lesson: 2, phase: 'explain' },
    ]) {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/room`, { origin: url })
      await once(socket, 'open')
      socket.send(JSON.stringify(hello))
      socket.send(JSON.stringify({ type: 'go', lesson: 2, phase: 'explain' }))
      await once(socket, 'close')
    }
    expect(classroom.demo.room.snapshot()).not.toMatchObject({ phase: 'explain' })
  }, 60_000)

  test('a worksheet that was filled in from the own run is graded by pushlab check', async ({
    expect,
    skip,
  }) => {
    if (!browser) return skip('There is no browser.')
    await using classroom = await Classroom.open(browser)
    const page = await classroom.staff('learn')
    const lesson = lessons[5] as Lesson
    await page.locator('[data-lesson="6"]').click()
    await page.locator('label.option').first().click()
    await page.locator('form button[type=submit]').click()
    const next = page.locator('.lead button.main')
    await next.click()
    await next.click()
    await stepsTick(page, lesson, (button) => page.locator(button).first().click())
    await next.click()
    await next.click()
    // Nothing filled in is nothing graded as right; the form itself tells what the run says.
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as a file' }).click(),
    ])
    const folder = mkdtempSync(join(tmpdir(), 'pushlab-worksheet-'))
    try {
      const empty = join(folder, 'empty.json')
      await download.saveAs(empty)
      const told = await check(empty)
      expect(told.code).toBe(3)
      expect(told.text).toContain('0 of 5 are right')
      const sheet = JSON.parse(readFileSync(empty, 'utf8'))
      for (const { question, own } of gradeWorksheet(lesson, sheet)) sheet.answers[question.id] = own
      const full = join(folder, 'full.json')
      writeFileSync(full, JSON.stringify(sheet))
      expect(await check(full)).toMatchObject({ code: 0 })
    } finally {
      rmSync(folder, { recursive: true })
    }
    expect(classroom.complaints).toEqual([])
  }, 180_000)
})

async function check(file: string): Promise<{ code: number | null; text: string }> {
  const child = fork(new URL('../../pushlab.js', import.meta.url), ['check', '6', file], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (more: string) => {
      text += more
    })
  }
  const [code] = await once(child, 'close')
  return { code, text }
}
