import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gunzipSync } from 'node:zlib'
import type { Browser, BrowserContextOptions, Download, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startBrowser } from '../clients/fixture/browser.ts'
import { unpackRun } from '../results/pack.ts'
import type { Scenario } from '../results/scenario.ts'
import { registry } from '../server/registry.ts'
import { buildReport, type ReportOptions } from './build.ts'
import { observationFixture } from './fixture/claims.ts'
import {
  choiceFixture,
  recordsFixture,
  runFixture,
  scenarioFixture,
  sweepFixture,
} from './fixture/records.ts'
import { captured } from './fixture/wire.ts'
import { questions } from './sections/section.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const cookies: Scenario = {
  ...sweepFixture,
  name: 'cookies',
  sweep: { axis: 'cookieBytes', values: [0, 1_024] },
}
const everything: Scenario = { ...choiceFixture, techniques: registry.map(({ name }) => name) }
const records = [
  ...(everything.techniques?.flatMap((technique, i) =>
    [0, 1].flatMap((at) =>
      recordsFixture({
        scenario: everything,
        at,
        technique,
        overheadBytes: 20 + i + 22 * at,
        mediansUs: [1_000, 2_000, 3_000].map((us) => us * (1 + 9 * at)),
        requestsPerEvent: 1,
      }),
    ),
  ) ?? []),
  ...[0, 1].flatMap((at) => recordsFixture({ scenario: cookies, at, technique: 'short-poll' })),
  ...['short-poll', 'long-poll', 'iframe-stream', 'sse', 'websocket'].flatMap((technique, i) =>
    recordsFixture({
      technique,
      mediansUs: [1_000 * (i + 1), 1_100 * (i + 1), 1_300 * (i + 1)],
      overheadBytes: 7 * (i + 1),
      requestsPerEvent: i < 2 ? 1 : 0,
    }),
  ),
  ...[0, 1].flatMap((at) =>
    recordsFixture({
      scenario: sweepFixture,
      at,
      technique: 'short-poll',
      mediansUs: [5e4, 6e4, 7e4],
      requestsPerEvent: at === 0 ? 1 : 0.2,
    }),
  ),
]
const firstSeconds = observationFixture('first-seconds', [
  { technique: 'sse', lane: 0, kind: 'published', fromUs: 125_000, toUs: 125_000, seq: 1 },
  { technique: 'sse', lane: 1, kind: 'connect', fromUs: 0, toUs: 100_000 },
  { technique: 'sse', lane: 1, kind: 'request', fromUs: 100_000, toUs: 101_000, bytes: 75 },
  { technique: 'sse', lane: 1, kind: 'wait', fromUs: 101_000, toUs: 200_000 },
  { technique: 'sse', lane: 1, kind: 'receive', fromUs: 200_000, toUs: 201_000, bytes: 120 },
  { technique: 'sse', lane: 1, kind: 'event', fromUs: 201_000, toUs: 201_000, seq: 1 },
])
const resume = observationFixture(
  'resume',
  ['sse', 'websocket'].flatMap((technique) =>
    [true, false].map((resumed) => ({
      ...{ technique, resume: resumed, history: 'long', cuts: 5, failures: 5, eventsPublished: 160 },
      ...{ eventsLost: resumed ? 0 : 40, eventsTwice: 0, eventsOutOfOrder: 0, eventsToldLost: 0 },
    })),
  ),
)

let browser: Browser | undefined
let folder: string
let url: string
let smallUrl: string
beforeAll(async () => {
  browser = await startBrowser()
  folder = mkdtempSync(join(tmpdir(), 'pushlab-report-'))
  const bytes = await captured()
  const observations = [observationFixture('wire-bytes', bytes), firstSeconds, resume]
  url = write('index', buildReport(runFixture(records), records, observations))
  // Every kind of thing once: what looks at each element takes its time.
  const few = ['long-poll', 'sse', 'websocket']
  const some = records.filter(({ technique }) => few.includes(technique) || technique === 'short-poll')
  const someBytes = bytes.filter(({ technique }) => few.includes(String(technique)))
  smallUrl = write(
    'small',
    buildReport(runFixture(some), some, [observationFixture('wire-bytes', someBytes), firstSeconds, resume]),
  )
})
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

function write(name: string, html: string): string {
  const file = join(folder, `${name}.html`)
  writeFileSync(file, html)
  return pathToFileURL(file).href
}

const page = (what = records, options: ReportOptions = {}) => buildReport(runFixture(what), what, [], options)

/** Opens a report from disk, offline; collects what should not happen. */
async function open({
  at = '',
  from = url,
  ...options
}: BrowserContextOptions & { at?: string; from?: string } = {}): Promise<{ page: Page; faults: string[] }> {
  const context = await (browser as Browser).newContext({ offline: true, acceptDownloads: true, ...options })
  const opened = await context.newPage()
  const faults: string[] = []
  opened.on('console', (message) => faults.push(`console: ${message.text()}`))
  opened.on('pageerror', (error) => faults.push(`error: ${error.message}`))
  opened.on('request', (request) => {
    const isOwn = request.url().split('#')[0] === from || request.url().startsWith('blob:')
    if (!isOwn) faults.push(`request: ${request.url()}`)
  })
  await opened.goto(from + at)
  if (options.javaScriptEnabled !== false) await opened.waitForSelector('html[data-ready]')
  return { page: opened, faults }
}

/** Charts are drawn when they come into sight, and then what is below them moves: presses until it has met. */
async function pressUntil(target: Locator, hasMet: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 20; tries++) {
    await target.click()
    for (let waits = 0; waits < 10; waits++) {
      if (await hasMet()) return
      await target.page().waitForTimeout(100)
    }
  }
}

const openAll = (opened: Page) =>
  opened.evaluate(`for (const details of document.querySelectorAll('details')) details.open = true`)

/** Brings every chart into sight, so that it is drawn. */
async function drawAll(opened: Page): Promise<void> {
  await openAll(opened)
  await opened.evaluate(`(async () => {
    for (const figure of document.querySelectorAll('[data-chart]')) {
      figure.scrollIntoView()
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 20)))
    }
  })()`)
  await until(
    opened,
    `document.querySelectorAll('[data-chart] canvas').length === document.querySelectorAll('[data-chart]').length`,
  )
}

/** Waits for a condition; the page's policy lets nobody evaluate in it but from outside. */
async function until(opened: Page, condition: string): Promise<void> {
  await expect.poll(() => opened.evaluate(condition), { timeout: 10_000 }).toBe(true)
}

const visibleText = (opened: Page) => opened.evaluate<string>(`document.querySelector('main').innerText`)

describe('the report in a browser', () => {
  test('opens from disk, offline, without an error or a request, and draws every chart', async ({ skip }) => {
    if (!browser) return skip()
    const { page: opened, faults } = await open()
    await drawAll(opened)
    const drawn = await opened.evaluate<number[]>(`[...document.querySelectorAll('canvas')].map((canvas) => {
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
      return new Set(new Uint32Array(data.buffer)).size
    })`)
    expect(drawn.length).toBeGreaterThan(11)
    for (const colors of drawn) expect(colors).toBeGreaterThan(5)
    expect(faults).toEqual([])
    await opened.context().close()
  })

  test('has thirteen sections, each a question with its number, in their order', async ({ skip }) => {
    if (!browser) return skip()
    const { page: opened } = await open({ javaScriptEnabled: false })
    const titles = await opened.locator('main > section > h2').allInnerTexts()
    expect(titles).toEqual(questions.map(({ question }, i) => `${i + 1} ${question}`))
    await opened.context().close()
  })

  test.for([320, 400, 1280, 1920])('fits a window of %i px, all folds open', async (width, { skip }) => {
    if (!browser) return skip()
    const { page: opened } = await open({ viewport: { width, height: 900 } })
    await openAll(opened)
    expect(await opened.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    await opened.context().close()
  })

  test('can be read without scripts: verdicts, tables, drawings of all charts', async ({ skip }) => {
    if (!browser) return skip()
    const { page: opened, faults } = await open({ javaScriptEnabled: false })
    const text = await opened.innerText('main')
    expect(text).toContain('Median delay is lowest')
    expect(text).toContain('93 of 93 planned trials are here.')
    expect(await opened.locator('table').count()).toBeGreaterThan(20)
    const charts = await opened.locator('[data-chart]').count()
    expect(charts).toBeGreaterThan(11)
    expect(await opened.locator('[data-chart] .plate > svg').count()).toBe(charts)
    // What does nothing without scripts is not there.
    expect(await opened.locator('button:visible, select:visible, input:visible').count()).toBe(0)
    expect(faults).toEqual([])
    await opened.context().close()
  })

  test('draws charts in the dark as in the light: their hues are made for white', async ({ skip }) => {
    if (!browser) return skip()
    const pixels = async (colorScheme: 'light' | 'dark') => {
      const { page: opened } = await open({ colorScheme })
      await drawAll(opened)
      const plate = await opened.evaluate(
        `getComputedStyle(document.querySelector('.plate')).backgroundColor`,
      )
      const drawn = await opened.evaluate(
        `[...document.querySelectorAll('canvas')].map((canvas) => canvas.toDataURL())`,
      )
      await opened.context().close()
      return { plate, drawn }
    }
    const dark = await pixels('dark')
    expect(dark).toEqual(await pixels('light'))
    expect(dark.plate).toBe('rgb(255, 255, 255)')
  })

  test('shows on a narrow screen what is picked beside whether it can be trusted, and figures before badges', async ({
    skip,
  }) => {
    if (!browser) return skip()
    const { page: opened } = await open({ viewport: { width: 400, height: 900 } })
    const [pick, badge] = await Promise.all(
      ['td b', 'td.badge'].map((cell) => opened.locator(`#pick-bytes ${cell}`).boundingBox()),
    )
    if (!pick || !badge) return expect.fail()
    expect(badge.x + badge.width).toBeLessThanOrEqual(400)
    expect(Math.abs(badge.y - pick.y)).toBeLessThan(4)
    const label = () =>
      opened.evaluate(
        `getComputedStyle(document.querySelector('#pick-delay td:nth-child(3)'), '::before').content`,
      )
    expect(await label()).toBe('"Because: "')
    await opened.getByRole('button', { name: '中文' }).click()
    expect(await label()).toBe('"理由: "')
    const [first, trusted] = await Promise.all(
      ['td:not(.badge)', 'td.badge'].map((cell) => opened.locator(`.matrix ${cell}`).first().boundingBox()),
    )
    expect((first?.x ?? 400) + (first?.width ?? 400)).toBeLessThanOrEqual(400)
    expect(trusted?.y).toBeGreaterThan(first?.y ?? 0)
    await opened.context().close()
  })

  test('tells how its records can be checked, by a command that gives the checksum that it shows', async () => {
    const [, row = ''] =
      /Checksum of the records.*?<td>(.*?)<\/td>/s.exec(readFileSync(join(folder, 'index.html'), 'utf8')) ??
      []
    const [, checksum = expect.fail()] = /\b([0-9a-f]{64})\b/.exec(row) ?? []
    const [, command = expect.fail()] = /<code translate="no">(.*?)<\/code>/.exec(row) ?? []
    const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' }
    const shell = command.replaceAll(/&\w+;/g, (entity) => entities[entity] ?? expect.fail())
    expect(execFileSync('sh', ['-c', shell], { cwd: folder, encoding: 'utf8' })).toBe(`${checksum}  -\n`)
  })

  test('takes hostile names for text', async ({ skip }) => {
    if (!browser) return skip()
    const hostile = '</script><script>document.title="taken"</script><img src=x onerror="document.title=1">'
    const technique = recordsFixture({
      technique: hostile,
      scenario: { ...scenarioFixture, question: hostile },
    })
    const failure = { scenario: hostile, technique: hostile, copy: 1 as const, trial: 1, reason: hostile }
    const run = runFixture(technique, { command: hostile, run: hostile, failures: [failure] })
    const { page: opened, faults } = await open({ from: write('hostile', buildReport(run, technique)) })
    await openAll(opened)
    expect(await opened.title()).toContain('pushlab')
    expect(await opened.locator('img').count()).toBe(0)
    expect(await opened.innerText('#method')).toContain(hostile)
    expect(await opened.innerText('#trust')).toContain(hostile)
    expect(faults).toEqual([])
    await opened.context().close()
  })
})

describe('what the reader can do', () => {
  test('switch to Chinese and back without a reload, to the very same words', async ({ skip }) => {
    if (!browser) return skip()
    const { page: opened, faults } = await open()
    await drawAll(opened)
    await opened.locator('details[data-show=figures] .filled').first().waitFor()
    const english = await visibleText(opened)
    await opened.getByRole('button', { name: '中文' }).click()
    expect(await opened.evaluate('document.documentElement.lang')).toBe('zh-Hans')
    const chinese = await visibleText(opened)
    expect(chinese).toContain('短轮询')
    expect(chinese).not.toContain('Median delay is lowest')
    await opened.getByRole('button', { name: 'English' }).click()
    expect(await visibleText(opened)).toBe(english)
    expect(faults).toEqual([])
    await opened.context().close()
  })

  test('read the same page in Chinese without scripts, and switch it to English with them', async ({
    skip,
  }) => {
    if (!browser) return skip()
    const from = write('chinese', page(records, { language: 'zh' }))
    const { page: plain } = await open({ from, javaScriptEnabled: false })
    expect(await plain.innerText('main')).toContain('短轮询')
    await plain.context().close()
    const { page: scripted } = await open({ from })
    await scripted.getByRole('button', { name: 'English' }).click()
    const switched = (await visibleText(scripted)).replaceAll(/\s+/g, ' ')
    const { page: english } = await open({ from: write('english', page()) })
    expect(switched).toBe((await visibleText(english)).replaceAll(/\s+/g, ' '))
    await scripted.context().close()
    await english.context().close()
  })

  test('see why a technique fails a budget of theirs, and send it on as a link', async ({ skip }) => {
    if (!browser) return skip()
    const { page: opened } = await open()
    await opened.getByLabel('99 % of events within, ms').fill('0.5')
    await opened.getByLabel('Both directions on one connection').check()
    const row = (technique: string) => opened.locator(`.judged tr[data-technique="${technique}"]`)
    await row('sse').waitFor()
    expect(await row('sse').innerText()).toContain('It carries events down only')
    expect(await row('websocket').innerText()).toMatch(/✕ fails\s+P99 [\d.]+ ms/)
    const link = opened.url()
    await opened.context().close()
    const { page: other } = await open({ at: link.slice(link.indexOf('#')) })
    await other.locator('.judged').waitFor()
    expect(await other.getByLabel('99 % of events within, ms').inputValue()).toBe('0.5')
    expect(await other.locator('.judged tr[data-technique="sse"]').innerText()).toContain('✕ fails')
    await other.context().close()
  })

  test('see in the picture what their budget leaves, its line on the axis, and other picks', async ({
    skip,
  }) => {
    if (!browser) return skip()
    const { page: opened, faults } = await open()
    const row = (technique: string) => opened.locator(`.overview tr[data-technique="${technique}"]`)
    const lowest = () => opened.locator('.overview tr:has(td:nth-child(2) .lowest) th > span').allInnerTexts()
    expect(await lowest()).toEqual(['Short polling'])
    expect(await opened.locator('.overview .limit').count()).toBe(0)
    await opened.getByLabel('Both directions on one connection').check()
    await opened.getByLabel('99 % of events within, ms').fill('50')
    await opened.locator('.overview .limit').first().waitFor({ state: 'attached' })
    expect(await lowest()).toEqual(['WebSocket'])
    expect(await row('sse').getAttribute('class')).toBe('failing')
    expect(await row('sse').innerText()).toContain('✕ fails: it carries events down only')
    expect(await row('sse').locator('.strip .limit').count()).toBe(1)
    expect(await opened.innerText('#answer .answer')).toMatch(/^Pick WebSocket for the lowest delay/)
    expect(await opened.innerText('#pick-delay')).toContain('WebSocket')
    // What hangs on no budget is still there, and after a change of language, too.
    expect(await opened.locator('#pick-cuts').count()).toBe(1)
    await opened.getByRole('button', { name: '中文' }).click()
    expect(await opened.locator('#pick-cuts').count()).toBe(1)
    expect(await row('sse').innerText()).toContain('✕ 不符合')
    await opened.getByRole('textbox').first().fill('')
    await opened.getByLabel('一条连接上双向传输').uncheck()
    await expect.poll(lowest).toEqual(['短轮询'])
    expect(faults).toEqual([])
    await opened.context().close()
  })

  test('make a column the baseline by click and by Enter, hear it, send it on, and take it back', async ({
    skip,
  }) => {
    if (!browser) return skip()
    const { page: opened } = await open()
    const head = (name: string) => opened.locator('.matrix').getByRole('button', { name, exact: true })
    const row = () => opened.locator('#factors tr').first().locator('td').allInnerTexts()
    const factors = async () => (await row()).map((text) => text.split(/\s*\n\s*/).at(-1))
    const before = await factors()
    expect(before[0]).toBe('lowest')
    await head('WebSocket').click()
    await expect.poll(factors).toEqual(['0.20×', '0.40×', '0.60×', '0.80×', 'baseline'])
    expect(await opened.locator('#baseline[role=status]').innerText()).toMatch(
      /^Factors are over WebSocket\./,
    )
    expect(await head('WebSocket').getAttribute('aria-pressed')).toBe('true')
    await head('Long polling').focus()
    await opened.keyboard.press('Enter')
    await expect.poll(factors).toEqual(['0.50×', 'baseline', '1.50×', '2.0×', '2.5×'])
    expect(await opened.evaluate('document.activeElement.innerText')).toBe('Long polling')
    const link = opened.url()
    const { page: other } = await open({ at: link.slice(link.indexOf('#')) })
    await expect.poll(() => other.innerText('#baseline')).toMatch(/^Factors are over Long polling/)
    await other.context().close()
    await head('Long polling').click()
    await expect.poll(factors).toEqual(before)
    await opened.context().close()
  })

  test('show some techniques only, in tables and charts, by box and by link', async ({ skip }) => {
    if (!browser) return skip()
    const { page: opened } = await open({ at: '#compare?techniques=sse,websocket' })
    expect(await opened.locator('#compare tr[data-technique="long-poll"]:visible').count()).toBe(0)
    expect(await opened.locator('#compare .matrix th[data-technique="sse"]:visible').count()).toBe(1)
    await drawAll(opened)
    const labels = () =>
      opened.evaluate<string>(`document.getElementById('steady-feed-delay').getAttribute('aria-label')`)
    expect(await labels()).toContain('How late do events arrive?')
    await opened.locator('.filter input[value="long-poll"]').check()
    expect(await opened.locator('#compare .matrix th[data-technique="long-poll"]:visible').count()).toBe(1)
    expect(opened.url()).toContain('techniques=')
    await opened.context().close()
  })

  test('paste a link into the open page, which then is what the link says', async ({ skip }) => {
    if (!browser) return skip()
    const { page: opened, faults } = await open({ colorScheme: 'light' })
    const background = () => opened.evaluate(`getComputedStyle(document.body).backgroundColor`)
    const light = await background()
    await opened.evaluate(`location.hash = '#compare?techniques=sse&lang=zh&theme=dark&delay=5'`)
    await opened.locator('.judged').waitFor()
    expect(await opened.evaluate('document.documentElement.lang')).toBe('zh-Hans')
    expect(await background()).not.toBe(light)
    expect(await opened.locator('.matrix thead th[data-technique]:visible').count()).toBe(1)
    expect(await opened.locator('#budget [name=delay]').inputValue()).toBe('5')
    expect(await opened.evaluate('document.activeElement.id')).toBe('compare')
    // What a link does not name is not chosen.
    await opened.evaluate(`location.hash = '#pick'`)
    await until(opened, `document.documentElement.lang === 'en'`)
    expect(await background()).toBe(light)
    expect(await opened.locator('.matrix thead th[data-technique]:visible').count()).toBeGreaterThan(1)
    expect(await opened.locator('#budget [name=delay]').inputValue()).toBe('')
    expect(await opened.evaluate('location.hash')).toBe('#pick')
    expect(faults).toEqual([])
    await opened.context().close()
  })

  test('go back to what the page was before, and on again', async ({ skip }) => {
    if (!browser) return skip()
    const { page: opened } = await open({ at: '#pick' })
    const rows = opened.locator('.matrix thead th[data-technique]:visible')
    const all = await rows.count()
    await opened.getByRole('link', { name: 'Compare', exact: true }).click()
    await opened.locator('.filter summary').click()
    await opened.locator('.filter input[value="long-poll"]').uncheck()
    const chosen = await opened.evaluate('location.hash')
    expect(chosen).toMatch(/^#compare\?techniques=short-poll,/)
    expect(await rows.count()).toBe(all - 1)
    await opened.goBack()
    await until(opened, `location.hash === '#pick'`)
    await expect.poll(() => rows.count()).toBe(all)
    expect(await opened.locator('.filter input[value="long-poll"]').isChecked()).toBe(true)
    await opened.goForward()
    await expect.poll(() => rows.count()).toBe(all - 1)
    expect(await opened.evaluate('location.hash')).toBe(chosen)
    expect(await opened.locator('.filter input[value="long-poll"]').isChecked()).toBe(false)
    await opened.context().close()
  })

  test('not hide all techniques, and are told so; nor by a link', async ({ skip }) => {
    if (!browser) return skip()
    const { page: opened } = await open({ at: '#compare?techniques=sse,no-such' })
    const rows = opened.locator('.matrix thead th[data-technique]:visible')
    expect(await rows.count()).toBe(1)
    expect(await opened.locator('.filter label').allInnerTexts()).not.toContainEqual(
      expect.stringContaining('again'),
    )
    // Not by uncheck(), for the box does not stay so.
    await opened.locator('.filter input[value="sse"]').click()
    expect(await opened.locator('.filter input[value="sse"]').isChecked()).toBe(true)
    expect(await opened.locator('.filter [role=status]').innerText()).toMatch(/^One technique has to stay/)
    expect(await rows.count()).toBe(1)
    expect(await opened.evaluate('location.hash')).toContain('techniques=sse')
    await opened.evaluate(`location.hash = '#compare?techniques=no-such'`)
    await expect.poll(() => rows.count()).toBeGreaterThan(1)
    await opened.context().close()
  })

  test('see the bytes of the techniques alone that they chose', async ({ skip }) => {
    if (!browser) return skip()
    const { page: opened } = await open({ at: '#wire?techniques=websocket' })
    expect(
      await opened.locator('details.bytes:visible').evaluateAll((all) => all.map(({ id }) => id)),
    ).toEqual(['bytes-websocket'])
    await opened.context().close()
  })

  test.for(['0', '-5', 'abc'])('are told that %s is no budget', async (value, { skip }) => {
    if (!browser) return skip()
    const { page: opened } = await open({ at: `#pick?delay=${value}&subscribers=1` })
    const input = opened.getByLabel('99 % of events within, ms')
    expect(await input.inputValue()).toBe(value)
    expect(await input.getAttribute('aria-invalid')).toBe('true')
    const error = opened.locator(`#${await input.getAttribute('aria-describedby')}`)
    expect(await error.innerText()).toContain('no number above 0')
    await opened.locator('.judged').waitFor()
    const limited = await opened.innerText('.judged')
    await input.fill('')
    expect(await input.getAttribute('aria-invalid')).toBe('false')
    expect(await error.innerText()).toBe('')
    expect(await opened.innerText('.judged')).toBe(limited)
    await opened.context().close()
  })

  test('write a budget as they write numbers, and are told where it may be either of two', async ({
    skip,
  }) => {
    if (!browser) return skip()
    const { page: opened } = await open()
    const [delay, subscribers] = ['99 % of events within, ms', 'Subscribers at once'].map((name) =>
      opened.getByLabel(name),
    )
    if (!delay || !subscribers) return expect.fail()
    await delay.fill('0,5')
    expect(await delay.getAttribute('aria-invalid')).toBe('false')
    const row = opened.locator('.judged tr[data-technique="websocket"]')
    await row.waitFor()
    expect(await row.innerText()).toMatch(/✕ fails\s+P99 [\d.]+ ms/)
    await subscribers.fill('1,000')
    expect(await subscribers.getAttribute('aria-invalid')).toBe('true')
    const error = opened.locator(`#${await subscribers.getAttribute('aria-describedby')}`)
    expect(await error.innerText()).toMatch(/^This may be 1000 or 1, and no limit/)
    await opened.context().close()
  })

  test('hear once, after a rest, how many techniques keep their budget', async ({ skip }) => {
    if (!browser) return skip()
    const { page: opened } = await open()
    await opened.evaluate(`{
      globalThis.heard = []
      const region = document.querySelector('#budget + [role=status]')
      new MutationObserver(() => heard.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true })
    }`)
    await opened.getByLabel('99 % of events within, ms').pressSequentially('0.001', { delay: 20 })
    await until(opened, 'heard.length > 0')
    expect(await opened.evaluate('heard')).toEqual([expect.stringMatching(/^Techniques: .*\b\d+ fails?\b/)])
    expect(await opened.locator('#pick [aria-live]').count()).toBe(0)
    await opened.context().close()
  })

  test('point at a line and see the others fade, until they leave it', async ({ skip }) => {
    if (!browser) return skip()
    const { page: opened } = await open()
    const canvas = opened.locator('#steady-feed-delay')
    await opened.locator('[data-chart="steady-feed-delay"]').scrollIntoViewIfNeeded()
    await canvas.waitFor()
    const pale = () =>
      opened.evaluate<number>(`(() => {
        const { width, height } = document.getElementById('steady-feed-delay')
        const { data } = document.getElementById('steady-feed-delay').getContext('2d').getImageData(0, 0, width, height)
        let orange = 0
        for (let i = 0; i < data.length; i += 4) if (data[i] === 224 && data[i + 1] === 84 && data[i + 2] === 0) orange++
        return orange
      })()`)
    const before = await pale()
    expect(before).toBeGreaterThan(50)
    const box = (await canvas.boundingBox()) ?? expect.fail()
    // Short polling is the lowest line: what is near the top is another.
    await opened.mouse.move(box.x + box.width / 2, box.y + box.height * 0.3)
    await expect.poll(pale).toBeLessThan(before / 2)
    await opened.mouse.move(box.x + box.width / 2, box.y - 40)
    await expect.poll(pale).toBe(before)
    await opened.context().close()
  })

  test('copy the command that measures what is missing', async ({ skip }) => {
    if (!browser) return skip()
    const { page: opened } = await open({ permissions: ['clipboard-read', 'clipboard-write'] })
    const row = opened.locator('#server .missing')
    expect(await row.innerText()).toContain('npx pushlab bench --experiment memory-per-subscriber')
    // Where the clipboard is closed the command is marked instead, to be copied by a key.
    const marked = () => opened.evaluate<string>('getSelection().toString()')
    const isDone = async () =>
      (await row.innerText()).includes('Copied') || (await marked()).startsWith('npx pushlab')
    // A chart that is drawn meanwhile may push the button from under the pointer.
    const pressed = async () => (await isDone()) || (await row.getByRole('button').click().then(isDone))
    await expect.poll(pressed, { timeout: 60_000 }).toBe(true)
    await opened.context().close()
  })

  test('stay where they are when a chart is drawn under their focus', async ({ skip }) => {
    if (!browser) return skip()
    const { page: opened } = await open()
    const isPlate = `document.activeElement.classList.contains('plate')`
    await opened.evaluate(`document.querySelector('[data-chart="steady-feed-classes"] .plate').focus()`)
    await until(opened, `document.querySelector('[data-chart="steady-feed-classes"] .drawn') !== null`)
    expect(await opened.evaluate(isPlate)).toBe(true)
    await opened.keyboard.press('Tab')
    expect(await opened.evaluate(isPlate)).toBe(false)
    expect(
      await opened.locator('[data-chart="steady-feed-classes"] .plate').getAttribute('tabindex'),
    ).toBeNull()
    await opened.context().close()
  })

  test('follow a deep link into a fold', async ({ skip }) => {
    if (!browser) return skip()
    const { page: opened } = await open({ at: '#cookies' })
    const details = opened.locator('#cookies')
    expect(await details.getAttribute('open')).not.toBeNull()
    const box = await details.boundingBox()
    expect(box && box.y >= -5 && box.y < 400).toBe(true)
    await opened.context().close()
  })

  test('click a bar to read the bytes of that technique', async ({ skip }) => {
    if (!browser) return skip()
    const { page: opened } = await open()
    await drawAll(opened)
    await openAll(opened)
    await opened.evaluate(`for (const one of document.querySelectorAll('details.bytes')) one.open = false`)
    const canvas = opened.locator('#steady-feed-classes')
    await canvas.scrollIntoViewIfNeeded()
    const box = (await canvas.boundingBox()) ?? expect.fail()
    // The third of five bars.
    await canvas.click({ position: { x: box.width / 2, y: box.height / 2 } })
    await until(opened, `document.getElementById('bytes-iframe-stream').open`)
    await opened.context().close()
  })

  test('save all records as JSON, and all figures as CSV', async ({ skip }) => {
    if (!browser) return skip()
    const { page: opened } = await open()
    const saved = async (name: string) => {
      const download = opened.waitForEvent('download')
      await opened.getByRole('button', { name }).click()
      return readFileSync(await (await download).path(), 'utf8')
    }
    const run = JSON.parse(await saved('Save all records as JSON'))
    expect(run.records).toHaveLength(records.length)
    expect(run.observations).toHaveLength(3)
    const csv = await saved('Save all figures as CSV')
    expect(csv.trimEnd().split('\r\n')).toHaveLength(records.length + 1)
    await opened.context().close()
  })

  test('copy the table of a chart as CSV, or get it as a file where the clipboard is closed', async ({
    skip,
  }) => {
    if (!browser) return skip()
    const { page: opened } = await open()
    const downloads: Download[] = []
    opened.on('download', (download) => downloads.push(download))
    const copy = opened.getByRole('button', { name: 'Copy CSV: How many events came in time?' })
    await pressUntil(copy.first(), () => downloads.length > 0)
    const text = readFileSync((await downloads[0]?.path()) ?? '', 'utf8')
    expect(text).toContain('Short polling')
    await opened.context().close()
  })

  test('compare with an earlier run by dropping its JSON, or its report; and are told what is no run', async ({
    skip,
  }) => {
    if (!browser) return skip()
    const { page: opened, faults } = await open()
    const input = opened.locator('#drop input[type=file]')
    const give = (name: string, text: string) =>
      input.setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) })
    await give('index.html', page())
    await opened.locator('#changes .answer').waitFor()
    expect(await opened.innerText('#changes .answer')).toMatch(
      /^0 worse, 0 better, \d+ not told apart, \d+ the same within noise/,
    )
    const focused = () => opened.evaluate<string>('document.activeElement.innerText')
    expect(await focused()).toMatch(/^Run .* against this one\.$/)

    const data = /id="data">([^<]*)</.exec(page())?.[1] ?? ''
    const run = unpackRun(JSON.parse(gunzipSync(Buffer.from(data, 'base64')).toString()))
    for (const record of run.records) record.traffic.window.bytesDown -= 2_000
    await give('before.json', JSON.stringify(run))
    await until(opened, `!document.querySelector('#changes .answer')?.innerText.startsWith('0 worse')`)
    expect(await opened.innerText('#changes')).toContain('▲ worse')

    for (const [name, text] of [
      ['notes.txt', 'no JSON at all'],
      ['list.json', '[1, 2, 3]'],
      ['old.json', JSON.stringify({ run: { schema: 'pushlab/run@1' }, records: [] })],
      ['evil.json', JSON.stringify({ run: { schema: run.run.schema, run: '<img src=x>' }, records: [{}] })],
    ] as const) {
      await give(name, text)
      await until(opened, `document.querySelector('#changes [role=alert]')?.innerText.includes('${name}')`)
    }
    expect(await opened.innerText('#changes')).toContain('Not compared.')
    expect(await focused()).toContain('Not compared.')
    expect(await opened.locator('#changes img').count()).toBe(0)
    expect(faults).toEqual([])
    await opened.context().close()
  })

  test('choose dark or light whatever the system says', async ({ skip }) => {
    if (!browser) return skip()
    const { page: opened } = await open({ colorScheme: 'light' })
    const background = () => opened.evaluate(`getComputedStyle(document.body).backgroundColor`)
    const light = await background()
    await opened.getByLabel('Theme').selectOption('dark')
    expect(await background()).not.toBe(light)
    await opened.getByLabel('Theme').selectOption('light')
    expect(await background()).toBe(light)
    await opened.context().close()
  })

  test('open every figure of a scenario, made from the records in the page', async ({ skip }) => {
    if (!browser) return skip()
    const { page: opened } = await open()
    const details = opened.locator('#compare details[data-scenario="steady-feed"]')
    await pressUntil(details.locator('summary'), async () => (await details.getAttribute('open')) !== null)
    await details.locator('table').first().waitFor()
    expect(await details.innerText()).toContain('Delay from publication, median')
    await opened.context().close()
  })

  test('reach everything by keyboard, and see where they are', async ({ skip }) => {
    if (!browser) return skip()
    const { page: opened } = await open()
    const seen = new Set<number>()
    for (let i = 0; i < 40; i++) {
      await opened.keyboard.press('Tab')
      const [place, name, outline] = await opened.evaluate<[number, string, string]>(`(() => {
        const { activeElement: element } = document
        const place = [...document.querySelectorAll('*')].indexOf(element)
        return [place, element.outerHTML.slice(0, 80), getComputedStyle(element).outlineStyle]
      })()`)
      seen.add(place)
      expect(outline, name).not.toBe('none')
    }
    expect(seen.size).toBe(40)
    await opened.context().close()
  })

  test('print the answer, the trust and the comparison on two pages of A4', async ({ skip }) => {
    if (!browser) return skip()
    const { page: opened } = await open()
    await drawAll(opened)
    const pdf = (await opened.pdf({ preferCSSPageSize: true })).toString('latin1')
    expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeLessThanOrEqual(2)
    await opened.emulateMedia({ media: 'print' })
    const notices = opened.locator('.notices > li:has(ul)')
    expect(await notices.count()).toBeGreaterThan(0)
    for (const notice of await notices.all()) expect(await notice.locator('li:visible').count()).toBe(1)
    expect(await opened.locator('.budget').isVisible()).toBe(false)
    await opened.evaluate(`location.hash = '#pick?delay=5'`)
    await opened.locator('.judged tr').first().waitFor()
    await opened.context().close()
  })
})

describe('accessibility', () => {
  const cases = (['en', 'zh'] as const).flatMap((lang) => [400, 1280].map((width) => ({ lang, width })))
  const violations = async (opened: Page, rules: string[] = []) => {
    const options = { resultTypes: ['violations'], ...(rules.length > 0 && { runOnly: rules }) }
    const found = await opened.evaluate<{ id: string; nodes: { html: string }[] }[]>(
      `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) => violations)`,
    )
    return found.map(({ id, nodes }) => `${id}: ${nodes.length} x ${nodes[0]?.html.slice(0, 200)}`)
  }

  test.for(cases)(
    'axe finds nothing in $lang, light and dark, $width px, all folds open',
    async ({ lang, width }, { skip }) => {
      if (!browser) return skip()
      const { page: opened, faults } = await open({
        from: smallUrl,
        at: `#pick?lang=${lang}&theme=light&delay=5`,
        viewport: { width, height: 900 },
      })
      await drawAll(opened)
      await opened.evaluate(AXE)
      expect(await violations(opened)).toEqual([])
      // The dark page is the same but for its colours.
      await opened.evaluate(`location.hash = '#pick?lang=${lang}&theme=dark&delay=5'`)
      await until(opened, `document.documentElement.dataset.theme === 'dark'`)
      expect(await violations(opened, ['color-contrast', 'link-in-text-block'])).toEqual([])
      expect(faults).toEqual([])
      await opened.context().close()
    },
  )

  test('every canvas and drawing has a name, and nothing is clicked that is no control', async ({ skip }) => {
    if (!browser) return skip()
    const { page: opened } = await open()
    await drawAll(opened)
    const unnamed = await opened.evaluate(
      `[...document.querySelectorAll('canvas, main svg:not([aria-hidden], [aria-hidden] *)')].filter((one) =>
        !one.getAttribute('aria-label') && !one.getAttribute('aria-labelledby')).map(({ outerHTML }) => outerHTML.slice(0, 100))`,
    )
    expect(unnamed).toEqual([])
    const captions = await opened.evaluate<string[]>(
      `[...document.querySelectorAll('figure.chart')].map((figure) => {
        const has = (selector) => (figure.querySelector(selector)?.textContent ?? '').trim().length > 0
        return ['h3', '.conclusion', 'table td'].filter((one) => !has(one)).join()
      })`,
    )
    expect(captions.filter(Boolean)).toEqual([])
    const pointing = await opened.evaluate<string[]>(
      `[...document.querySelectorAll('main *, header *')].filter((one) =>
        getComputedStyle(one).cursor === 'pointer' && !one.closest('a, button, select, summary, label, input'))
        .map(({ outerHTML }) => outerHTML.slice(0, 80))`,
    )
    expect(pointing).toEqual([])
    expect(await opened.evaluate(`document.querySelectorAll('[onclick], [style]:not(canvas)').length`)).toBe(
      0,
    )
    await opened.context().close()
  })
})
