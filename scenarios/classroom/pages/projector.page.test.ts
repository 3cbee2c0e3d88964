import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import decodeQR from 'qr/decode.js'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startBrowser } from '../../../clients/fixture/browser.ts'
import { json } from '../../../report/html.ts'
import { until } from '../../../server/fixture/until.ts'
import { type BuiltPage, buildPage } from '../bundle.ts'
import { lessonOf } from '../lessons/index.ts'
import type { Lesson } from '../lessons/lesson.ts'
import { packLog, type Recording } from '../log/recording-format.ts'
import type { RoomState, ToRoom } from '../room/protocol.ts'
import {
  ballotFixture,
  type FakeRoom,
  logFixture,
  openPage,
  roomFixture,
  smallestText,
  startFakeRoom,
  tooWidePx,
  violations,
} from './fixture.ts'

const browser = (await startBrowser()) as Browser
const KEY = 'abcdefghijklmnopqrstuv'
const WALL = { viewport: { width: 1920, height: 1080 } }
const lesson = lessonOf(1) as Lesson
const right = lesson.predict.options.findIndex(({ isRight }) => isRight)
const recording: Recording = {
  schema: 'pushlab/recording@1',
  lesson: lesson.id,
  recordedAt: '2026-03-01T10:00:00.000Z',
  log: await packLog(logFixture(lesson.setup, 25, 7)),
}

/** The room in lesson 1, whose stage another window plays, unless told otherwise. */
function inLesson(state: Partial<RoomState> = {}, stage: Partial<RoomState['stage']> = {}): RoomState {
  const { ballot, ...rest } = roomFixture()
  const { setup } = lesson
  const counts = lesson.predict.options.map((_, i) => [6, 9, 3, 2][i] ?? 0)
  return {
    ...rest,
    ...(state.phase === undefined || state.phase === 'predict'
      ? { ballot: { ...ballotFixture, id: '1/predict/1' } }
      : {}),
    lesson: 1,
    tallies: [{ ballot: '1/predict/1', counts, votes: 20, right }],
    ...state,
    stage: { ...rest.stage, setup, settings: setup.settings, ...stage },
  }
}

describe.runIf(browser)('the wall', () => {
  let pages: { projector: BuiltPage; key: BuiltPage }
  let room: FakeRoom
  const opened: Page[] = []

  beforeAll(async () => {
    const body = `<script type="application/json" id="recording-${lesson.id}">${json(recording).markup}</script>`
    const csp = ["connect-src 'self'", 'frame-src http://127.0.0.1:* http://localhost:*']
    const [projector, key] = await Promise.all([
      buildPage({ entry: 'projector.tsx', title: 'pushlab', csp, body }),
      buildPage({ entry: 'key.tsx', title: 'pushlab', csp: [] }),
    ])
    pages = { projector, key }
  })
  beforeEach(async () => {
    room = await startFakeRoom(pageAt)
    room.tell(inLesson())
  })
  afterEach(async () => {
    for (const page of opened.splice(0)) await page.context().close()
    await room.close()
  })
  afterAll(() => browser.close())

  const pageAt = (path: string) => (path.startsWith(`/k/${KEY}/`) ? pages.projector : pages.key)

  async function open(options: BrowserContextOptions = {}, url = room.url) {
    const { page, complaints } = await openPage(browser, `${url}/k/${KEY}/projector`, { ...WALL, ...options })
    opened.push(page)
    await page.locator('h1').waitFor()
    return { page, complaints }
  }
  const said = (type: ToRoom['type']) => room.messages.filter((message) => message.type === type)
  const press = async (page: Page, ...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }

  test('takes the key out of the address, and a reload comes back by itself', async () => {
    const { page, complaints } = await open()
    expect(page.url()).toBe(`${room.url}/projector`)
    expect(room.messages[0]).toEqual({ type: 'hello', role: 'staff', isWall: true, key: KEY })
    await page.reload()
    await page.locator('h1', { hasText: '1. ' }).waitFor()
    expect(page.url()).toBe(`${room.url}/projector`)
    expect(complaints).toEqual([])
  })

  test('shows the question, how many have voted, and a QR code that leads to the join address', async () => {
    const { page } = await open()
    expect(await page.locator('.question').textContent()).toBe(String(lesson.predict.text))
    expect(await page.locator('.count').textContent()).toBe('20 of 25 have voted')
    const { side, text } = await page.evaluate(async () => {
      const svg = document.querySelector('svg.qr') as SVGSVGElement
      const side = svg.viewBox.baseVal.width * 4
      const picture = new Image(side, side)
      const size = `<svg width="${side}" height="${side}"`
      const source = new XMLSerializer().serializeToString(svg).replace('<svg', size)
      picture.src = `data:image/svg+xml,${encodeURIComponent(source)}`
      await picture.decode()
      const canvas = document.createElement('canvas')
      canvas.width = canvas.height = side
      const context = canvas.getContext('2d') as CanvasRenderingContext2D
      context.drawImage(picture, 0, 0, side, side)
      return { side, text: String.fromCharCode(...context.getImageData(0, 0, side, side).data) }
    })
    const data = Uint8Array.from(text, (letter) => letter.charCodeAt(0))
    expect(decodeQR({ width: side, height: side, data })).toBe('http://192.168.1.5:8080/#K7MQ3X')
    const box = await page.locator('svg.qr').boundingBox()
    expect(box?.width).toBeGreaterThan(500)
  })

  test('does not tell what is right before it is explained', async () => {
    const { page } = await open()
    for (const phase of ['predict', 'discuss', 'observe'] as const) {
      room.tell(inLesson({ phase }))
      await page.locator(`main.${phase}`).waitFor()
      expect(await page.locator('main .right, main .mark-right').count()).toBe(0)
    }
    room.tell(inLesson({ phase: 'explain' }))
    await page.locator('.votes .right').waitFor()
    expect(await page.locator('.votes .right').textContent()).toContain(
      String(lesson.predict.options[right]?.text),
    )
  })

  test('hides how the class has voted until the second vote, or until somebody wants to show it', async () => {
    room.tell(inLesson({ phase: 'discuss', bars: false }))
    const { page } = await open()
    await page.getByText('20 have voted. The bars come after the second vote.').waitFor()
    expect(await page.locator('main .votes, main .bar').count()).toBe(0)
    await page.getByRole('button', { name: 'Show the bars' }).click()
    await expect.poll(() => said('bars')).toEqual([{ type: 'bars', on: true }])
    room.tell(inLesson({ phase: 'discuss', bars: true }))
    await page.locator('main .votes').waitFor()
    await press(page, 's')
    await expect.poll(() => said('bars').at(-1)).toEqual({ type: 'bars', on: false })
  })

  test('says of each answer why it is wrong once it is explained, and unfolds the one that most chose', async () => {
    room.tell(inLesson({ phase: 'explain', bars: true }))
    const { page } = await open()
    await page.locator('.votes .right').waitFor()
    const whys = await page
      .locator('.votes .why')
      .evaluateAll((folds) =>
        folds.map((fold) => [(fold as HTMLDetailsElement).open, fold.lastChild?.textContent]),
      )
    // The counts are 6, 9, 3 and 2, and the second is right.
    expect(whys).toEqual(lesson.predict.options.map(({ why }, i) => [i === 0, String(why)]))
  })

  test('offers what is advised as its one main button, and the rest beside it', async () => {
    room.tell(inLesson({ phase: 'discuss' }))
    const { page } = await open()
    const main = page.locator('.tools .main')
    await main.getByText('Vote again').waitFor()
    await page.getByRole('button', { name: 'Observe' }).click()
    room.tell(inLesson({ phase: 'discuss', advice: 'move-on' }))
    await main.getByText('Observe').waitFor()
    await press(page, 'a')
    await until('it asks for a vote', () => said('revote').length > 0)
    expect(said('go')).toEqual([{ type: 'go', lesson: 1, phase: 'observe' }])
    expect(await page.locator('.tools .main').count()).toBe(1)
  })

  test('a clock runs down for everybody to see, and is started, prolonged and stopped', async () => {
    const { page } = await open()
    await page.getByRole('button', { name: 'Clock 1:00' }).click()
    await expect.poll(() => said('timer')).toEqual([{ type: 'timer', seconds: 60 }])
    // The room's clock of these tests is that of this process.
    const inSeconds = (seconds: number) => Math.round((performance.now() + seconds * 1_000) * 1_000)
    room.tell(inLesson({ endsAtUs: inSeconds(3_000) }))
    await page.locator('.countdown', { hasText: /^(50:00|49:5\d)$/ }).waitFor()
    await page.getByRole('button', { name: '30 s more' }).click()
    await until('it asks for more', () => said('timer').length > 1)
    expect(said('timer')[1]).toMatchObject({ seconds: expect.closeTo(3_030, -2) })
    await page.getByRole('button', { name: 'Stop the clock' }).click()
    room.tell(inLesson({ endsAtUs: inSeconds(-1) }))
    await page.locator('.countdown', { hasText: 'Time is up.' }).waitFor()
    await press(page, 't')
    await expect
      .poll(() => said('timer').slice(2))
      .toEqual([
        { type: 'timer', seconds: 0 },
        { type: 'timer', seconds: 0 },
      ])
  })

  test('without phones it asks for a show of hands, and no keystroke is lost on its way', async () => {
    const students = { here: 0, joined: 0, most: 300 }
    const tallies = [{ ballot: '1/predict/1', counts: [0, 0, 0, 0], votes: 0, right }]
    const alone = { joinUrl: 'http://127.0.0.1:8080/', students, tallies, voters: 0 }
    room.tell(inLesson(alone))
    const { page } = await open()
    const fields = page.locator('.hands input')
    await fields.first().waitFor()
    expect(await page.locator('svg.qr').isVisible()).toBe(false)
    for (const [i, count] of [4, 12, 0, 2].entries()) await fields.nth(i).fill(String(count))
    await until('it has told', () => said('hands').length >= 3)
    await expect
      .poll(() => said('hands').at(-1))
      .toEqual({ type: 'hands', ballot: '1/predict/1', counts: [4, 12, 0, 2] })
    const told = [{ ballot: '1/predict/1', counts: [4, 12, 0, 2], votes: 18, right, hands: [4, 12, 0, 2] }]
    room.tell(inLesson({ ...alone, tallies: told, voters: 18 }))
    await page.locator('.count', { hasText: '18 hands' }).waitFor()
    // A digit in a field is no key of the wall, a letter is; and what another page counts is shown.
    await fields.nth(2).press('3')
    await fields.nth(2).press('Backspace')
    expect(await page.getByRole('dialog').count()).toBe(0)
    await fields.first().press('n')
    await expect.poll(() => said('go')).toHaveLength(1)
    const other = [{ ...told[0], counts: [5, 12, 0, 2], votes: 19, hands: [5, 12, 0, 2] }] as typeof told
    room.tell(inLesson({ ...alone, tallies: other, voters: 19 }))
    await until('it is shown', async () => (await fields.first().inputValue()) === '5')
    await page.getByText('Let students in').click()
    await page.locator('svg.qr').waitFor()
  })

  test('begins with another class, and goes back to the one before', async () => {
    const { page } = await open()
    await press(page, 'l')
    await page.getByRole('button', { name: 'New class' }).click()
    await expect.poll(() => said('new-class')).toHaveLength(1)
    await page.locator('dialog').waitFor({ state: 'detached' })
    room.tell(inLesson({ canUndo: true }))
    await page.getByRole('button', { name: 'Back to the class before' }).click()
    await expect.poll(() => said('undo')).toHaveLength(1)
  })

  test('counts that stand beside each other agree', async () => {
    room.tell(inLesson({ students: { here: 0, joined: 25, most: 300 } }))
    const { page } = await open()
    await page.getByText('0 of 25 students still here').waitFor()
    expect(await page.locator('.count').textContent()).toBe('20 of 25 have voted')
  })

  test('a key that is held down is pressed once, on a button, too', async () => {
    const { page } = await open()
    for (let i = 0; i < 5; i++) await page.keyboard.down('n')
    await page.keyboard.up('n')
    await page.locator('.tools .main').focus()
    for (let i = 0; i < 5; i++) await page.keyboard.down('Enter')
    await page.keyboard.up('Enter')
    await press(page, 'p', 'n')
    await until('it has asked', () => said('go').length > 2)
    await expect.poll(() => said('go')).toHaveLength(3)
  })

  test('n and p lead through the phases, and behind transfer n ends its vote', async () => {
    const { page } = await open()
    await press(page, 'p', 'n')
    await expect.poll(() => said('go')).toEqual([{ type: 'go', lesson: 1, phase: 'discuss' }])
    room.tell(inLesson({ phase: 'transfer', ballot: { ...ballotFixture, id: '1/transfer/1' } }))
    await page.getByRole('button', { name: 'Show the answer' }).waitFor()
    await press(page, 'n', 'p')
    await expect.poll(() => said('close')).toEqual([{ type: 'close', ballot: '1/transfer/1' }])
    await expect.poll(() => said('go').slice(1)).toEqual([{ type: 'go', lesson: 1, phase: 'explain' }])
    room.tell(inLesson({ phase: 'transfer', bars: true }))
    await page.locator('.votes .right').waitFor()
    await press(page, 'n')
    await page.getByRole('dialog').waitFor()
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-lesson')))
      .toBe('2')
  })

  test('digits choose a lesson in the list, and only Enter goes there', async () => {
    const { page } = await open()
    await press(page, '1', '0')
    await until('lesson 10 has the focus', () =>
      page.evaluate(() => document.activeElement?.getAttribute('data-lesson') === '10'),
    )
    expect(said('go')).toEqual([])
    await press(page, 'Enter')
    await until('it goes there', () => said('go').length > 0)
    await expect.poll(() => said('go')).toEqual([{ type: 'go', lesson: 10, phase: 'predict' }])
    await press(page, 'l')
    await page.getByRole('dialog').waitFor()
    await press(page, 'Escape')
    await page.locator('dialog').waitFor({ state: 'detached' })
    await press(page, '0')
    await until('the sandbox has the focus', () =>
      page.evaluate(() => document.activeElement?.getAttribute('data-lesson') === '0'),
    )
  })

  test('single keys can be switched off, which is remembered, and Tab reaches everything then', async () => {
    const { page } = await open()
    const switchKeys = async (isOn: boolean) => {
      await page.getByRole('button', { name: 'Keys' }).click()
      await page.getByLabel('Single keys').setChecked(isOn)
      await page.getByRole('button', { name: 'Close' }).click()
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    await switchKeys(false)
    await press(page, 'n', 'l', '?', 'g')
    expect(await page.getByRole('dialog').count()).toBe(0)
    await page.reload()
    await page.locator('h1').waitFor()
    await press(page, 'n')
    expect(said('go')).toEqual([])
    await page.getByRole('button', { name: 'Discuss' }).focus()
    await press(page, 'Enter')
    await expect.poll(() => said('go')).toHaveLength(1)
    const names = new Set<string>()
    for (let i = 0; i < 15; i++) {
      await press(page, 'Tab')
      names.add((await page.evaluate(() => document.activeElement?.textContent)) ?? '')
    }
    for (const name of ['中文', 'Dark colours', 'Full screen', 'Keys ?', 'Lessons'])
      expect([...names]).toContain(name)
    await switchKeys(true)
    await press(page, 'n')
    await until('it leads on', () => said('go').length === 2)
  })

  test('a key changes the language, and keeps what is open', async () => {
    room.tell(inLesson({ phase: 'observe' }))
    const { page } = await open()
    const why = page.getByRole('button', { name: 'Why?' }).first()
    await why.click()
    expect(await page.locator('.more').textContent()).toBe(String(lesson.steps[0]?.why))
    await press(page, 'g')
    await page.getByRole('button', { name: '为什么？' }).first().waitFor()
    expect(await page.locator('.more').textContent()).toMatch(/\p{Script=Han}/u)
    expect(await page.locator('[aria-expanded=true]').textContent()).toBe('为什么？')
    await press(page, 'd')
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
  })

  test('keys of the stage act on it, while it is shown', async () => {
    const { page } = await open()
    await press(page, 'e', 'c')
    expect(said('act')).toEqual([])
    room.tell(inLesson({ phase: 'observe' }))
    await page.locator('.stage').waitFor()
    room.log(1, logFixture(lesson.setup, 3))
    await page.locator('.lane').first().waitFor()
    await press(page, 'e', 'c', 'b', 'r', 'x')
    await expect
      .poll(() => said('act').map((message) => 'act' in message && message.act))
      .toEqual(['send', 'cut', 'restart'])
    await expect.poll(() => said('begin')).toEqual([{ type: 'begin', setup: lesson.setup }])
    await page.locator('.xr-panel').waitFor()
  })

  test('says when another window plays the lanes, and takes over', async () => {
    room.tell(inLesson({ phase: 'observe' }))
    const { page } = await open()
    await page.getByText('Another window plays the lanes.').waitFor()
    expect(said('play')).toEqual([])
    await page.getByRole('button', { name: 'Play here' }).click()
    await until('it asks to play', () => said('play').length > 0)
    await expect.poll(() => said('play')).toEqual([{ type: 'play', takeOver: true }])
  })

  test('plays where nobody does; steps tick from the log, and the room is told', async () => {
    room.tell(inLesson({ phase: 'observe' }, { player: 'none' }))
    const { page } = await open()
    await until('it offers to play', () => said('play').length > 0)
    await expect.poll(() => said('play')[0]).toEqual({ type: 'play', takeOver: false })
    room.tell(inLesson({ phase: 'observe' }, { player: 'you' }))
    room.log(1, logFixture(lesson.setup, 25))
    await page.locator('.steps .done').first().waitFor()
    await until('it has told', () => said('ticked').length > 0)
    await expect
      .poll(() => said('ticked').at(-1))
      .toEqual({
        type: 'ticked',
        lesson: 1,
        run: 1,
        steps: expect.arrayContaining([lesson.steps[0]?.id]),
      })
  })

  test('a stage of another lesson ticks nothing', async () => {
    const other = (lessonOf(2) as Lesson).setup
    room.tell(inLesson({ phase: 'observe' }, { setup: other }))
    const { page } = await open()
    room.log(1, logFixture(lesson.setup, 25))
    await page.locator('.lane').first().waitFor()
    await page.waitForTimeout(400)
    expect(await page.locator('.steps .done').count()).toBe(0)
  })

  test('says so where it was opened on another machine', async () => {
    const elsewhere = await startFakeRoom(pageAt, '127.0.0.2')
    elsewhere.tell(inLesson({ phase: 'observe' }, { player: 'none' }))
    try {
      const { page } = await open({}, elsewhere.url)
      await page.getByText('Lanes play only on the machine that runs the demo.').waitFor()
      expect(elsewhere.messages.filter(({ type }) => type === 'play')).toEqual([])
    } finally {
      await opened.pop()?.context().close()
      await elsewhere.close()
    }
  })

  const phases = ['predict', 'discuss', 'observe', 'explain', 'transfer', 'sandbox'] as const
  test.each(phases)(
    '%s: axe finds nothing in both languages and themes, nothing is too wide, letters have 28 px',
    async (phase) => {
      const state =
        phase === 'sandbox' ? inLesson({ lesson: 0, phase: 'predict', tallies: [] }) : inLesson({ phase })
      room.tell(state)
      const { page, complaints } = await open()
      room.log(1, logFixture(lesson.setup, 5))
      if (phase === 'observe' || phase === 'sandbox') await page.locator('.lane').first().waitFor()
      for (const key of ['d', 'g', 'd', 'g']) {
        await press(page, key)
        expect(await violations(page)).toEqual([])
        expect(await tooWidePx(page)).toBe(0)
        expect(await smallestText(page)).toMatchObject({ px: expect.closeTo(28.08, 1) })
      }
      expect(complaints).toEqual([])
    },
  )
})
