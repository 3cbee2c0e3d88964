import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startBrowser } from '../../../clients/fixture/browser.ts'
import { english, inWords, type Said } from '../../../report/words/say.ts'
import { until } from '../../../server/fixture/until.ts'
import { type BuiltPage, buildPage } from '../bundle.ts'
import { lessons } from '../lessons/index.ts'
import type { Lesson } from '../lessons/lesson.ts'
import type { RefusalCode } from '../room/protocol.ts'
import { chinese } from '../words/catalogue.ts'
import {
  ballotFixture,
  type FakeRoom,
  openPage,
  startFakeRoom,
  studentFixture,
  tooWidePx,
  violations,
} from './fixture.ts'

const browser = (await startBrowser()) as Browser
const PHONE = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true }
let built: BuiltPage

beforeAll(async () => {
  built = await buildPage({ entry: 'student.tsx', title: 'pushlab', csp: ["connect-src 'self'"] })
})

test('the page of a student holds nothing that a lesson says, in either language', async () => {
  const texts = lessons.flatMap(textsOf).flatMap((text) => [inWords(text, english), inWords(text, chinese)])
  const inPage = ({ html }: BuiltPage) => texts.filter((text) => text.length > 12 && html.includes(text))
  expect(inPage(built)).toEqual([])
  // The same search finds them where they are.
  const wall = await buildPage({ entry: 'projector.tsx', title: 'pushlab', csp: [] })
  expect(inPage(wall).length).toBeGreaterThan(300)
})

function textsOf({ title, goal, discuss, steps, predict, transfer }: Lesson): Said[] {
  const questions = [predict, transfer].flatMap(({ text, options }) => [
    text,
    ...options.flatMap(({ text, why }) => [text, why]),
  ])
  return [
    title,
    goal,
    discuss,
    ...questions,
    ...steps.flatMap(({ text, why, notSeen }) => [text, why, notSeen]),
  ]
}

describe.runIf(browser)('the page of a student', () => {
  let room: FakeRoom
  const opened: Page[] = []

  beforeEach(async () => {
    room = await startFakeRoom(() => built)
    room.tell(studentFixture)
  })
  afterEach(async () => {
    for (const page of opened.splice(0)) await page.context().close()
    await room.close()
  })
  afterAll(() => browser.close())

  async function open(path = '/#K7MQ3X', options: BrowserContextOptions = {}) {
    const { page, complaints } = await openPage(browser, room.url + path, { ...PHONE, ...options })
    opened.push(page)
    return { page, complaints }
  }
  const votes = () => room.messages.filter(({ type }) => type === 'vote')
  const option = (page: Page, index: number) => page.locator('label.option').nth(index)

  test('joins by the code behind #, which does not stay in the address, and again after a reload', async () => {
    const { page, complaints } = await open()
    await option(page, 0).waitFor()
    expect(page.url()).toBe(`${room.url}/`)
    expect(room.messages[0]).toEqual({ type: 'hello', role: 'student', code: 'K7MQ3X' })
    await page.reload()
    await option(page, 0).waitFor()
    expect(room.messages[1]).toMatchObject({ code: 'K7MQ3X', token: 'token-0123456789' })
    expect(complaints).toEqual([])
    expect(await page.context().cookies()).toEqual([])
  })

  test('is the same student in another tab, which has to be given the code, too', async () => {
    const { page } = await open()
    await option(page, 0).waitFor()
    const second = await page.context().newPage()
    await second.goto(room.url)
    await second.locator('input').waitFor()
    expect(await second.locator('input').inputValue()).toBe('')
    await second.goto(`${room.url}/#K7MQ3X`)
    await second.reload()
    await option(second, 0).waitFor()
    expect(room.messages.at(-1)).toEqual({
      type: 'hello',
      role: 'student',
      code: 'K7MQ3X',
      token: 'token-0123456789',
    })
    // The room of another code gave no token yet.
    await second.goto(`${room.url}/#ZZZ222`)
    await second.reload()
    await option(second, 0).waitFor()
    expect(room.messages.at(-1)).toEqual({ type: 'hello', role: 'student', code: 'ZZZ222' })
  })

  test('an address whose code cannot be decoded shows the door', async () => {
    const { page, complaints } = await open('/#%')
    await page.locator('input').waitFor()
    expect(complaints).toEqual([])
  })

  test('joins by a code that is typed, which outlives a change of the language', async () => {
    const { page } = await open('/')
    await page.locator('input').fill('k7mq3x')
    await page.getByRole('button', { name: '中文' }).click()
    expect(await page.locator('input').inputValue()).toBe('k7mq3x')
    await page.locator('input').press('Enter')
    await option(page, 0).waitFor()
    expect(await page.locator('h1').textContent()).toContain('安静的代价')
    expect(room.messages[0]).toMatchObject({ code: expect.stringMatching(/^k7mq3x$/i) })
  })

  test.each<[RefusalCode, string]>([
    ['WRONG_CODE', 'Not the code.'],
    ['ROOM_FULL', 'The room is full.'],
    ['TOO_MANY_TRIES', 'Wait a while.'],
  ])('shows why it was not let in: %s, and keeps the field', async (code, en) => {
    room.refuseWith = { type: 'refused', code, message: { en, zh: '不行。' } }
    const { page } = await open('/#WRONG1')
    await page.getByText(en).first().waitFor()
    expect(await page.locator('input').inputValue()).toBe('WRONG1')
    room.refuseWith = undefined
    await page.locator('input').fill('K7MQ3X')
    await page.getByRole('button', { name: 'Join' }).click()
    await option(page, 0).waitFor()
  })

  test('one tap chooses, another one votes, and then it is locked', async () => {
    const { page, complaints } = await open()
    await option(page, 1).tap()
    expect(votes()).toEqual([])
    await option(page, 2).tap()
    await page.getByRole('button', { name: 'Vote for C' }).tap()
    await page.getByText('Your vote is C, and locked.').waitFor()
    await page.getByText('It is counted.').waitFor()
    expect(votes()).toEqual([{ type: 'vote', ballot: ballotFixture.id, option: 2 }])
    expect(await page.getByRole('radio').count()).toBe(0)
    expect(complaints).toEqual([])
  })

  test('can be voted on by keys alone, and the focus goes to what became of it', async () => {
    const { page } = await open('/#K7MQ3X', { hasTouch: false, isMobile: false })
    await page.getByRole('radio').first().waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowDown')
    expect(await page.getByRole('radio').nth(1).isChecked()).toBe(true)
    await page.keyboard.press('Enter')
    await page.getByText('Your vote is B, and locked.').waitFor()
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Your vote is B')
  })

  test('keeps what is chosen when the language changes', async () => {
    const { page } = await open()
    await option(page, 3).tap()
    await page.getByRole('button', { name: '中文' }).tap()
    await page.getByText('安静要付出什么代价？').waitFor()
    expect(await page.getByRole('radio').nth(3).isChecked()).toBe(true)
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-Hans')
    await page.getByRole('button', { name: '投 D' }).waitFor()
  })

  test('a vote that is given while the room is away is kept, and sent once it is back', async () => {
    const { page } = await open()
    await option(page, 0).waitFor()
    room.shut()
    await page.getByText('No connection.').first().waitFor()
    await option(page, 0).tap()
    await page.getByRole('button', { name: 'Vote for A' }).tap()
    await page.getByText('Your vote is kept, and will be sent').waitFor()
    expect(votes()).toEqual([])
    room.open()
    await page.getByText('It is counted.').waitFor({ timeout: 15_000 })
    expect(votes()).toEqual([{ type: 'vote', ballot: ballotFixture.id, option: 0 }])
  })

  test('shows the votes once they are in, the own one marked, and what is right only from explain on', async () => {
    const { page } = await open()
    await option(page, 0).tap()
    await page.getByRole('button', { name: 'Vote for A' }).tap()
    await page.getByText('It is counted.').waitFor()
    const { ballot: _, ...state } = studentFixture
    const result = { ballot: ballotFixture, counts: [3, 6, 0, 1], votes: 10 }
    room.tell({ ...state, phase: 'discuss', result })
    await page.getByText('60 %').waitFor()
    expect(await page.locator('.own').textContent()).toContain('You chose this.')
    expect(await page.getByText('This is right.').count()).toBe(0)
    room.tell({ ...state, phase: 'explain', result: { ...result, right: 1 } })
    await page.getByText('This is right.').waitFor()
    expect(await page.locator('.right').textContent()).toContain('empty answer')
    await page.getByText('B is right; you voted for A.').waitFor()
  })

  test('hides how all have voted until it is told, and says why each answer is wrong once that may be known', async () => {
    const { page } = await open()
    await option(page, 0).tap()
    await page.getByRole('button', { name: 'Vote for A' }).tap()
    await page.getByText('It is counted.').waitFor()
    const { ballot: _, ...state } = studentFixture
    room.tell({ ...state, phase: 'discuss', result: { ballot: ballotFixture, votes: 10 } })
    await page.getByText('What all have voted comes later').waitFor()
    expect(await page.locator('.votes, .bar').count()).toBe(0)
    expect(await page.locator('.option.own').textContent()).toContain('Nothing')
    const whys = ['a', 'b', 'c', 'd'].map((letter) => ({ en: `why ${letter}`, zh: `为什么 ${letter}` }))
    const result = { ballot: ballotFixture, counts: [3, 6, 0, 1], votes: 10, right: 1, whys }
    room.tell({ ...state, phase: 'explain', result })
    await page.getByText('why a').waitFor()
    expect(await page.locator('.why[open]').count()).toBe(1)
    await page.locator('.right .why summary').tap()
    await page.getByText('why b').waitFor()
  })

  test('shows the clock that runs down', async () => {
    const { page } = await open()
    await option(page, 0).waitFor()
    room.tell({ ...studentFixture, endsAtUs: Math.round((performance.now() + 3_000_000) * 1_000) })
    await page.locator('.countdown', { hasText: /^(50:00|49:5\d)$/ }).waitFor()
  })

  test('says goodbye when the class is over, and tries no more', async () => {
    const { page } = await open()
    await option(page, 0).waitFor()
    room.goodbye()
    await page.getByText('The class is over. Goodbye!').waitFor()
    expect(await page.locator('label.option, input').count()).toBe(0)
    await page.waitForTimeout(800)
    expect(room.messages.filter(({ type }) => type === 'hello')).toHaveLength(1)
    await page.getByRole('button', { name: 'Join again' }).tap()
    await option(page, 0).waitFor()
  })

  test('says what changed to who cannot see it, every 2 s at most', async () => {
    const { page } = await open()
    await option(page, 0).waitFor()
    const status = page.locator('[aria-live="polite"]')
    await page.evaluate(() => {
      const said: { atMs: number; text: string }[] = []
      Object.assign(window, { said })
      const element = document.querySelector('[aria-live]') as Element
      new MutationObserver(() =>
        said.push({ atMs: performance.now(), text: element.textContent ?? '' }),
      ).observe(element, {
        childList: true,
        characterData: true,
        subtree: true,
      })
    })
    const { ballot: _, ...state } = studentFixture
    for (const phase of ['discuss', 'observe', 'explain'] as const) room.tell({ ...state, phase })
    await until('it has said where the class is', async () => (await status.textContent()) === 'Now: Explain')
    room.tell({ ...state, phase: 'discuss' })
    await until('it has said so again', async () => (await status.textContent()) === 'Now: Discuss')
    const said = await page.evaluate(
      () => (window as unknown as { said: { atMs: number; text: string }[] }).said,
    )
    const pauses = said.slice(1).map(({ atMs }, i) => atMs - (said[i]?.atMs ?? 0))
    expect(Math.min(...pauses)).toBeGreaterThan(1_900)
  })

  test('axe finds nothing in any of its states, in both languages and themes, and nothing is wider than 320 px', async () => {
    const { ballot: _, ...state } = studentFixture
    const result = { ballot: ballotFixture, counts: [3, 6, 0, 1], votes: 10, right: 1 }
    for (const colorScheme of ['light', 'dark'] as const) {
      room.tell(studentFixture)
      const { page, complaints } = await open('/', { colorScheme })
      const look = async () => {
        for (const language of ['中文', 'English']) {
          expect(await violations(page)).toEqual([])
          expect(await tooWidePx(page)).toBe(0)
          await page.getByRole('button', { name: language, exact: true }).tap()
        }
      }
      await page.locator('input').waitFor()
      await look()
      await page.locator('input').fill('K7MQ3X')
      await page.locator('input').press('Enter')
      await option(page, 0).tap()
      await look()
      room.tell({ ...state, phase: 'explain', result })
      await page.getByText('This is right.').waitFor()
      await look()
      expect(complaints).toEqual([])
    }
  })
})
