import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser } from 'playwright-core'

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]
/** Playwright's own handlers end the process before a run can save what it has. */
const NO_SIGNAL_HANDLERS = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false }

/**
 * Starts a headless Chromium: CHROME_PATH if set, the one in the npm package @sparticuz/chromium (Linux on
 * x64), or Debian's.
 * @throws where there is none, with the reasons.
 */
export async function launchBrowser(): Promise<Browser> {
  // Loading it takes most of a second, which whoever only lists what there is should not wait for.
  const { chromium } = await import('playwright-core')
  const launch = (executablePath: string) =>
    chromium.launch({ executablePath, args: FLAGS, headless: true, ...NO_SIGNAL_HANDLERS })
  const candidates = [async () => process.env.CHROME_PATH, packaged, async () => '/usr/bin/chromium']
  const reasons: string[] = []
  for (const candidate of candidates) {
    try {
      const executablePath = await candidate()
      if (!executablePath) continue
      if (!existsSync(executablePath)) throw new Error(`There is no ${executablePath}.`)
      return await patiently(() => launch(executablePath))
    } catch (error) {
      reasons.push((error as Error).message.split('\n')[0] as string)
    }
  }
  throw new Error(
    ['No Chromium could be started: install chromium or set CHROME_PATH.', ...reasons].join(' '),
  )
}

/** How long another process may take to unpack the packaged browser. */
const UNPACK_MS = 60_000

/**
 * Tries again while the executable is open for writing, for two processes that start at once unpack the same file; and once where the
 * browser ended while it started, for that it was killed does not say that there is none.
 */
async function patiently(launch: () => Promise<Browser>): Promise<Browser> {
  const untilMs = performance.now() + UNPACK_MS
  for (let ended = 0; ; ) {
    try {
      return await launch()
    } catch (error) {
      const { message } = error as Error
      const isAgain = message.includes('has been closed') ? ++ended < 2 : message.includes('ETXTBSY')
      if (!isAgain || performance.now() > untilMs) throw error
      await sleep(250)
    }
  }
}

async function packaged(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const { default: packagedChromium } = await import('@sparticuz/chromium')
  return packagedChromium.executablePath()
}
