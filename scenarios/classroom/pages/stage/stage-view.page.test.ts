import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startBrowser } from '../../../../clients/fixture/browser.ts'
import { type BuiltPage, buildPage } from '../../bundle.ts'
import { advance } from '../../log/advance.ts'
import type { Began, StageEntry } from '../../log/entries.ts'
import { logFixture } from '../../log/fixture.ts'
import type { StageState } from '../../log/state.ts'
import { contrast, parseColor } from './contrast.ts'
import type { StageFixture } from './fixture-page.tsx'
import { panels } from './hue.ts'
import { eventRows, laneRow } from './summary.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const log = logFixture({
  lanes: [
    'short-poll',
    'long-poll',
    'sse',
    { id: 'forgetful', technique: 'websocket', forgetful: true },
    'fetch-stream',
  ],
  ...{ events: 30, settings: { ratePerSecond: 5 } },
  changes: [
    { atMs: 2_000, network: 'cut' },
    { atMs: 3_000, network: 'up' },
  ],
})
/** Every kind of thing once: what looks at each element takes its time. */
const small = logFixture({
  lanes: ['short-poll', { id: 'forgetful', technique: 'websocket', forgetful: true, tabs: 2 }],
  ...{ events: 12, settings: { ratePerSecond: 5 } },
  changes: [
    { atMs: 1_500, network: 'cut' },
    { atMs: 2_000, network: 'up' },
  ],
})
const state = advance(undefined, log) as StageState
const projector = { width: 1920, height: 1080 }

type StageWindow = { stage: StageFixture; framesAsked: number }

let browser: Browser | undefined
let built: BuiltPage
beforeAll(async () => {
  browser = await startBrowser()
  built = await buildPage({ entry: 'stage/fixture-page.tsx', title: 'Stage', csp: [] })
})
afterAll(() => browser?.close())

/** The stage with a log, its clock at an instant; what should not happen is collected. */
async function open(options: BrowserContextOptions = {}, atUs = state.atUs + 300_000, entries = log) {
  const lanes = (entries[0] as Began).lanes.length
  const context = await (browser as Browser).newContext({ viewport: projector, ...options })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('console', (message) => faults.push(message.text()))
  page.on('pageerror', (error) => faults.push(error.message))
  await page.route('http://stage.test/', (route) =>
    route.fulfill({
      body: built.html,
      contentType: 'text/html',
      headers: { 'content-security-policy': built.csp },
    }),
  )
  await page.goto('http://stage.test/')
  await feed(page, entries, atUs)
  await page.waitForFunction((count) => document.querySelectorAll('.lane').length === count, lanes)
  return { page, faults, close: () => context.close() }
}

async function feed(page: Page, entries: StageEntry[], atUs: number): Promise<void> {
  await page.evaluate(
    ([given, us]) => {
      const { stage } = window as unknown as StageWindow
      stage.take(given)
      stage.setClock(us)
    },
    [entries, atUs] as const,
  )
}

/** What is true sooner or later; how soon is the machine’s business. */
const soon = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 15_000 })

const datasets = (page: Page, selector: string) =>
  page.locator(selector).evaluateAll((rows) => rows.map((row) => ({ ...(row as HTMLElement).dataset })))
const scrolls = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
/** Counts from now on the frames that a page asks for. @returns how many it asks for within a time that begins at the call. */
async function countFrames(page: Page): Promise<(ms: number) => Promise<number>> {
  await page.evaluate(() => {
    const counted = window as unknown as StageWindow
    const request = window.requestAnimationFrame.bind(window)
    window.requestAnimationFrame = (callback) => {
      counted.framesAsked++
      return request(callback)
    }
  })
  return async (ms) => {
    await page.evaluate(() => {
      ;(window as unknown as StageWindow).framesAsked = 0
    })
    await page.waitForTimeout(ms)
    return page.evaluate(() => (window as unknown as StageWindow).framesAsked)
  }
}
/** The colours of a canvas that are not transparent, how often each. */
const inked = (page: Page, lane: string) =>
  page.locator(`[data-lane="${lane}"] canvas`).evaluate((canvas: HTMLCanvasElement) => {
    const context = canvas.getContext('2d') as CanvasRenderingContext2D
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
    let sum = 0
    for (let i = 0; i < data.length; i += 4)
      sum = (Math.imul(sum, 31) + (data[i] ?? 0) * (data[i + 3] ?? 0)) | 0
    return sum
  })

describe('the stage on a page', () => {
  test('has every number of the state in its table, and nothing that its policy forbids', async ({
    skip,
  }) => {
    if (!browser) return skip()
    const { page, faults, close } = await open()
    const count = state.lanes.length * 20
    await page.waitForFunction((rows) => document.querySelectorAll('tr[data-seq]').length === rows, count)
    const rows = await datasets(page, 'tr[data-received][data-lane]')
    expect(rows).toEqual(
      state.lanes.map((lane) => {
        const { received, lastDelayUs, medianUs, header, framing, payload } = laneRow(lane)
        const expected = {
          ...{ lane: lane.spec.id, received, lastDelayUs, medianUs, header, framing, payload },
          ...{ bytes: lane.bytes, bytesUp: lane.bytesUp, bytesDown: lane.bytesDown, requests: lane.requests },
          ...{ answers: lane.answers, emptyAnswers: lane.emptyAnswers, lost: lane.lost.length },
          ...{ duplicated: lane.duplicated.length, agrees: lane.agrees },
        }
        return Object.fromEntries(Object.entries(expected).map(([name, value]) => [name, String(value)]))
      }),
    )
    const events = await datasets(page, 'tr[data-seq]')
    expect(events).toEqual(
      state.lanes.flatMap((lane) =>
        eventRows(state, lane).map(({ isLost, ...times }) => ({
          lane: lane.spec.id,
          ...Object.fromEntries(Object.entries(times).map(([name, value]) => [name, String(value)])),
          ...(isLost && { isLost: 'true' }),
        })),
      ),
    )
    expect(events.filter(({ isLost }) => isLost).length).toBeGreaterThan(0)
    expect(faults).toEqual([])
    await close()
  })

  test('says the same number of bytes beside a lane and in the race, at every moment', async ({ skip }) => {
    if (!browser) return skip()
    const { page, close } = await open({}, state.atUs, log.slice(0, 20))
    const apart = await page.evaluate(async (entries) => {
      const { stage } = window as unknown as StageWindow
      const texts = (selector: string) =>
        [...document.querySelectorAll(selector)].map(({ textContent }) => textContent).join()
      const found: string[] = []
      for (let i = 0; i < entries.length; i += 4) {
        stage.take(entries.slice(i, i + 4))
        await new Promise((resolve) => setTimeout(resolve, 20))
        const [lanes, race] = [texts('.counters .main:nth-child(2) dd'), texts('.race b')]
        if (lanes !== race) found.push(`${lanes} and ${race}`)
      }
      return found
    }, log.slice(20))
    expect(apart).toEqual([])
    await close()
  })

  test.each([projector, { width: 1280, height: 720 }])(
    'can be read from the last row at $width x $height, and fits',
    async (viewport) => {
      if (!browser) return
      const { page, close } = await open({ viewport })
      const line = viewport.height / 1080
      const sizes = await page.evaluate(() => {
        const sizeOf = (element: Element) => Number.parseFloat(getComputedStyle(element).fontSize)
        const texts = [...document.querySelectorAll('.stage *')].filter(
          (element) =>
            !element.closest('.stage-spoken, dt, svg, option') &&
            [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()),
        )
        const shareOf = (wide: number, lane: Element) => wide / lane.getBoundingClientRect().width
        return {
          wire: Math.min(
            ...[...document.querySelectorAll('.lane')].map((lane) =>
              shareOf((lane.querySelector('canvas') as HTMLElement).clientWidth, lane),
            ),
          ),
          dots: Math.min(...[...document.querySelectorAll('canvas')].map((canvas) => canvas.clientHeight)),
          least: Math.min(...texts.map(sizeOf)),
          big: Math.min(...[...document.querySelectorAll('.name, .big')].map(sizeOf)),
          bottom: document.querySelector('.charts')?.getBoundingClientRect().bottom as number,
          overlong: [...document.querySelectorAll('.counters dd, .counters .words')]
            .filter((element) => element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1)
            .map((element) => element.textContent),
        }
      })
      // The way of the events is what there is to look at: as wide as its lane, with dots of 34 px at least.
      expect(sizes.wire).toBeGreaterThan(0.95)
      expect(sizes.dots).toBeGreaterThanOrEqual(34 * line)
      expect(sizes.least).toBeGreaterThanOrEqual(28 * line)
      expect(sizes.big).toBeGreaterThanOrEqual(52 * line)
      expect(sizes.bottom).toBeLessThanOrEqual(viewport.height)
      expect(sizes.overlong).toEqual([])
      expect(await scrolls(page)).toBeLessThanOrEqual(0)
      await close()
    },
  )

  test('does not scroll sideways on a phone, in either language', async ({ skip }) => {
    if (!browser) return skip()
    const { page, close } = await open({ viewport: { width: 320, height: 640 } })
    expect(await scrolls(page)).toBeLessThanOrEqual(0)
    await page.evaluate(() => (window as unknown as StageWindow).stage.setLanguage('zh'))
    await page.getByText('字节赛跑').waitFor()
    await page.locator('summary').click()
    expect(await scrolls(page)).toBeLessThanOrEqual(0)
    await close()
  })

  test.each([
    ['en', 'light'],
    ['en', 'dark'],
    ['zh', 'light'],
    ['zh', 'dark'],
  ] as const)('is accessible to axe in %s, %s', async (language, colorScheme) => {
    if (!browser) return
    const { page, close } = await open({ colorScheme }, 3_500_000, small)
    await page.evaluate((chosen) => (window as unknown as StageWindow).stage.setLanguage(chosen), language)
    await page.locator('summary').click()
    await page.waitForFunction((lang) => document.documentElement.lang.startsWith(lang), language)
    const violations = await page
      .evaluate(
        `(() => { ${AXE}; return axe.run(${colorScheme === 'dark' ? '{ runOnly: "color-contrast" }' : ''}) })()`,
      )
      .then((result) =>
        (result as { violations: { id: string; nodes: { html: string }[] }[] }).violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
        ),
      )
    expect(violations).toEqual([])
    await close()
  })

  test.each(['light', 'dark'] as const)(
    'tells techniques by a hue with 3:1 on the %s panel',
    async (colorScheme) => {
      if (!browser) return
      const { page, close } = await open({ colorScheme })
      const colors = await page.locator('.lane').evaluateAll((lanes) =>
        lanes.map((lane) => ({
          hue: getComputedStyle(lane).borderLeftColor,
          panel: getComputedStyle(lane).backgroundColor,
        })),
      )
      for (const { hue, panel } of colors) {
        expect(parseColor(panel)).toEqual(parseColor(panels[colorScheme]))
        expect(contrast(parseColor(hue), parseColor(panel))).toBeGreaterThanOrEqual(3)
      }
      await close()
    },
  )

  test('draws what the clock shows, stands still when nothing moves, and is drawn anew in the dark', async ({
    skip,
  }) => {
    if (!browser) return skip()
    const { page, close } = await open({ colorScheme: 'light' }, 1_700_000)
    const early = await inked(page, 'sse')
    expect(early).not.toBe(0)
    await page.evaluate(() => (window as unknown as StageWindow).stage.setClock(2_900_000))
    await soon(() => inked(page, 'sse')).not.toBe(early)
    // Everything is shown: no frame is asked for any more.
    await page.evaluate((us) => (window as unknown as StageWindow).stage.setClock(us), state.atUs + 5_000_000)
    const framesWithin = await countFrames(page)
    await soon(() => framesWithin(400)).toBeLessThanOrEqual(2)
    const light = await inked(page, 'sse')
    await page.emulateMedia({ colorScheme: 'dark' })
    await soon(() => inked(page, 'sse')).not.toBe(light)
    await close()
  })

  test('does not glide where people want reduced motion, and tells all the same', async ({ skip }) => {
    if (!browser) return skip()
    const { page, close } = await open({ reducedMotion: 'reduce' }, 1_000_000)
    const framesWithin = await countFrames(page)
    const before = await inked(page, 'sse')
    await page.evaluate(() => (window as unknown as StageWindow).stage.setClock(1_000_000, true))
    await soon(() => inked(page, 'sse')).not.toBe(before)
    // Preact asks for one after it has rendered, some times a second; a picture that glides asks for sixty.
    await soon(() => framesWithin(1_000)).toBeLessThanOrEqual(10)
    await soon(() => page.locator('.stage-spoken').textContent()).toContain('Server-Sent Events: 30 received')
    await close()
  })

  test('tells by itself what has changed, and how all stands when it is asked', async ({ skip }) => {
    if (!browser) return skip()
    const { page, close } = await open({}, state.atUs + 300_000)
    const told = page.locator('.stage-told')
    await soon(() => page.locator('.stage-spoken').textContent()).toContain('30 events published.')
    expect(await page.locator('.stage-spoken').getAttribute('aria-live')).toBeNull()
    expect(await told.getAttribute('aria-live')).toBe('polite')
    expect(await told.textContent()).toBe('')
    const atUs = state.atUs + 1
    await page.evaluate(
      (us) =>
        (window as unknown as StageWindow).stage.take([
          { kind: 'published', atUs: us, dueUs: us, seq: 31, payloadBytes: 100 },
          { kind: 'changed', atUs: us, network: 'cut' },
        ]),
      atUs,
    )
    await soon(() => told.textContent()).toBe('The network is cut.')
    const ask = page.getByRole('button', { name: 'Say how it stands' })
    await ask.press('Enter')
    expect(await told.textContent()).toContain('31 events published. The network is cut. In ')
    expect(await page.locator('[aria-live], [role=status]').count()).toBe(1)
    await close()
  })

  test('slows one event through the lens and says so, pauses, steps and goes on', async ({ skip }) => {
    if (!browser) return skip()
    const { page, close } = await open({}, state.atUs + 300_000)
    const clock = page.locator('.clock')
    await page.locator('[data-control="lens-100"]').click()
    await soon(() => clock.textContent()).toMatch(
      /^Slowed ×100: event 30, .* (before|after) it was published/,
    )
    await soon(() => page.locator('[data-lane="sse"] .note').textContent()).toMatch(/^arrived after/)
    await page.locator('[data-control="play"]').click()
    await soon(() => clock.textContent()).toMatch(/^Paused, ×100: event 30/)
    expect(await page.evaluate(() => (window as unknown as StageWindow).stage.told)).toEqual([
      { isPaused: true },
    ])
    const held = await clock.textContent()
    await page.locator('[data-control="step"]').click()
    await soon(() => clock.textContent()).not.toBe(held)
    await page.locator('[data-control="play"]').click()
    await soon(() => clock.textContent()).toMatch(/^Slowed/)
    expect(await page.evaluate(() => (window as unknown as StageWindow).stage.told.at(-1))).toEqual({
      isPaused: false,
    })
    await close()
  })

  test('sends what its controls say, once they are let go', async ({ skip }) => {
    if (!browser) return skip()
    const { page, close } = await open()
    const told = () => page.evaluate(() => (window as unknown as StageWindow).stage.told)
    for (const name of ['send', 'cut', 'restart', 'reset'])
      await page.locator(`[data-control="${name}"]`).click()
    expect(await told()).toEqual(['send', 'cut', 'restart', 'reset'])
    const rate = page.getByRole('slider', { name: 'Events a second' })
    await rate.focus()
    for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowLeft')
    await soon(async () => ((await told()).at(-1) as { ratePerSecond?: number }).ratePerSecond).toBeLessThan(
      5,
    )
    await page.getByRole('textbox', { name: 'Payload, B, exactly' }).fill('7')
    await page.keyboard.press('Enter')
    await soon(async () => (await told()).at(-1)).toEqual({ payloadBytes: 7 })
    await page.getByLabel('Proxy').selectOption('stubborn-buffering')
    await soon(async () => (await told()).at(-1)).toEqual({ proxy: 'stubborn-buffering' })
    await close()
  })

  test('chooses a lane by a click anywhere in it and by its name’s button', async ({ skip }) => {
    if (!browser) return skip()
    const { page, close } = await open()
    await page.locator('[data-lane="sse"] canvas').click()
    await page.locator('.lane.selected[data-lane="sse"]').waitFor()
    await page.getByRole('button', { name: 'Long polling' }).focus()
    await page.keyboard.press('Enter')
    await page.locator('.lane.selected[data-lane="long-poll"]').waitFor()
    expect(await page.getByRole('button', { name: 'Long polling' }).getAttribute('aria-pressed')).toBe('true')
    await close()
  })
})
