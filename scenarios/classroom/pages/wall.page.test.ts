import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startBrowser } from '../../../clients/fixture/browser.ts'
import { type BuiltPage, buildPage } from '../bundle.ts'
import { lessonOf } from '../lessons/index.ts'
import type { Lesson } from '../lessons/lesson.ts'
import type { StageEntry, StageSetup } from '../log/entries.ts'
import type { RoomState } from '../room/protocol.ts'
import { misfits, wallSizes } from '../walk/geometry.ts'
import { type FakeRoom, logFixture, openPage, roomFixture, startFakeRoom } from './fixture.ts'

/** What people look at in the last row: how the wall's stage is laid out, and what it says of lanes and steps. */
const browser = (await startBrowser()) as Browser
const lesson = lessonOf(1) as Lesson
const lanesOf = (...techniques: string[]): StageSetup => ({
  ...lesson.setup,
  lanes: techniques.map((technique) => ({ id: technique, technique })),
})
const five = lanesOf('short-poll', 'long-poll', 'iframe-stream', 'sse', 'websocket')

/** A stage that this window plays, of lanes without pages unless told otherwise. */
function observed(
  setup: StageSetup,
  state: Partial<RoomState> = {},
  lanes: RoomState['stage']['lanes'] = [],
) {
  const { ballot, ...room } = roomFixture()
  const stage: RoomState['stage'] = {
    ...room.stage,
    ...{ setup, settings: setup.settings, lanes, player: 'you' },
  }
  return { ...room, lesson: 1, phase: 'observe' as const, tallies: [], ...state, stage }
}

describe.runIf(browser)('the stage on the wall', () => {
  let projector: BuiltPage
  let room: FakeRoom
  let page: Page | undefined

  beforeAll(async () => {
    const csp = ["connect-src 'self'", 'frame-src http://127.0.0.1:*']
    projector = await buildPage({ entry: 'projector.tsx', title: 'pushlab', csp })
  })
  beforeEach(async () => {
    room = await startFakeRoom(() => projector)
  })
  afterEach(async () => {
    await page?.context().close()
    await room.close()
  })
  afterAll(() => browser.close())

  async function open(state: RoomState, entries: StageEntry[], [width, height] = [1920, 1080]) {
    room.tell(state)
    const options = { viewport: { width, height } }
    const opened = await openPage(browser, `${room.url}/k/abcdefghijklmnopqrstuv/projector`, options)
    page = opened.page
    await page.locator('h1').waitFor()
    room.log(1, entries)
    await page
      .locator('.lane')
      .nth(state.stage.setup.lanes.length - 1)
      .waitFor()
    return page
  }

  test.each([
    [1920, 1080, 'observe'],
    [1280, 720, 'observe'],
    [1920, 1080, 'sandbox'],
    [1280, 720, 'sandbox'],
  ] as const)(
    'five lanes with all that belongs to them fit into %i x %i (%s)',
    async (width, height, where) => {
      const inSandbox = where === 'sandbox' ? { lesson: 0, phase: 'predict' as const } : {}
      const wall = await open(observed(five, inSandbox), logFixture(five, 30), [width, height])
      for (const language of ['en', 'zh-Hans']) {
        await wall.waitForFunction((lang) => document.documentElement.lang === lang, language)
        const hidden = await wall.evaluate(() =>
          [document.documentElement, ...document.querySelectorAll('main > *')]
            .filter(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight + 1)
            .map(
              ({ className, scrollHeight, clientHeight }) =>
                `${className}: ${scrollHeight - clientHeight} px`,
            ),
        )
        expect(hidden).toEqual([])
        await wall.keyboard.press('g')
      }
    },
  )

  test.each(wallSizes)(
    'nothing is out of sight, cut or over something else at $width x $height, with numbers beyond 1,000',
    async ({ width, height }) => {
      const wall = await open(observed(five), logFixture(five, 1_200), [width, height])
      for (const language of ['en', 'zh-Hans']) {
        await wall.waitForFunction((lang) => document.documentElement.lang === lang, language)
        expect(await misfits(wall)).toEqual([])
        await wall.keyboard.press('g')
      }
    },
  )

  test('what is out of sight, cut or over something else is found', async () => {
    const wall = await open(observed(lesson.setup), logFixture(lesson.setup, 5))
    const faults = async (style: string) => {
      await wall.evaluate((text) => {
        const sheet = new CSSStyleSheet()
        sheet.replaceSync(text)
        document.adoptedStyleSheets = [sheet]
      }, style)
      return misfits(wall)
    }
    expect(await faults('')).toEqual([])
    expect(await faults('.stage-controls { margin-top: 3000px }')).toContainEqual(
      expect.stringMatching(/^out of sight within stage-panel/),
    )
    expect(await faults('.tools { position: fixed; top: 3000px }')).toContainEqual(
      expect.stringMatching(/^beyond the window/),
    )
    expect(
      await faults('.what { width: 5em; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }'),
    ).toContainEqual(expect.stringMatching(/^cut by an ellipsis/))
    expect(await faults('.steps .progress { margin-top: -1.4em }')).toContainEqual(
      expect.stringMatching(/^over each other/),
    )
  })

  test('the X-ray shows bytes without scrolling, and Esc closes it wherever the focus is', async () => {
    const [began, ...entries] = logFixture(five, 3) as [StageEntry, ...StageEntry[]]
    const unit: StageEntry = {
      ...{ kind: 'unit', fromUs: 20_000, atUs: 20_000, unit: 1, lane: 'short-poll', connection: 1 },
      ...{ direction: 'down', what: 'response', bytes: 5, sums: { payload: 5 }, events: [1] },
      ...{ shown: Buffer.from('hello').toString('base64'), spans: [[0, 5, 'payload', 'data']] },
    }
    const wall = await open(observed(five), [began, unit, ...entries])
    await wall.keyboard.press('x')
    const bytes = await wall.locator('.xr-text').boundingBox()
    const footer = await wall.locator('footer').boundingBox()
    expect((bytes?.y ?? 0) + (bytes?.height ?? 1e9)).toBeLessThan(footer?.y ?? 0)
    await wall.keyboard.press('Escape')
    await wall.locator('.xr-panel').waitFor({ state: 'detached' })
  })

  test('a lane whose page is silent says so, and is loaded again when that is asked for', async () => {
    const setup = lanesOf('sse')
    const lanes = [{ id: 'sse', technique: 'sse', port: Number(new URL(room.url).port) }]
    const wall = await open(observed(setup, {}, lanes), logFixture(setup, 0).slice(0, 1))
    await wall.locator('.lane').getByText('connecting…').waitFor()
    await wall.getByRole('button', { name: /^Try again/ }).press('Enter', { timeout: 20_000 })
    expect(await wall.evaluate(() => document.activeElement?.textContent)).toBe('The stage')
    await wall.locator('.lane').getByText('connecting…').waitFor()
    // The lane itself is a button of the X-ray.
    expect(await wall.locator('.xr-panel').count()).toBe(0)
  })

  test('a step that has ticked is folded, keeps what was seen, and unfolds', async () => {
    const wall = await open(observed(lesson.setup), logFixture(lesson.setup, 25))
    await wall.locator('.steps .done.folded .progress').first().waitFor()
    expect(await wall.locator('.steps .folded').getByRole('button', { name: 'Why?' }).count()).toBe(0)
    expect(await wall.locator('.steps .current').getByRole('button', { name: 'Why?' }).count()).toBe(1)
    const done = wall.locator('.steps .done').first()
    await done.getByRole('button', { name: /^. ?More about|^More about/ }).click()
    await done.getByRole('button', { name: 'Why?' }).click()
    expect(await done.locator('.more').textContent()).toBe(String(lesson.steps[0]?.why))
  })
})
