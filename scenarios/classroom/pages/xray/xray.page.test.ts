import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startBrowser } from '../../../../clients/fixture/browser.ts'
import { captureEvent } from '../../../../clients/measure/capture.ts'
import { explain } from '../../../../report/wire/explain.ts'
import { registry } from '../../../../server/registry.ts'
import { buildPage } from '../../bundle.ts'
import type { Unit } from '../../log/entries.ts'
import type { LaneState, StageState } from '../../log/state.ts'
import { laneFixture, stateFixture, unitFixture, unitsOfCapture } from './fixture.ts'
import type { Fixture } from './fixture-page.tsx'
import { shownBytes } from './units.ts'

declare const fixture: Fixture
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const URL_OF_PAGE = 'http://127.0.0.1:9/xray'

const techniques = registry.filter(({ carrier, family }) => carrier !== 'tcp' && family !== 'floor')
let browser: Browser | undefined
let page: Page
let captured: LaneState[] = []
const complaints: string[] = []

beforeAll(async () => {
  browser = await startBrowser()
  if (!browser) return
  const captures = await Promise.all(techniques.map(({ name }) => captureEvent(name, { payloadBytes: 100 })))
  captured = captures.map((capture, i) => {
    const { name } = techniques[i] as (typeof techniques)[number]
    return laneFixture({ id: name, technique: name }, unitsOfCapture(capture, name))
  })
  page = await openPage(browser)
})
afterAll(() => browser?.close())

async function openPage(chromium: Browser): Promise<Page> {
  const { html, csp } = await buildPage({ entry: 'xray/fixture-page.tsx', title: 'X-ray', csp: [] })
  const context = await chromium.newContext({ viewport: { width: 1_280, height: 720 } })
  const opened = await context.newPage()
  await opened.route('**/*', (route) => {
    if (route.request().url() !== URL_OF_PAGE) {
      complaints.push(`asked for ${route.request().url()}`)
      return route.abort()
    }
    return route.fulfill({
      body: html,
      contentType: 'text/html',
      headers: { 'content-security-policy': csp },
    })
  })
  opened.on('pageerror', (error) => complaints.push(String(error)))
  opened.on('console', (message) => {
    if (/error|warning/.test(message.type())) complaints.push(message.text())
  })
  await opened.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective }) =>
      console.error(`CSP: ${violatedDirective}`),
    )
  })
  await opened.goto(URL_OF_PAGE)
  return opened
}

/** Shows lanes as those of a new run. */
async function show(lanes: LaneState[], selected = lanes[0]?.spec.id): Promise<void> {
  await tell(stateFixture(lanes, ++run), selected)
}
let run = 0

async function tell(state: StageState, selected?: string): Promise<void> {
  await page.evaluate(([told, lane]) => fixture.show(told, lane), [state, selected] as const)
}

/** The bytes that each view shows, by span. */
async function bytesInViews(): Promise<{ text: string[]; hex: string[]; ascii: string[] }> {
  return page.evaluate(() => {
    const bySpan = (selector: string, bytesOf: (element: Element) => string) => {
      const found: string[] = []
      for (const element of document.querySelectorAll(`${selector} [data-span]`)) {
        const span = Number(element.getAttribute('data-span'))
        found[span] = (found[span] ?? '') + bytesOf(element)
      }
      return found
    }
    const hexOf = (text: string) =>
      [...text].map((character) => character.charCodeAt(0).toString(16).padStart(2, '0')).join('')
    const line = { cr: '0d', lf: '0a' } as Record<string, string>
    const hexOfNode = (node: Node, i: number, all: readonly Node[]) => {
      const [text, before] = [node.textContent ?? '', all[i - 1]]
      if (node instanceof Element) return line[node.className] ?? text.replaceAll(' ', '')
      // The line break that makes a line feed visible is none of the bytes.
      const broken = before instanceof Element && before.className === 'lf'
      return hexOf(broken ? text.replace(/^\n/, '') : text)
    }
    return {
      text: bySpan('.xr-text', (element) => [...element.childNodes].map(hexOfNode).join('')),
      hex: bySpan('.xr-pairs', (element) => (element.textContent ?? '').replaceAll(' ', '')),
      ascii: bySpan('.xr-ascii', (element) => element.textContent ?? ''),
    }
  })
}

async function expectEveryByteOnce(unit: Unit): Promise<void> {
  const bytes = Buffer.from(shownBytes(unit))
  const { text, hex, ascii } = await bytesInViews()
  expect(text.join('')).toBe(bytes.toString('hex'))
  expect(hex.join('')).toBe(bytes.toString('hex'))
  expect(text).toEqual(hex)
  expect(ascii.join('')).toBe(bytes.toString('latin1').replaceAll(/[^ -~]/g, '·'))
  expect(text).toEqual(unit.spans.map(([start, end]) => bytes.subarray(start, end).toString('hex')))
}

const small = unitFixture(
  '2\r\n{}\r\n',
  [
    [3, 'framing', 'chunk size'],
    [2, 'payload', 'data'],
    [2, 'framing', 'end of chunk'],
  ],
  { unit: 3, events: [4] },
)
const large = unitFixture(
  Buffer.alloc(5_000, 'a<b>&"\r\n\u0000\u00ff', 'latin1'),
  [
    [9, 'framing', 'field data'],
    [4_991, 'payload', 'data'],
  ],
  { unit: 2, events: [1, 2, 3] },
)
const masked = unitFixture(
  Buffer.from([0x81, 0x85, 1, 2, 3, 4, ...[...Buffer.from('hello')].map((byte, i) => byte ^ ((i % 4) + 1))]),
  [
    [2, 'control', 'frame header, text'],
    [4, 'control', 'masking key'],
    [5, 'control', 'message that is no event'],
  ],
  { unit: 1, what: 'frame', direction: 'up' },
)
const madeUp = () => laneFixture({ id: 'sse', technique: 'sse' }, [masked, large, small])

interface Axe {
  run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>
}

/** What axe-core finds. */
async function violationsHere(): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE)
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: Axe }
    const { violations } = await axe.run()
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    )
  })
}

/** What stands between a number and its unit keeps them together. */
const saidIn = async (selector: string) =>
  (await page.locator(selector).innerText()).replaceAll('\u00a0', ' ')
const why = () => saidIn('.xr-said')
const unitShown = () => page.locator('.xr-heading').getAttribute('data-unit').then(Number)
/** Goes to the unit before or after, and waits until it is there. */
async function step(name: 'earlier bytes' | 'later bytes'): Promise<void> {
  const from = await unitShown()
  await page.getByRole('button', { name }).click()
  await expect.poll(unitShown).not.toBe(from)
}
const focusedSpan = () =>
  page.evaluate(() => {
    const { activeElement } = document
    return activeElement?.getAttribute('role') === 'button'
      ? Number(activeElement.getAttribute('data-span'))
      : undefined
  })
const skip = () => !browser

describe('units of real captures', () => {
  test.each(techniques.map(({ name }) => name))(
    '%s: every byte is there once, explained, and in the totals',
    async (name) => {
      if (skip()) return
      const lane = captured.find(({ spec }) => spec.id === name) as LaneState
      await show(captured, name)
      expect(lane.units.length).toBeGreaterThan(1)
      const bytes = await page.locator('.xr-totals').getAttribute('data-total-bytes')
      expect(Number(bytes)).toBe(lane.bytes)
      const parts = await page
        .locator('.xr-totals tbody tr')
        .evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('data-bytes'))))
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(lane.bytes)
      const byDirection = await page
        .locator('.xr-totals [data-direction]')
        .evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute('data-bytes'))))
      expect(byDirection).toEqual([lane.bytesUp, lane.bytesDown])

      // From the newest back to the first.
      await page.getByRole('radio', { name: 'last with an event' }).check()
      while ((await unitShown()) < (lane.units.at(-1)?.unit ?? 0)) await step('later bytes')
      for (const unit of lane.units.toReversed()) {
        expect(await unitShown()).toBe(unit.unit)
        await expectEveryByteOnce(unit)
        const terms = await page
          .locator('.xr-sum [data-bytes]')
          .evaluateAll((all) => all.map((term) => Number(term.getAttribute('data-bytes'))))
        expect(terms.reduce((sum, term) => sum + term, 0)).toBe(unit.bytes)
        expect(unit.spans.filter(([, , , label]) => !explain(label, name))).toEqual([])
        if (unit !== lane.units[0]) await step('earlier bytes')
      }
    },
  )

  test('a keyboard walks over every span of them, and each is explained', async () => {
    if (skip()) return
    for (const lane of captured) {
      await show(captured, lane.spec.id)
      const unit = lane.units.findLast(({ events }) => events.length > 0) as Unit
      expect(await unitShown()).toBe(unit.unit)
      // One stop of Tab, the last before the hexadecimal view.
      expect(await page.locator('.xr-views [role="button"][tabindex="0"]').count()).toBe(1)
      await page.locator('.xr-text [tabindex="0"]').focus()
      for (const [i, [, , , label]] of unit.spans.entries()) {
        expect(await focusedSpan()).toBe(i)
        expect(await why()).toContain(explain(label, lane.spec.technique)?.text)
        const marked = await page
          .locator('.xr-views .on')
          .evaluateAll((all) => new Set(all.map((one) => one.getAttribute('data-span'))).size)
        expect(marked).toBe(1)
        expect(await page.locator('.xr-pairs .on').count()).toBeGreaterThan(0)
        await page.keyboard.press('ArrowRight')
      }
      await page.keyboard.press('Home')
      expect(await focusedSpan()).toBe(0)
      await page.keyboard.press('End')
      expect(await focusedSpan()).toBe(unit.spans.length - 1)
      await page.keyboard.press('ArrowLeft')
      expect(await focusedSpan()).toBe(Math.max(0, unit.spans.length - 2))
    }
  })
})

describe('made-up units', () => {
  test('a large one says how much is left out, and its sum is that of all', async () => {
    if (skip()) return
    await show([madeUp()])
    await step('earlier bytes')
    await expectEveryByteOnce(large)
    expect(await page.locator('.xr-left').innerText()).toContain('first 2,048 bytes; 2,952 more')
    expect(await saidIn('.xr-sum')).toContain('5,000 B = 4,991 payload + 9 framing')
    await page.locator('.xr-text [data-span="1"]').click()
    expect(await why()).toContain('2,039 B or more, at offset 9')
  })

  test('a masked frame has its bits in a table and its text unmasked', async () => {
    if (skip()) return
    await show([madeUp()])
    await page.getByRole('radio', { name: 'last frame or chunk' }).check()
    expect(await unitShown()).toBe(3)
    for (let i = 0; i < 2; i++) await step('earlier bytes')
    expect(await page.locator('.xr-heading h3').innerText()).toBe('WebSocket frame')
    expect(await page.locator('.xr-bits tbody tr').count()).toBe(5)
    expect(await page.locator('.xr-unmasked code').innerText()).toBe('hello')
    await expectEveryByteOnce(masked)
  })

  test('hover explains without being read out, Esc closes, and only then the panel', async () => {
    if (skip()) return
    await show([madeUp()])
    await page.locator('.xr-pairs [data-span="1"]').first().hover()
    expect(await why()).toContain('The event itself')
    expect(await page.locator('.xr-said').getAttribute('aria-live')).toBe('off')
    expect(await page.locator('.xr-text .on').count()).toBe(1)
    await page.locator('.xr-text [data-span="2"]').click()
    expect(await page.locator('.xr-said').getAttribute('aria-live')).toBe('polite')
    expect(await why()).toContain("CR LF after a chunk's data")
    const link = page.locator('.xr-spec a')
    expect(await link.getAttribute('rel')).toBe('noopener noreferrer')
    expect(await link.getAttribute('href')).toContain('rfc9112')
    expect(await page.locator('.xr-command code').allInnerTexts()).toEqual([
      'npx pushlab wire sse',
      'curl -siN --raw http://127.0.0.1:8101/sse',
    ])
    await page.keyboard.press('Escape')
    expect(await page.locator('.on').count()).toBe(0)
    expect(await focusedSpan()).toBe(2)
    expect(await why()).toContain('Point at bytes')
    await page.keyboard.press('Enter')
    expect(await why()).toContain("CR LF after a chunk's data")
    // From the button in it, too, and the focus is not lost.
    await page.getByRole('button', { name: 'Close the explanation' }).press('Enter')
    expect([await focusedSpan(), await page.locator('.on').count()]).toEqual([2, 0])
    await page.keyboard.press('Escape')
    expect(await page.locator('.xr-panel').count()).toBe(0)
  })

  test('copies a command, or selects it where it may not', async () => {
    if (skip()) return
    await show([madeUp()])
    await page.locator('.xr-text [data-span="0"]').click()
    await page.evaluate(() =>
      Object.defineProperty(navigator, 'clipboard', {
        configurable: true,
        value: {
          writeText: async (text: string) => {
            document.title = text
          },
        },
      }),
    )
    await page.getByRole('button', { name: 'Copy the command npx' }).click()
    await page.getByText('Copied.').waitFor()
    expect(await page.title()).toBe('npx pushlab wire sse')
    await page.evaluate(() =>
      Object.defineProperty(navigator, 'clipboard', { configurable: true, value: undefined }),
    )
    await page.getByRole('button', { name: 'Copy the command curl' }).click()
    await page.getByText('Selected: copy it').waitFor()
    expect(await page.evaluate(() => String(getSelection()))).toBe(
      'curl -siN --raw http://127.0.0.1:8101/sse',
    )
  })

  test('follows the newest until somebody looks at a span', async () => {
    if (skip()) return
    const lane = madeUp()
    await show([lane])
    await page.mouse.move(0, 0)
    const more = (unit: number, events = [unit]) => {
      lane.units.push({ ...small, unit, events })
      return tell({ ...stateFixture([laneFixture(lane.spec, lane.units)], run), atUs: 2e6 + unit })
    }
    await more(4)
    expect(await unitShown()).toBe(4)
    await page.locator('.xr-text [tabindex="0"]').focus()
    await more(5)
    expect(await unitShown()).toBe(4)
    expect(await page.getByRole('button', { name: 'follow the newest' }).getAttribute('aria-pressed')).toBe(
      'false',
    )
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('PageDown')
    await expect.poll(unitShown).toBe(5)
    expect(await focusedSpan()).toBe(0)
    await page.getByRole('button', { name: 'follow the newest' }).click()
    await page.mouse.move(0, 0)
    await more(6)
    expect(await unitShown()).toBe(6)
    // What stands under the pointer does not go away.
    await page.locator('.xr-text [data-span="1"]').hover()
    await more(7)
    expect(await unitShown()).toBe(6)
    await page.mouse.move(0, 0)
    await expect.poll(unitShown).toBe(7)
    await show([laneFixture(lane.spec, [])])
    expect(await page.locator('.xray').innerText()).toContain('No byte has passed yet.')
  })

  test('the hexadecimal view alone has the same spans on the same keys', async () => {
    if (skip()) return
    await show([madeUp()])
    await page.getByRole('radio', { name: 'hexadecimal alone' }).check()
    await page.locator('.xr-hex [tabindex="0"]').focus()
    for (const i of [0, 1, 2, 2]) {
      expect(await focusedSpan()).toBe(i)
      await page.keyboard.press('ArrowRight')
    }
  })

  test('a lane is chosen by keyboard alone', async () => {
    if (skip()) return
    await show([madeUp(), laneFixture({ id: 'websocket', technique: 'websocket' }, [masked])])
    await page.getByRole('radio', { name: 'Server-Sent Events' }).focus()
    await page.keyboard.press('ArrowDown')
    expect(await page.locator('.xr-heading h3').innerText()).toBe('WebSocket frame')
    expect(await page.locator('.xr-totals').getAttribute('data-total-bytes')).toBe(String(masked.bytes))
  })
})

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  test.each(['en', 'zh'] as const)(
    'axe finds nothing in %s, at 320 px and on a projector',
    async (language) => {
      if (skip()) return
      await page.emulateMedia({ colorScheme })
      await page.evaluate((chosen) => fixture.speak(chosen), language)
      // Every class in one unit.
      const marks = unitFixture(
        'payload framing compressed header handshake control tls unparsed '.repeat(2),
        [
          [8, 'payload', 'data'],
          [8, 'framing', 'end of event'],
          [11, 'compressed', 'coded content'],
          [7, 'header', 'header field host'],
          [10, 'handshake', 'header field upgrade'],
          [8, 'control', 'comment'],
          [4, 'tls', 'padding'],
          [82 - 56 + 48, 'unparsed', 'body'],
        ],
        { events: [1], unit: 9, what: 'response', about: '200' },
      )
      for (const [width, height] of [
        [320, 640],
        [1_920, 1_080],
      ] as const) {
        await page.setViewportSize({ width, height })
        for (const lanes of [
          [laneFixture({ id: 'sse', technique: 'sse' }, [marks])],
          [laneFixture({ id: 'websocket', technique: 'websocket' }, [{ ...masked, events: [1] }])],
          [madeUp()],
        ]) {
          await show(lanes)
          await page.locator('.xr-text [data-span="1"]').click()
          await page.locator('details.xr-marks').evaluate((details) => details.setAttribute('open', ''))
          const violations = await violationsHere()
          expect(violations).toEqual([])
          const width_ = await page.evaluate(() => document.documentElement.scrollWidth)
          expect(width_).toBeLessThanOrEqual(width)
        }
        const sizes = await page
          .locator('.xr-text, .xr-hex tbody')
          .evaluateAll((all) => all.map((one) => Number.parseFloat(getComputedStyle(one).fontSize)))
        for (const size of sizes) expect(size).toBeGreaterThanOrEqual(Math.max(16, 0.026 * height - 0.1))
        if (process.env.XRAY_PICTURES) {
          await show(captured, 'sse')
          await page.locator('.xr-text [data-span="1"]').click()
          await page.screenshot({
            path: `${process.env.XRAY_PICTURES}/${colorScheme}-${language}-${width}.png`,
            fullPage: width === 320,
          })
        }
      }
      if (language === 'zh')
        expect(await page.locator('.xray').innerText()).not.toMatch(/\b(?:the|bytes|of|and)\b/)
      await page.setViewportSize({ width: 1_280, height: 720 })
      await page.evaluate(() => fixture.speak('en'))
    },
  )
})

test('nothing was asked for, refused by the policy, or complained of', () => {
  expect(complaints).toEqual([])
})
