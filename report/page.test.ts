import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startBrowser } from '../clients/fixture/browser.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import { registry } from '../server/registry.ts'
import { buildReport } from './build.ts'
import { choiceFixture, recordsFixture, runFixture, scenarioFixture, sweepFixture } from './fixture.ts'

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

let browser: Browser | undefined
let folder: string
let url: string
beforeAll(async () => {
  browser = await startBrowser()
  folder = mkdtempSync(join(tmpdir(), 'pushlab-report-'))
  const file = join(folder, 'index.html')
  writeFileSync(file, buildReport(runFixture(records), records))
  url = pathToFileURL(file).href
})
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Opens the report from disk; collects what should not happen. */
async function open(
  options: Parameters<Browser['newPage']>[0] = {},
): Promise<{ page: Page; faults: string[] }> {
  const page = await (browser as Browser).newPage(options)
  const faults: string[] = []
  page.on('console', (message) => faults.push(`console: ${message.text()}`))
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`))
  page.on('request', (request) => {
    if (request.url() !== url) faults.push(`request: ${request.url()}`)
  })
  await page.goto(url)
  return { page, faults }
}

describe('the report in a browser', () => {
  test('opens from disk without an error or a request, and draws every chart', async ({ skip }) => {
    if (!browser) return skip()
    const { page, faults } = await open()
    const drawn = await page.evaluate(`[...document.querySelectorAll('canvas')].map((canvas) => {
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
      return new Set(new Uint32Array(data.buffer)).size
    })`)
    expect(drawn).toHaveLength(15)
    for (const colors of drawn as number[]) expect(colors).toBeGreaterThan(5)
    expect(faults).toEqual([])
    await page.close()
  })

  test('draws what its tables say: every value of every chart is in the table under it', async ({ skip }) => {
    if (!browser) return skip()
    const { page } = await open()
    const charts =
      (await page.evaluate(`JSON.parse(document.getElementById('chart-specs').textContent).map((spec) => {
      const drawn = Chart.getChart(spec.id).data.datasets.flatMap(({ data }) => data.map(({ text }) => text))
      const figure = document.getElementById(spec.id).closest('figure')
      return { drawn, shown: [...figure.querySelectorAll('td')].map(({ textContent }) => textContent) }
    })`)) as { drawn: string[]; shown: string[] }[]
    for (const { drawn, shown } of charts) {
      expect(drawn.length).toBeGreaterThan(1)
      expect([...shown].filter((text) => text !== '-').sort()).toEqual([...drawn].sort())
    }
    await page.close()
  })

  test.for([400, 1280, 1920])('fits a window of %i px', async (width, { skip }) => {
    if (!browser) return skip()
    const { page } = await open({ viewport: { width, height: 900 } })
    const wide = await page.evaluate('document.documentElement.scrollWidth')
    expect(wide).toBeLessThanOrEqual(width)
    await page.close()
  })

  test('draws charts in the dark as in the light: their hues are made for white', async ({ skip }) => {
    if (!browser) return skip()
    const pixels = async (colorScheme: 'light' | 'dark') => {
      const { page } = await open({ colorScheme })
      const plate = await page.evaluate(`getComputedStyle(document.querySelector('.canvas')).backgroundColor`)
      const drawn = await page.evaluate(
        `[...document.querySelectorAll('canvas')].map((canvas) => canvas.toDataURL())`,
      )
      await page.close()
      return { plate, drawn }
    }
    const dark = await pixels('dark')
    expect(dark).toEqual(await pixels('light'))
    expect(dark.plate).toBe('rgb(255, 255, 255)')
  })

  test('can be read without scripts', async ({ skip }) => {
    if (!browser) return skip()
    const { page } = await open({ javaScriptEnabled: false })
    const text = await page.innerText('main')
    expect(text).toContain('Median delay is lowest')
    expect(text).toContain('93 of 93 planned trials are here.')
    expect(await page.locator('table').count()).toBeGreaterThan(7)
    await page.close()
  })

  test('takes hostile names for text', async ({ skip }) => {
    if (!browser) return skip()
    const hostile = '</script><script>document.title="taken"</script><img src=x onerror="document.title=1">'
    const technique = recordsFixture({
      technique: hostile,
      scenario: { ...scenarioFixture, question: hostile },
    })
    const failure = { scenario: hostile, technique: hostile, copy: 1 as const, trial: 1, reason: hostile }
    const file = join(folder, 'hostile.html')
    writeFileSync(
      file,
      buildReport(runFixture(technique, { command: hostile, run: hostile, failures: [failure] }), technique),
    )
    const page = await browser.newPage()
    await page.goto(pathToFileURL(file).href)
    expect(await page.title()).toContain('pushlab')
    expect(await page.locator('img').count()).toBe(0)
    expect(await page.innerText('#method')).toContain(hostile)
    expect(await page.innerText('#trust')).toContain(hostile)
    await page.close()
  })
})
