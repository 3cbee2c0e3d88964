import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { launchBrowser } from '../../clients/chromium.ts'
import { readRun } from '../../results/store.ts'
import { buildReport } from '../build.ts'

/** Takes the pictures of the README: the reference run's report, as `npm run pictures` asks for. */

const REFERENCE = fileURLToPath(new URL('../../results/reference', import.meta.url))
const SHOTS = [
  ...([1280, 400] as const).flatMap((width) =>
    (['light', 'dark'] as const).map((theme) => ({
      name: `first-screen-${width}-${theme}`,
      width,
      theme,
      at: '',
    })),
  ),
  ...(['compare', 'delay', 'steady', 'wire', 'time'] as const).map((at) => ({
    name: at,
    width: 1280 as const,
    theme: 'light' as const,
    at,
  })),
  { name: 'chinese', width: 1280 as const, theme: 'light' as const, at: '', language: 'zh' as const },
]

const { run, records, observations } = readRun(REFERENCE)
const folder = mkdtempSync(join(tmpdir(), 'pushlab-pictures-'))
const file = join(folder, 'index.html')
writeFileSync(file, buildReport(run, records, observations))
const browser = await launchBrowser()
try {
  for (const { name, width, theme, at, language = 'en' } of SHOTS.map((shot) => ({
    language: 'en',
    ...shot,
  }))) {
    const page = await browser.newPage({
      viewport: { width, height: width === 400 ? 860 : 900 },
      colorScheme: theme,
    })
    await page.goto(`${pathToFileURL(file).href}#${at}?lang=${language}`)
    await page.waitForSelector('html[data-ready]')
    // Charts are drawn when they come into sight.
    await page.waitForTimeout(500)
    await page.screenshot({ path: fileURLToPath(new URL(`./${name}.png`, import.meta.url)) })
    await page.close()
  }
} finally {
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
}
