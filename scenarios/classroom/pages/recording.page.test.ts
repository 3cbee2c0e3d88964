import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startBrowser } from '../../../clients/fixture/browser.ts'
import { json } from '../../../report/html.ts'
import { until } from '../../../server/fixture/until.ts'
import { type BuiltPage, buildPage } from '../bundle.ts'
import { lessonOf } from '../lessons/index.ts'
import type { Lesson } from '../lessons/lesson.ts'
import type { StageEntry } from '../log/entries.ts'
import { packLog, type Recording, unpackLog } from '../log/recording-format.ts'
import type { RoomState, ToRoom } from '../room/protocol.ts'
import { type FakeRoom, logFixture, openPage, roomFixture, startFakeRoom, violations } from './fixture.ts'

const browser = (await startBrowser()) as Browser
const KEY = 'abcdefghijklmnopqrstuv'
const lesson = lessonOf(1) as Lesson
const entries = logFixture(lesson.setup, 25, 7)

test('a log comes out of a recording as it went in', async () => {
  const log: StageEntry[] = [...entries, { kind: 'failed', atUs: 9, lane: 'sse', message: 'Größe, 大小, 🙂' }]
  const packed = await packLog(log)
  expect(packed).toMatch(/^[A-Za-z0-9+/]+=*$/)
  expect(await unpackLog(packed)).toEqual(log)
  await expect(unpackLog('AAAA')).rejects.toThrow()
})

function observing(stage: Partial<RoomState['stage']> = {}, state: Partial<RoomState> = {}): RoomState {
  const { ballot: _, ...rest } = roomFixture()
  const { setup } = lesson
  const live = { ...rest.stage, setup, settings: setup.settings, ...stage }
  return { ...rest, lesson: 1, phase: 'observe', tallies: [], ...state, stage: live }
}

describe.runIf(browser)('a recording', () => {
  let wall: BuiltPage
  let room: FakeRoom
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    const recording: Recording = {
      schema: 'pushlab/recording@1',
      lesson: lesson.id,
      recordedAt: '2026-03-01T10:00:00.000Z',
      log: await packLog(entries),
    }
    const body = `<div hidden data-patience-ms="300"></div><script type="application/json" id="recording-${lesson.id}">${json(recording).markup}</script>`
    wall = await buildPage({
      entry: 'projector.tsx',
      title: 'pushlab',
      csp: ["connect-src 'self'", 'frame-src http://127.0.0.1:*'],
      body,
    })
  })
  beforeEach(async () => {
    room = await startFakeRoom(() => wall)
    room.tell(observing())
    const viewport = { width: 1920, height: 1080 }
    ;({ page, complaints } = await openPage(browser, `${room.url}/k/${KEY}/projector?lang=en`, { viewport }))
    await page.locator('main.observe').waitFor()
  })
  afterEach(async () => {
    await page.context().close()
    await room.close()
  })
  afterAll(() => browser.close())

  const said = (type: ToRoom['type']) => room.messages.filter((message) => message.type === type)
  const label = () => page.getByText('Recording of 1 March 2026, not live')
  const ticked = () => page.locator('.steps .done').count()

  test('says in both languages that it is one, how far it is, and when it is over; its steps tick here alone', async () => {
    await page.keyboard.press('v')
    await label().waitFor()
    const seconds = async () => Number(await page.locator('.recording progress').getAttribute('value'))
    await page.getByText(/^\d of 3\ss$/).waitFor()
    await page.locator('.clock').getByText('Recording', { exact: true }).waitFor()
    await until('it goes on', async () => (await seconds()) > 0)
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('g')
    await page.getByText('2026 年 3 月 1 日的录像，不是现场').waitFor()
    await page.keyboard.press('g')
    await page.getByText('It is over, after 3 s.').waitFor()
    // A step was there to be read first.
    await expect.poll(ticked, { timeout: 10_000 }).toBeGreaterThan(0)
    expect(await page.getByRole('button', { name: 'Do it' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Play it again' }).click()
    await page.getByText(/^[01] of 3\ss$/).waitFor()
    await page.getByText('It is over, after 3 s.').waitFor()
    expect(said('ticked')).toEqual([])
    await page.getByRole('button', { name: 'Back to live' }).click()
    await label().waitFor({ state: 'detached' })
    expect(await ticked()).toBe(0)
    await expect
      .poll(() => said('recording').map((message) => 'on' in message && message.on))
      .toEqual([true, true, false])
    expect(complaints).toEqual([])
  })

  test('plays and stops as the room has it', async () => {
    room.tell(observing({}, { recording: true }))
    await label().waitFor()
    room.tell(observing({}, { recording: false }))
    await label().waitFor({ state: 'detached' })
    room.tell(observing({}, { recording: true }))
    await label().waitFor()
    await page.reload()
    await label().waitFor()
    room.tell(observing({}, { lesson: 2 }))
    await label().waitFor({ state: 'detached' })
    expect(said('recording')).toEqual([])
  })

  test('is offered once the lanes’ server has been down for long', async () => {
    const offer = page.getByRole('button', { name: 'Play the recording' })
    expect(await offer.count()).toBe(0)
    room.tell(observing({ server: 'down' }))
    await page.getByText('The lanes’ server has been gone for 10 s.').waitFor()
    const focused = () => page.evaluate(() => document.activeElement?.textContent)
    await offer.press('Enter')
    await label().waitFor()
    expect(await focused()).toBe('The stage')
    await until('steps tick', async () => (await ticked()) > 0)
    await page.getByRole('button', { name: 'Back to live' }).press('Enter')
    room.tell(observing())
    await label().waitFor({ state: 'detached' })
    expect(await focused()).toBe('The stage')
    await offer.waitFor({ state: 'detached' })
  })

  test('plays where the room is gone, and goes on when it is back, which is told so', async () => {
    room.shut()
    await page.getByText('The demo has not answered for 10 s.').waitFor()
    await page.getByRole('button', { name: 'Play the recording' }).click()
    await label().waitFor()
    expect(said('recording')).toEqual([])
    room.open()
    await until('the room is told', () => said('recording').length > 0, 20_000)
    await expect.poll(() => said('recording')).toEqual([{ type: 'recording', on: true }])
    expect(await label().count()).toBe(1)
  })
})
