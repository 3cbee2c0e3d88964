import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startBrowser } from '../../../clients/fixture/browser.ts'
import { until } from '../../../server/fixture/until.ts'
import { type BuiltPage, buildPage } from '../bundle.ts'
import { lessonOf } from '../lessons/index.ts'
import type { Lesson } from '../lessons/lesson.ts'
import type { RoomState } from '../room/protocol.ts'
import { type FakeRoom, logFixture, openPage, roomFixture, startFakeRoom } from './fixture.ts'

const browser = (await startBrowser()) as Browser
const lesson = lessonOf(1) as Lesson

function observing(stage: Partial<RoomState['stage']>): RoomState {
  const { ballot: _, ...rest } = roomFixture()
  const { setup } = lesson
  const lanes = { ...rest.stage, setup, settings: setup.settings, lanes: [], ...stage }
  return { ...rest, lesson: 1, phase: 'observe', tallies: [], stage: lanes }
}

describe.runIf(browser)('a page that plays the lanes, or may', () => {
  let wall: BuiltPage
  let room: FakeRoom
  let page: Page

  beforeAll(async () => {
    const csp = ["connect-src 'self'", 'frame-src http://127.0.0.1:*']
    wall = await buildPage({ entry: 'projector.tsx', title: 'pushlab', csp })
  })
  beforeEach(async () => {
    room = await startFakeRoom(() => wall)
  })
  afterEach(async () => {
    await page.context().close()
    await room.close()
  })
  afterAll(() => browser.close())

  async function open(state: RoomState, visibility: 'visible' | 'hidden' = 'visible') {
    room.tell(state)
    const viewport = { width: 1920, height: 1080 }
    ;({ page } = await openPage(browser, 'about:blank', { viewport }))
    // No browser without a screen hides a page: it is told so.
    await page.addInitScript((now) => {
      Object.defineProperty(document, 'visibilityState', { get: () => now, configurable: true })
    }, visibility)
    await page.goto(`${room.url}/k/abcdefghijklmnopqrstuv/projector?lang=en`)
    await page.locator('main.observe').waitFor()
  }
  const turn = (visibility: 'visible' | 'hidden') =>
    page.evaluate((now) => {
      Object.defineProperty(document, 'visibilityState', { get: () => now, configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
    }, visibility)
  const offers = () => room.messages.filter(({ type }) => type === 'play').length
  const focused = () => page.evaluate(() => document.activeElement?.textContent)

  test('offers to play while somebody can see it, and not before', async () => {
    await open(observing({ player: 'none' }), 'hidden')
    await until('it is there', () => room.messages.some(({ type }) => type === 'hello'))
    await page.getByText('No page plays the lanes.').waitFor()
    expect(offers()).toBe(0)
    await turn('visible')
    await until('it offers', () => offers() === 1)
  })

  test('says in its title that it is in the background, and behind it from when to when', async () => {
    await open(observing({ player: 'you' }))
    const title = await page.title()
    await turn('hidden')
    expect(await page.title()).toBe('Lanes are slowed: bring this page to the front')
    await page.waitForTimeout(600)
    await turn('visible')
    expect(await page.title()).toBe(title)
    const notice = page.getByText(/^This page was in the background from [\d:]+ to [\d:]+: browsers slow/)
    await notice.waitFor()
    await page.getByRole('button', { name: 'Understood' }).press('Enter')
    await notice.waitFor({ state: 'detached' })
    expect(await focused()).toBe('The stage')
  })

  test('gives the focus to the stage where the pressed button vanishes', async () => {
    await open(observing({ player: 'another' }))
    await page.getByRole('button', { name: 'Play here' }).press('Enter')
    await until('it takes over', () => offers() === 1)
    room.tell(observing({ player: 'you' }))
    await page.getByRole('button', { name: 'Play here' }).waitFor({ state: 'detached' })
    expect(await focused()).toBe('The stage')
  })

  test('forgets the ticks of a demo that was started anew, whose runs count from 1 again', async () => {
    await open(observing({ epochUs: 1 }))
    const ticks = () => page.locator('.steps .done').count()
    room.log(1, logFixture(lesson.setup, 25))
    await until('steps tick', async () => (await ticks()) > 0)
    room.shut()
    room.tell(observing({ epochUs: 2 }))
    room.open()
    await until('it is back', () => room.messages.filter(({ type }) => type === 'hello').length > 1, 20_000)
    await until('no step is ticked', async () => (await ticks()) === 0)
    room.log(1, logFixture(lesson.setup, 25))
    await until('they tick again', async () => (await ticks()) > 0)
  })
})
